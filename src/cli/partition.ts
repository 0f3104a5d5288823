/**
 * What `lograft partition list|offsets|elect-leaders|reassign|delete-records` do. Where records may
 * be lost they say what they would do, until `--yes`.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster, TopicMetadata } from '../client/cluster.ts'
import { deleteRecords as deleteOldest } from '../client/delete-records.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import type { PartitionName, PartitionOutcome } from '../client/replica-admin.ts'
import { partitionKey, ReplicaAdmin } from '../client/replica-admin.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes, isWrongValue } from './exit-codes.ts'
import type { ChosenTopic } from './group-flags.ts'
import { complain, DONE, existingTopic, LOOK_MS, withCluster, type Session } from './session.ts'
import { countOf, table } from './table.ts'

export interface ListFlags extends ClientFlags {
  readonly topic?: readonly ChosenTopic[]
  readonly underReplicated?: true
  readonly offline?: true
  readonly moving?: true
}

export interface OffsetsFlags extends ClientFlags {
  readonly time?: number
}

export interface ElectFlags extends ClientFlags {
  readonly topic?: readonly ChosenTopic[]
  readonly unclean?: true
  readonly yes?: true
}

export interface ReassignFlags extends ClientFlags {
  readonly replicas?: readonly number[]
  readonly cancel?: true
  readonly yes?: true
}

export interface DeleteRecordsFlags extends ClientFlags {
  readonly before?: number
  readonly all?: true
  readonly yes?: true
}

const TIMEOUT_MS = 30_000

const adminOf = (cluster: Cluster) => new ReplicaAdmin(cluster, { timeoutMs: TIMEOUT_MS })

export async function list(flags: ListFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const moving = new Map((await adminOf(cluster).underWay()).map((to) => [partitionKey(to), to]))
    const rows = (await chosen(cluster, flags.topic)).flatMap(({ topic, of }) =>
      of.map(({ partitionIndex: partition, leaderId, replicaNodes, isrNodes }) => {
        const { addingReplicas = [], removingReplicas = [] } =
          moving.get(partitionKey({ topic, partition })) ?? {}
        return {
          ...{ topic, partition, leader: leaderId < 0 ? null : leaderId },
          ...{ replicas: replicaNodes, isr: isrNodes, addingReplicas, removingReplicas },
        }
      }),
    )
    const shown = rows.filter(
      ({ leader, replicas, isr, ...row }) =>
        (!flags.offline || leader === null) &&
        (!flags.underReplicated || isr.length < replicas.length) &&
        (!flags.moving || row.addingReplicas.length + row.removingReplicas.length > 0),
    )
    if (flags.json) await output.printJson(shown)
    else if (shown.length === 0) complain('there is no such partition')
    else
      await output.print(
        table(
          ['TOPIC', 'PARTITION', 'LEADER', 'REPLICAS', 'ISR', 'ADDING', 'REMOVING'],
          shown.map((row) => [
            ...[row.topic, row.partition, row.leader, row.replicas.join(), row.isr.join()],
            ...[row.addingReplicas.join() || null, row.removingReplicas.join() || null],
          ]),
        ),
      )
    return DONE
  })
}

export async function offsets(choice: ChosenTopic, flags: OffsetsFlags): Promise<void> {
  const look = async ({ cluster, output }: Session) => {
    const { topic, partitions } = await resolved(cluster, choice)
    const find = (timestamp: number) =>
      findOffsets(cluster, { topic, partitions, timestamp, timeoutMs: LOOK_MS })
    const [starts, ends] = [await find(EARLIEST), await find(LATEST)]
    const atTime = flags.time === undefined ? null : await find(flags.time)
    const rows = partitions.map((partition) => {
      const [startOffset, endOffset] = [starts.get(partition) ?? null, ends.get(partition) ?? null]
      const found = atTime?.get(partition) ?? -1
      // No record is that young.
      const offsetAtTime = atTime === null || found < 0 ? null : found
      return { topic, partition, startOffset, endOffset, ...(atTime && { offsetAtTime }) }
    })
    if (flags.json) await output.printJson(rows)
    else
      await output.print(
        table(
          ['PARTITION', 'START', 'END', ...(atTime ? ['AT TIME'] : [])],
          rows.map((row) => [
            ...[row.partition, row.startOffset, row.endOffset],
            ...(atTime ? [row.offsetAtTime ?? null] : []),
          ]),
        ),
      )
    return DONE
  }
  await withCluster(flags, look, { looksFor: `the leaders of ${choice.topic}` })
}

/** Preferred leaders where others lead; with `--unclean` anybody, where nobody leads. */
export async function electLeaders(flags: ElectFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const needed = (await chosen(cluster, flags.topic)).flatMap(({ topic, of }) =>
      of
        .filter(({ leaderId, replicaNodes }) =>
          flags.unclean ? leaderId < 0 : leaderId !== replicaNodes[0],
        )
        .map(({ partitionIndex: partition }) => ({ topic, partition })),
    )
    if (flags.unclean && !flags.yes && needed.length > 0) {
      await output.print(needed.map((name) => `${partitionKey(name)}\n`).join(''))
      complain('nothing is elected yet: records may be lost for ever; --yes elects anybody')
      return DONE
    }
    const type = flags.unclean ? 'unclean' : 'preferred'
    const outcomes = needed.length > 0 ? await adminOf(cluster).electLeaders(type, needed) : []
    if (flags.json) await output.printJson(outcomes.map(named))
    const elected = outcomes.filter(({ errorCode }) => errorCode === errors.NONE).length
    if (!flags.json) await output.print(`${countOf(elected, 'leader')} elected\n`)
    return tellRefusals(outcomes.filter(({ errorCode }) => !isNotNeeded(errorCode)))
  })
}

