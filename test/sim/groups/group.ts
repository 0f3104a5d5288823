/** One group of a run: who is in it, what is checked of it, and what its clients share. */
import { encodeRecord, type GroupRecord } from '../../../src/coordinator/groups/records.ts'
import { decodeRecord } from '../../../src/coordinator/groups/records.ts'
import type { CommittedLog, CommittedRecord } from './committed-log.ts'
import type { Commits } from './commits.ts'
import { GroupHistory } from './invariants/group-history.ts'
import { StoredGroupChecks } from './invariants/stored-group.ts'
import type { LogWatch } from './log-watch.ts'
import { GROUP_TOPIC } from './protocol.ts'
import type { GroupPlan } from './swarm.ts'

export interface GroupOptions {
  readonly plan: GroupPlan
  readonly committed: CommittedLog
  readonly watch: LogWatch
  readonly commits: Commits
  readonly retentionMs: number
}

export class Group {
  readonly plan: GroupPlan
  readonly committed: CommittedLog
  readonly commits: Commits
  readonly stored: StoredGroupChecks
  readonly history: GroupHistory

  constructor({ plan, committed, watch, commits, retentionMs }: GroupOptions) {
    const { name } = plan
    this.plan = plan
    this.committed = committed
    this.commits = commits
    this.stored = new StoredGroupChecks({ name, committed, commits, retentionMs })
    this.history = new GroupHistory({
      ...{ name, committed, watch, stored: this.stored },
      keyOf: (partition) => offsetKey(name, partition),
      offsetIn: (record) => committedOffsetIn(record),
    })
  }
}

/** What a record of the offsets topic says; null for none of a group. */
export function groupRecordOf({ key, value }: CommittedRecord): GroupRecord | null {
  return decodeRecord({ key: Buffer.from(key, 'latin1'), value })
}

function offsetKey(groupId: string, partition: number): string {
  const of = { groupId, topic: GROUP_TOPIC, partition, committed: null }
  return Buffer.from(encodeRecord({ type: 'offset', ...of }).key).toString('latin1')
}

function committedOffsetIn(record: CommittedRecord): number | null {
  const decoded = groupRecordOf(record)
  return decoded?.type === 'offset' ? (decoded.committed?.offset ?? null) : null
}
