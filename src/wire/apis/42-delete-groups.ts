/**
 * DeleteGroups: groups without members, with all their offsets. v1 throttling is the client's
 * (KIP-219) · v2 flexible.
 */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, string, struct } from '../schema.ts'

export const deleteGroups = defineApi({
  key: 42,
  name: 'DeleteGroups',
  versions: [0, 2],
  flexibleFrom: 2,
  request: { groupsNames: array(string) },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    results: array(struct({ groupId: string, errorCode: int16 })),
  },
})
