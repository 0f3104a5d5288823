/**
 * SyncGroup: the leader of a generation hands in who gets what, the others wait for it.
 * v1 throttle time · v3 static members (KIP-345) · v4 flexible · v5 protocol type and name
 * (KIP-559).
 */
import { defineApi } from '../api.ts'
import { array, bytes, int16, int32, nullable, since, string, struct } from '../schema.ts'

export const syncGroup = defineApi({
  key: 14,
  name: 'SyncGroup',
  versions: [0, 5],
  flexibleFrom: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(3, nullable(string), null),
    protocolType: since(5, nullable(string), null),
    protocolName: since(5, nullable(string), null),
    /** Of the leader alone. */
    assignments: array(struct({ memberId: string, assignment: bytes })),
  },
  response: {
    throttleTimeMs: since(1, int32, 0),
    errorCode: int16,
    protocolType: since(5, nullable(string), null),
    protocolName: since(5, nullable(string), null),
    assignment: bytes,
  },
})
