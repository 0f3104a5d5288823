/**
 * ListGroups: the groups that this broker coordinates, and no others.
 * v1 throttle time · v3 flexible · v4 states (KIP-518).
 */
import { defineApi } from '../api.ts'
import { array, int16, int32, since, string, struct } from '../schema.ts'

export const listGroups = defineApi({
  key: 16,
  name: 'ListGroups',
  versions: [0, 4],
  flexibleFrom: 3,
  request: {
    /** Empty: in any state. */
    statesFilter: since(4, array(string), []),
  },
  response: {
    throttleTimeMs: since(1, int32, 0),
    errorCode: int16,
    groups: array(
      struct({ groupId: string, protocolType: string, groupState: since(4, string, '') }),
    ),
  },
})
