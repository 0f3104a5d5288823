/** Commits of any client: what is sent, and what is made of the answer. */
import { offsetCommit } from '../../../src/wire/apis/08-offset-commit.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { CoordinatorLine } from './coordinator-line.ts'
import type { Group } from './group.ts'
import type { GroupsMark } from './marks.ts'
import { GROUP_TOPIC } from './protocol.ts'

export interface Committer {
  readonly group: Group
  readonly line: CoordinatorLine
  /** Where checks are run. */
  readonly told: (run: () => void) => void
  readonly hit: (mark: GroupsMark) => void
}

export interface Commit {
  readonly memberId: string
  readonly generation: number
  readonly instanceId: string | null
  readonly partitions: readonly number[]
  readonly version: number
}

/** The first version with instance ids, and the last with a time of expiry. */
const INSTANCES_SINCE = 7
const RETENTION_UP_TO = 4
const ANSWER_MS = 2_500

/** The error of the group, or NONE: also when nobody knows what became of it. */
export async function commit(
  { group, line, told, hit }: Committer,
  { memberId, generation, partitions, version, ...of }: Commit,
): Promise<ErrorCode> {
  const { plan, history, stored, commits } = group
  const instanceId = version >= INSTANCES_SINCE ? of.instanceId : null
  const retentionMs = version <= RETENTION_UP_TO ? plan.retentionMs : -1
  const attempt = { group: plan.name, partitions, memberId, generation, instanceId, retentionMs }
  const committedOffset = commits.begin(attempt)
  const asked = stored.current
  const answer = await line.ask(
    offsetCommit,
    version,
    {
      groupId: plan.name,
      generationIdOrMemberEpoch: generation,
      ...{ memberId, groupInstanceId: instanceId, retentionTimeMs: retentionMs },
      topics: [
        {
          name: GROUP_TOPIC,
          partitions: partitions.map((partitionIndex) => ({
            ...{ partitionIndex, committedOffset, committedLeaderEpoch: -1 },
            committedMetadata: '',
          })),
        },
      ],
    },
    ANSWER_MS,
  )
  if (answer === null) return errors.NONE
  let code: ErrorCode = errors.NONE
  for (const topic of answer.response.topics)
    for (const { partitionIndex, errorCode } of topic.partitions) {
      code = errorCode
      if (errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION) return errors.NONE
      told(() => {
        hit(errorCode === errors.NONE ? 'commit acknowledged' : 'commit refused')
        if (errorCode !== errors.NONE) history.refused(attempt, errorCode, asked)
        else history.acknowledged(committedOffset, partitionIndex, answer.node)
      })
    }
  return code
}
