/**
 * UpdateFeatures (KIP-584): the level of features that all nodes are to use. v1 types of change,
 * trial · v2 one error for all of it.
 */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
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

export const updateFeatures = defineApi({
  key: 57,
  name: 'UpdateFeatures',
  versions: [0, 2],
  flexibleFrom: 0,
  request: {
    timeoutMs: defaulted(int32, 60_000),
    featureUpdates: array(
      struct({
        feature: string,
        /** 0: off. */
        maxVersionLevel: int16,
        allowDowngrade: until(0, bool, false),
        /** 1: up · 2: down, if nothing is lost · 3: down, whatever is lost. */
        upgradeType: since(1, int8, 1),
      }),
    ),
    validateOnly: since(1, bool, false),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
    results: until(
      1,
      array(struct({ feature: string, errorCode: int16, errorMessage: nullable(string) })),
      [],
    ),
  },
})
