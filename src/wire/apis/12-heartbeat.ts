/**
 * Heartbeat: keeps a member of the classic protocol alive, and tells it of a rebalance.
 * v1 throttle time · v3 static members (KIP-345) · v4 flexible.
 */
import { defineApi } from '../api.ts'
import { int16, int32, nullable, since, string } from '../schema.ts'

export const heartbeat = defineApi({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 4],
  flexibleFrom: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(3, nullable(string), null),
  },
  response: { throttleTimeMs: since(1, int32, 0), errorCode: int16 },
})
