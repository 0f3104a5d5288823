/**
 * FindCoordinator: which broker coordinates a group (key type 0) or a transactional id (1).
 * v1 key type, error message · v3 flexible ·
 * v4 many keys at once, request and response change shape (KIP-699) ·
 * v5 TRANSACTION_ABORTABLE (KIP-890).
 */
import { defineApi } from '../api.ts'
import {
  array,
  between,
  defaulted,
  int16,
  int32,
  int8,
  nullable,
  since,
  string,
  struct,
  until,
} from '../schema.ts'

export const findCoordinator = defineApi({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 5],
  flexibleFrom: 3,
  request: {
    key: until(3, string, ''),
    /** 0: a group · 1: a transactional id. */
    keyType: since(1, int8, 0),
    coordinatorKeys: since(4, array(string), []),
  },
  response: {
    throttleTimeMs: since(1, int32, 0),
    errorCode: until(3, int16, 0),
    errorMessage: between(1, 3, nullable(string), null),
    nodeId: until(3, int32, -1),
    host: until(3, string, ''),
    port: until(3, int32, -1),
    coordinators: since(
      4,
      array(
        struct({
          key: string,
          nodeId: int32,
          host: string,
          port: int32,
          errorCode: int16,
          errorMessage: defaulted(nullable(string), null),
        }),
      ),
      [],
    ),
  },
})
