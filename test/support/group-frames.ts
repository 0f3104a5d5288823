/** A valid request of every API of groups, in every version: what mutation starts from. */
import fc from 'fast-check'
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../src/wire/apis/09-offset-fetch.ts'
import { joinGroup } from '../../src/wire/apis/11-join-group.ts'
import { heartbeat } from '../../src/wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../src/wire/apis/14-sync-group.ts'
import { describeGroups } from '../../src/wire/apis/15-describe-groups.ts'
import { listGroups } from '../../src/wire/apis/16-list-groups.ts'
import { deleteGroups } from '../../src/wire/apis/42-delete-groups.ts'
import { offsetDelete } from '../../src/wire/apis/47-offset-delete.ts'
import { encodeFrame, type ClientApi } from './client.ts'

const member = { memberId: 'm', groupInstanceId: null }
const inGroup = (groupId: string) => ({ groupId, generationId: 1, ...member })
const topics = [{ name: 'fuzzed', partitionIndexes: [0, 7] }]

/** Of groups with these names. */
export function groupFrames(groupIds: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const framesOf = <Request>(
    api: ClientApi<Request, unknown> & { readonly versions: readonly [number, number] },
    body: (groupId: string) => Request,
  ) => {
    const [min, max] = api.versions
    return fc
      .tuple(fc.integer({ min, max }), groupIds)
      .map(([version, groupId]) => encodeFrame(api, version, body(groupId), { correlationId: 1 }))
  }
  return fc.oneof(
    framesOf(offsetCommit, (groupId) => ({
      groupId,
      topics: [
        {
          name: 'fuzzed',
          partitions: [{ partitionIndex: 1, committedOffset: 5, committedMetadata: null }],
        },
      ],
    })),
    framesOf(offsetFetch, (groupId) => ({ groupId, topics, groups: [{ groupId, topics }] })),
    framesOf(joinGroup, (groupId) => ({
      ...{ groupId, memberId: '', protocolType: 'consumer', sessionTimeoutMs: 6_000 },
      protocols: [{ name: 'range', metadata: new Uint8Array(10) }],
    })),
    framesOf(syncGroup, (groupId) => ({
      ...inGroup(groupId),
      assignments: [{ memberId: 'm', assignment: new Uint8Array(3) }],
    })),
    framesOf(heartbeat, inGroup),
    framesOf(leaveGroup, (groupId) => ({ groupId, memberId: 'm', members: [member] })),
    framesOf(describeGroups, (groupId) => ({ groups: [groupId, 'other'] })),
    framesOf(listGroups, () => ({})),
    framesOf(deleteGroups, (groupId) => ({ groupsNames: [groupId] })),
    framesOf(offsetDelete, (groupId) => ({
      groupId,
      topics: [{ name: 'fuzzed', partitions: [{ partitionIndex: 0 }] }],
    })),
  )
}
