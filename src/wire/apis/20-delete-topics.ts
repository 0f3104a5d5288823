/**
 * DeleteTopics. v4 flexible · v5 error message (KIP-599) ·
 * v6 topics by name or by id, another field of the request (KIP-516).
 */
import { defineApi } from '../api.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  nullable,
  nullableSince,
  since,
  string,
  struct,
  until,
  uuid,
} from '../schema.ts'

export const deleteTopics = defineApi({
  key: 20,
  name: 'DeleteTopics',
  versions: [1, 6],
  flexibleFrom: 4,
  request: {
    /** Either a name, or null and an id. */
    topics: since(
      6,
      array(
        struct({ name: defaulted(nullable(string), null), topicId: defaulted(uuid, ZERO_UUID) }),
      ),
      [],
    ),
    topicNames: until(5, array(string), []),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    responses: array(
      struct({
        /** Null (v6): asked for by an id that is not known. */
        name: nullableSince(6, string),
        topicId: since(6, uuid, ZERO_UUID),
        errorCode: int16,
        errorMessage: since(5, nullable(string), null),
      }),
    ),
  },
})
