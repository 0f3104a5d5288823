/**
 * What `lograft topic delete` and `delete-records` do: records that are gone afterwards. Both say
 * what that would be with --dry-run, and ask on a terminal.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import type { ClientFlags } from './client-flags.ts'
import { confirmed, type ConfirmFlags } from './confirm.ts'
import { explainClient } from './explain-client.ts'
import { exitCodes } from './exit-codes.ts'
import type { Position } from './position.ts'
import {
  DONE,
  complain,
  existingTopic,
  fail,
  lookUp,
  unknownTopic,
  withCluster,
} from './session.ts'
import { resolvePosition } from './start-offsets.ts'
import { countOf, table } from './table.ts'
import { adminOf } from './topic-option.ts'

export interface LosingFlags extends ClientFlags, ConfirmFlags {
  readonly dryRun?: true
}

export interface DeleteFlags extends LosingFlags {
  readonly ifExists?: true
}

export interface DeleteRecordsFlags extends LosingFlags {
  readonly before: Position
  readonly partition?: readonly number[]
}

const TIMEOUT_MS = 30_000

interface Deleted {
  readonly name: string
  readonly partitions: number
  /** Null: unknown, because a partition has no leader. */
  readonly records: number | null
  readonly deleted: boolean
}

/** Goes on after a topic that cannot be deleted; the exit code is that of the first failure. */
export async function remove(names: readonly string[], flags: DeleteFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    let code: number = DONE
    const noteFailure = (thrown: unknown) => {
      const failed = fail(thrown, explainClient(thrown, flags.bootstrap))
      code = code === DONE ? failed : code
    }
    const plan: Deleted[] = []
    for (const name of new Set(names)) {
      const found = await contentOf(cluster, name)
      if (found) plan.push(found)
      else if (!flags.ifExists) noteFailure(await unknownTopic(cluster, name))
    }
    const question = `Delete ${countOf(plan.length, 'topic')} for good?\n${printPlan(plan)}`
    if (plan.length > 0 && !flags.dryRun && !(await confirmed(question, flags))) return refused()
    const done: Deleted[] = []
    for (const one of plan) {
      try {
        if (!flags.dryRun) await adminOf(cluster).deleteTopic(one.name)
        done.push({ ...one, deleted: !flags.dryRun })
      } catch (thrown) {
        noteFailure(thrown)
        continue
      }
      if (!flags.json && !flags.dryRun) await output.print(`deleted ${one.name}\n`)
    }
    if (flags.json) await output.printJson(done)
    else if (flags.dryRun && plan.length > 0) await output.print(printPlan(plan))
    if (flags.dryRun && plan.length > 0) complain('nothing is deleted: that was a dry run')
    return code
  })
}

function refused(): number {
  complain('nothing is deleted')
  return exitCodes.failure.code
}

/** Null: there is no such topic. */
async function contentOf(cluster: Cluster, name: string): Promise<Deleted | null> {
  const topic = await lookUp(cluster, name)
  if (topic === null) return null
  const partitions = topic.partitions.map(({ partitionIndex }) => partitionIndex)
  const isLed = topic.partitions.every(({ leaderId }) => leaderId >= 0)
  const records = isLed ? await recordsIn(cluster, name, partitions).catch(() => null) : null
  return { name, partitions: partitions.length, records, deleted: false }
}

async function recordsIn(cluster: Cluster, topic: string, partitions: readonly number[]) {
  const { starts, ends } = await extentOf(cluster, topic, partitions)
  return partitions.reduce((sum, at) => sum + (ends.get(at) ?? 0) - (starts.get(at) ?? 0), 0)
}

async function extentOf(cluster: Cluster, topic: string, partitions: readonly number[]) {
  const query = { topic, partitions, timeoutMs: TIMEOUT_MS }
  return {
    starts: await findOffsets(cluster, { ...query, timestamp: EARLIEST }),
    ends: await findOffsets(cluster, { ...query, timestamp: LATEST }),
  }
}

function printPlan(plan: readonly Deleted[]): string {
  return table(
    ['TOPIC', 'PARTITIONS', 'RECORDS'],
    plan.map(({ name, partitions, records }) => [name, partitions, records]),
  )
}

interface Cut {
  readonly partition: number
  readonly startOffset: number
  /** The first record that is kept. */
  readonly newStartOffset: number
  readonly records: number
}

/** Everything before a position; what is behind it stays, and keeps its offsets. */
export async function removeRecords(topic: string, flags: DeleteRecordsFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const { partitions: known } = await existingTopic(cluster, topic)
    const all = known.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
    const partitions = flags.partition ?? all
    const unknown = partitions.find((partition) => !all.includes(partition))
    if (unknown !== undefined)
      throw new LograftError(
        'USAGE',
        `--partition ${unknown}: ${topic} has ${countOf(all.length, 'partition')}, the first is 0`,
      )
    const cuts = await planCuts(cluster, topic, { partitions, before: flags.before })
    const sum = cuts.reduce((all, { records }) => all + records, 0)
    const question = `Delete ${countOf(sum, 'record')} of ${topic} for good?\n${printCuts(cuts)}`
    const isAsked = sum > 0 && !flags.dryRun
    if (isAsked && !(await confirmed(question, flags))) return refused()
    if (isAsked)
      await adminOf(cluster).deleteRecords(
        topic,
        new Map(cuts.map((cut) => [cut.partition, cut.newStartOffset])),
      )
    if (flags.json) await output.printJson(cuts.map((cut) => ({ topic, ...cut, deleted: isAsked })))
    else await output.print(printCuts(cuts))
    if (flags.dryRun) complain('nothing is deleted: that was a dry run')
    else complain(`${countOf(sum, 'record')} deleted`)
    return DONE
  })
}

async function planCuts(
  cluster: Cluster,
  topic: string,
  { partitions, before }: { readonly partitions: readonly number[]; readonly before: Position },
): Promise<readonly Cut[]> {
  const { starts } = await extentOf(cluster, topic, partitions)
  const ranges = await resolvePosition(cluster, {
    ...{ topic, partitions, position: before, timeoutMs: TIMEOUT_MS, committed: false },
    flag: '--before',
    // Whatever is before the first record is gone already.
    onMoved: () => undefined,
  })
  return ranges.map(({ partition, from }) => {
    const startOffset = starts.get(partition) ?? from
    return { partition, startOffset, newStartOffset: from, records: from - startOffset }
  })
}

function printCuts(cuts: readonly Cut[]): string {
  return table(
    ['PARTITION', 'START', 'NEW START', 'RECORDS'],
    cuts.map((cut) => [cut.partition, cut.startOffset, cut.newStartOffset, cut.records]),
  )
}
