/**
 * DescribeGroups. v1 throttle · v3 authorized operations (KIP-430) · v4 static members (KIP-345) ·
 * v5 flexible. Of groups that are coordinated here, each once; one that nobody knows is `Dead`.
 */
import { describeGroups } from '../../wire/apis/15-describe-groups.ts'
import { GROUP_OPERATIONS, NOT_REQUESTED } from '../authorized-operations.ts'
import { fewAtOnce } from '../few-at-once.ts'
import { handler } from '../handler.ts'

const UNTOLD = { groupState: '', protocolType: '', protocolData: '', members: [] }

export const handleDescribeGroups = handler(
  describeGroups,
  async ({ groups: asked, includeAuthorizedOperations }, { groups }) => {
    const authorizedOperations = includeAuthorizedOperations ? GROUP_OPERATIONS : NOT_REQUESTED
    const described = await fewAtOnce([...new Set(asked)], async (groupId) => {
      const told = await groups.describe(groupId)
      return typeof told === 'number'
        ? { ...UNTOLD, groupId, errorCode: told }
        : { ...told, authorizedOperations }
    })
    return { groups: described }
  },
)
