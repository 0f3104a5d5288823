/**
 * The end of a run of groups: the load ends, every group reads all there is; then every broker dies
 * at once, comes back, and is taken away once more after the other, so that each of the others has
 * to say what is committed. What was answered, the logs and the views must be one.
 */
import { offsetFetch } from '../../src/wire/apis/09-offset-fetch.ts'
import { errors } from '../../src/wire/errors.ts'
import { partitionForGroup } from '../../src/coordinator/offsets-topic.ts'
import { Client } from '../../test/support/client.ts'
import { listOffset } from '../../test/support/calls.ts'
import { eventually } from '../../test/support/within.ts'
import { PARTITIONS } from '../replication/loaded-cluster.ts'
import { grouped } from '../../src/chaos/checkers/commits.ts'
import { holesIn } from '../../src/chaos/checkers/processed.ts'
import type { Checked } from '../../src/chaos/checkers/verdict.ts'
import { faultsIn } from '../replication/judging.ts'
import { GroupClient } from './group-client.ts'
import { placeOf } from './history.ts'
import { judgeAnswers, judgeLog, judgeProcessed } from './judging.ts'
import { OFFSETS_PARTITIONS, type LoadedGroups } from './loaded-groups.ts'
import { differences, fold, readCommits, readView } from './offsets-log.ts'

const DRAINED_WITHIN_MS = 120_000
const ANSWERED_WITHIN_MS = 60_000
const FETCH_VERSION = 7
const LATEST = -1
const FINAL_READER = 'final-reader'

export async function judgeGroups(all: LoadedGroups): Promise<void> {
  const { loaded, groups, probes } = all
  await loaded.cluster.heal()
  if (await all.settle('at the end')) {
    await loaded.stopLoads()
    const ends = await endsOf(all)
    await drain(all, ends)
    for (const group of groups) {
      const of = { processed: group.processed, ends }
      told(all, judgeProcessed(loaded.topic, group.group, of))
      await Promise.all(group.members.map((member) => group.leave(member)))
    }
    await Promise.all(probes.map((probe) => probe.stop()))
    await restartEverything(all)
  }
  await all.close()
  loaded.unknowns.push(...groups.flatMap(({ unknowns }) => unknowns))
  await loaded.judge()
  told(all, judgeAnswers(loaded.topic, all.wire))
  await compareLogs(all)
}

function told({ loaded }: LoadedGroups, checked: Checked): void {
  loaded.faults.push(...faultsIn(checked))
  loaded.unknowns.push(...checked.unknowns)
}

/** By partition: the first offset that is not there. */
async function endsOf({ loaded }: LoadedGroups): Promise<ReadonlyMap<number, number>> {
  const ends = new Map<number, number>()
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const leader = loaded.view.partition(loaded.topic, partition)?.leader ?? 1
    const door = loaded.doors.get(leader)
    if (!door) continue
    const client = await Client.connect(door, { clientId: 'ends' })
    const { topic } = loaded
    const { offset } = await listOffset(client, { topic, partition, timestamp: LATEST })
    ends.set(partition, offset)
    await client.close()
  }
  return ends
}

/** Until every group has processed all there is, and committed it. */
async function drain(all: LoadedGroups, ends: ReadonlyMap<number, number>): Promise<void> {
  const { groups, wire, loaded } = all
  const isDrained = () => {
    const acknowledged = wire.commits.filter(({ code }) => code === errors.NONE)
    const committed = grouped(acknowledged, placeOf)
    return groups.every(({ group, processed }) =>
      [...ends].every(([partition, end]) => {
        const rows = processed.filter((row) => row.partition === partition)
        const commits = committed.get(placeOf({ group, partition })) ?? []
        return (
          holesIn(rows, { start: 0, end }).length === 0 &&
          commits.some(({ offset }) => offset === end)
        )
      }),
    )
  }
  await eventually(DRAINED_WITHIN_MS, 'everything processed', isDrained).catch(() =>
    loaded.faults.push(`groups have not processed everything in ${DRAINED_WITHIN_MS} ms`),
  )
}

/** All at once by `kill -9`, then one after the other; each time all groups are asked. */
async function restartEverything(all: LoadedGroups): Promise<void> {
  const { loaded } = all
  const { cluster } = loaded
  await Promise.all(cluster.nodeIds.map((nodeId) => cluster.kill(nodeId)))
  await cluster.startAll()
  await loaded.becomesWhole('after a restart of everything')
  await fetchAll(all, 'after a restart')
  for (const nodeId of cluster.nodeIds) {
    await cluster.kill(nodeId)
    await fetchAll(all, `without node ${nodeId}`)
    await cluster.start(nodeId)
    await loaded.becomesWhole('after another restart')
  }
}

/** Its answers are judged as they passed on the wire. */
async function fetchAll({ loaded, groups, probes }: LoadedGroups, when: string): Promise<void> {
  for (const { group } of [...groups, ...probes]) {
    const client = new GroupClient({ group, clientId: FINAL_READER, doors: loaded.doors })
    const fetched = async () => {
      const answer = await client.ask(offsetFetch, FETCH_VERSION, { groupId: group, topics: null })
      if (answer?.errorCode === errors.NONE) return true
      client.lookAgain()
      return false
    }
    await eventually(ANSWERED_WITHIN_MS, 'committed offsets', fetched).catch(() =>
      loaded.faults.push(`${when}, nobody says what ${group} has committed`),
    )
    await client.close()
  }
}

/** No node runs any more: what lies there is one log, and its fold is what was answered. */
async function compareLogs(all: LoadedGroups): Promise<void> {
  const { loaded, wire, groups, probes } = all
  const { topic, cluster, faults } = loaded
  const indexes = [...groups, ...probes].map(({ group }) =>
    partitionForGroup(group, OFFSETS_PARTITIONS),
  )
  const of = { topic, partitions: [...new Set(indexes)] }
  const logs = cluster.nodeIds.map((nodeId) => {
    const directory = cluster.directoryOf(nodeId)
    return { nodeId, directory, commits: readCommits(directory, of) }
  })
  const printed = new Set(logs.map(({ commits }) => JSON.stringify(commits)))
  if (printed.size > 1) faults.push(`the logs of coordinators are ${printed.size} different ones`)
  const commits = logs[0]?.commits ?? []
  const folded = fold(commits)
  told(all, judgeLog(topic, wire.commits, commits))
  for (const { nodeId, directory } of logs)
    faults.push(
      ...differences(`the view of node ${nodeId}`, await readView(directory, topic), folded),
    )
  // The same was asked several times, of every broker that was left.
  const finals = wire.fetches.filter(({ by }) => by === FINAL_READER)
  const answers = grouped(finals, placeOf)
  const times = Math.max(0, ...[...answers.values()].map(({ length }) => length))
  for (let time = 0; time < times; time += 1) {
    const answered = [...answers.values()].flatMap((same) => same[time] ?? [])
    faults.push(...differences(`answer ${time + 1} at the end`, fold(answered), folded))
  }
  loaded.history.note('compared', { commits: commits.length, places: folded.size, times })
}
