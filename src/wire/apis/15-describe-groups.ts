/**
 * DescribeGroups: groups of this coordinator with their members. A group that nobody knows is
 * `Dead`, and that is no error.
 * v1 throttle time · v3 authorized operations (KIP-430) · v4 static members (KIP-345) ·
 * v5 flexible.
 */
import { defineApi } from '../api.ts'
import { array, bool, bytes, int16, int32, nullable, since, string, struct } from '../schema.ts'

export const describeGroups = defineApi({
  key: 15,
  name: 'DescribeGroups',
  versions: [0, 5],
  flexibleFrom: 5,
  request: {
    groups: array(string),
    includeAuthorizedOperations: since(3, bool, false),
  },
  response: {
    throttleTimeMs: since(1, int32, 0),
    groups: array(
      struct({
        errorCode: int16,
        groupId: string,
        groupState: string,
        protocolType: string,
        /** The protocol of the generation, while it is stable. */
        protocolData: string,
        members: array(
          struct({
            memberId: string,
            groupInstanceId: since(4, nullable(string), null),
            clientId: string,
            clientHost: string,
            memberMetadata: bytes,
            memberAssignment: bytes,
          }),
        ),
        /** A bit per operation; −2^31: not asked for. */
        authorizedOperations: since(3, int32, -2_147_483_648),
      }),
    ),
  },
})
