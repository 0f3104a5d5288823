/**
 * LeaveGroup: members leave at once instead of when their session is over.
 * v1 throttle time · v3 many members, static ones by their instance alone (KIP-345) ·
 * v4 flexible · v5 reason (KIP-800).
 */
import { defineApi } from '../api.ts'
import { array, int16, int32, nullable, since, string, struct, until } from '../schema.ts'

export const leaveGroup = defineApi({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 5],
  flexibleFrom: 4,
  request: {
    groupId: string,
    memberId: until(2, string, ''),
    members: since(
      3,
      array(
        struct({
          /** Empty: whoever holds the instance id. */
          memberId: string,
          groupInstanceId: nullable(string),
          reason: since(5, nullable(string), null),
        }),
      ),
      [],
    ),
  },
  response: {
    throttleTimeMs: since(1, int32, 0),
    errorCode: int16,
    members: since(
      3,
      array(struct({ memberId: string, groupInstanceId: nullable(string), errorCode: int16 })),
      [],
    ),
  },
})