export async function reassign(choice: ChosenTopic, flags: ReassignFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    if ((flags.replicas === undefined) === (flags.cancel === undefined))
      throw new LograftError('USAGE', 'say where to: either --replicas or --cancel')
    const { topic, partitions } = await resolved(cluster, choice)
    const replicas = flags.replicas ?? null
    if (replicas !== null && !flags.yes) {
      const moves = await movesOf(cluster, { topic, partitions, replicas })
      if (flags.json) await output.printJson(moves.map((move) => ({ ...move, executed: false })))
      else await output.print(printMoves(moves))
      complain('nothing is moved yet: --yes does it')
      return DONE
    }
    const wanted = partitions.map((partition) => ({ topic, partition, replicas }))
    const outcomes = await adminOf(cluster).reassign(wanted)
    if (flags.json) await output.printJson(outcomes.map(named))
    const begun = outcomes.filter(({ errorCode }) => errorCode === errors.NONE).length
    const what = flags.cancel ? 'taken back' : 'begun; lograft partition list --moving shows them'
    if (!flags.json) await output.print(`${countOf(begun, 'move')} ${what}\n`)
    return tellRefusals(outcomes)
  })
}

interface Move extends PartitionName {
  readonly replicas: readonly number[]
  readonly then: readonly number[]
}

/** What a reassignment would do. Throws USAGE for a broker that is not there. */
async function movesOf(
  cluster: Cluster,
  {
    topic,
    partitions,
    replicas: then,
  }: { topic: string; partitions: readonly number[] } & {
    readonly replicas: readonly number[]
  },
): Promise<readonly Move[]> {
  const { brokers } = await cluster.metadata([])
  const known = brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b)
  const missing = then.find((nodeId) => !known.includes(nodeId))
  if (missing !== undefined)
    throw new LograftError(
      'USAGE',
      `--replicas: broker ${missing} is not in service; those are ${known.join(', ')}`,
    )
  if (new Set(then).size < then.length)
    throw new LograftError('USAGE', '--replicas: a broker is named twice')
  const { partitions: found } = await existingTopic(cluster, topic)
  return found
    .filter(({ partitionIndex }) => partitions.includes(partitionIndex))
    .sort((a, b) => a.partitionIndex - b.partitionIndex)
    .map(({ partitionIndex: partition, replicaNodes: replicas }) => ({
      ...{ topic, partition, replicas, then },
    }))
}

function printMoves(moves: readonly Move[]): string {
  return table(
    ['TOPIC', 'PARTITION', 'REPLICAS', 'THEN'],
    moves.map(({ topic, partition, replicas, then }) => [
      ...[topic, partition, replicas.join(), then.join()],
    ]),
  )
}

