/**
 * Measures of the groups that this broker coordinates. What they have committed is read from the
 * view, and what is not in there yet from the shard, group by group, until there are as many
 * offsets as the page may have.
 */
import type { GroupCoordinator } from '../../coordinator/runtime/group-coordinator.ts'
import { storedOffsets } from '../../coordinator/runtime/stored-offsets.ts'
import type { Collector, Put } from '../../metrics/collection.ts'
import { SERIES_MAX } from '../../metrics/series.ts'
import { errors } from '../../wire/errors.ts'
import type { ReplicaManager } from '../../replication/replica-manager.ts'

export interface MeasuredGroups {
  readonly groups: GroupCoordinator
  readonly replicas: ReplicaManager
}

/** So that a state that no group is in has a series, too. */
const STATES = ['PreparingRebalance', 'CompletingRebalance', 'Stable', 'Empty', 'Dead']

export function groupMetrics(running: () => MeasuredGroups | null): Collector {
  return async (put) => {
    const measured = running()
    if (measured === null) return
    const { groups } = measured
    put('lograft_group_rebalances_total', groups.readings.generations)
    put('lograft_offset_commits_total', groups.readings.offsets)
    const states = new Map(STATES.map((state) => [state, 0]))
    let members = 0
    for (const { shard } of groups.serving()) {
      members += shard.memberCount
      for (const { groupState = 'Unknown' } of shard.list([]))
        states.set(groupState, (states.get(groupState) ?? 0) + 1)
    }
    put('lograft_group_members', members)
    for (const [state, count] of states) put('lograft_groups', count, state)
    await putOffsets(put, measured)
  }
}

async function putOffsets(put: Put, { groups, replicas }: MeasuredGroups): Promise<void> {
  let room: number = SERIES_MAX.group_offsets
  let groupsLeft = 0
  for (const runtime of groups.serving())
    for (const groupId of runtime.shard.groupIds()) {
      // It may have ended, or lost its lease, while another one was read.
      if (room === 0 || runtime.readFault !== errors.NONE) {
        groupsLeft += 1
        continue
      }
      const stored = await runtime.read(async (view) => {
        // What is committed by now may not be in the view yet.
        const { committedEnd } = runtime
        const applied = await storedOffsets(view, groupId)
        return runtime.shard.committedOffsets(committedEnd, groupId, applied)
      })
      for (const { topic, partition, committed } of stored.slice(0, room)) {
        const of = [groupId, topic, String(partition)] as const
        put('lograft_group_committed_offset', committed.offset, ...of)
        const end = replicas.served(topic, partition)?.log.highWatermark
        if (end !== undefined)
          put('lograft_group_lag_records', Math.max(0, end - committed.offset), ...of)
      }
      if (stored.length > room) groupsLeft += 1
      room -= Math.min(room, stored.length)
    }
  put('lograft_series_left_out', groupsLeft, 'groups')
}