export async function deleteRecords(choice: ChosenTopic, flags: DeleteRecordsFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    if ((flags.before === undefined) === (flags.all === undefined))
      throw new LograftError('USAGE', 'say which: either --before OFFSET or --all')
    const { topic, partitions } = await resolved(cluster, choice)
    const find = (timestamp: number) =>
      findOffsets(cluster, { topic, partitions, timestamp, timeoutMs: TIMEOUT_MS })
    const [starts, ends] = [await find(EARLIEST), await find(LATEST)]
    const before = new Map(
      partitions.map((partition) => [partition, flags.before ?? ends.get(partition) ?? 0]),
    )
    for (const [partition, offset] of before)
      if (offset > (ends.get(partition) ?? 0))
        throw new LograftError(
          'USAGE',
          `--before ${offset}: partition ${partition} of ${topic} ends at ${ends.get(partition)}; --all deletes all there is`,
        )
    const begins = flags.yes
      ? await deleteOldest(cluster, { topic, before, timeoutMs: TIMEOUT_MS })
      : new Map([...before].map(([at, offset]) => [at, Math.max(offset, starts.get(at) ?? 0)]))
    const rows = partitions.map((partition) => ({
      ...{ topic, partition, startOffset: starts.get(partition) ?? null },
      ...{ newStartOffset: begins.get(partition) ?? null, endOffset: ends.get(partition) ?? null },
    }))
    if (flags.json) await output.printJson(rows.map((row) => ({ ...row, executed: !!flags.yes })))
    else
      await output.print(
        table(
          ['PARTITION', flags.yes ? 'BEFORE' : 'START', flags.yes ? 'NOW' : 'NEW', 'END'],
          rows.map((row) => [row.partition, row.startOffset, row.newStartOffset, row.endOffset]),
        ),
      )
    if (!flags.yes) complain('nothing is deleted yet: --yes does it')
    return DONE
  })
}

interface Partitions {
  readonly topic: string
  readonly of: TopicMetadata['partitions']
}

/** Of the topics that are named, or of all. */
async function chosen(
  cluster: Cluster,
  choices: readonly ChosenTopic[] | undefined,
): Promise<readonly Partitions[]> {
  const inOrder = (of: TopicMetadata['partitions']) =>
    [...of].sort((a, b) => a.partitionIndex - b.partitionIndex)
  if (!choices) {
    const { topics } = await cluster.metadata(null)
    return topics
      .flatMap(({ name, partitions }) => (name === null ? [] : [{ name, partitions }]))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name: topic, partitions }) => ({ topic, of: inOrder(partitions) }))
  }
  const found: Partitions[] = []
  for (const choice of choices) {
    const { partitions: wanted, topic } = await resolved(cluster, choice)
    const { partitions } = await existingTopic(cluster, topic)
    const of = partitions.filter(({ partitionIndex }) => wanted.includes(partitionIndex))
    found.push({ topic, of: inOrder(of) })
  }
  return found
}

/** With the partitions that are meant. Throws USAGE for one that is not there. */
async function resolved(cluster: Cluster, { topic, partitions }: ChosenTopic) {
  const { partitions: found } = await existingTopic(cluster, topic)
  const known = found.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
  const missing = partitions?.find((partition) => !known.includes(partition))
  if (missing === undefined) return { topic, partitions: partitions ?? known }
  throw new LograftError(
    'USAGE',
    `${topic}:${missing}: it has ${countOf(known.length, 'partition')}, the first is 0`,
  )
}

const isNotNeeded = (code: number) => code === errors.ELECTION_NOT_NEEDED

const named = ({ topic, partition, errorCode, errorMessage }: PartitionOutcome) => ({
  ...{ topic, partition, error: errorCode === errors.NONE ? null : errorName(errorCode) },
  errorMessage,
})

function tellRefusals(outcomes: readonly (PartitionOutcome & PartitionName)[]): number {
  const refused = outcomes.filter(({ errorCode }) => errorCode !== errors.NONE)
  for (const { errorCode, errorMessage, ...name } of refused)
    complain(`${partitionKey(name)}: ${errorName(errorCode)}: ${errorMessage ?? 'refused'}`)
  if (refused.length === 0) return DONE
  return exitCodes[
    refused.every((one) => isWrongValue(errorName(one.errorCode))) ? 'usage' : 'failure'
  ].code
}
