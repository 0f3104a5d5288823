/**
 * What `lograft topic delete` does: topics with all their records are gone. It says what that would
 * be with --dry-run, and asks on a terminal.
 */
import type { Cluster } from '../client/cluster.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import type { ClientFlags } from './client-flags.ts'
import { confirmed, type ConfirmFlags } from './confirm.ts'
import { explainClient } from './explain-client.ts'
import { exitCodes } from './exit-codes.ts'
import { DONE, complain, fail, lookUp, unknownTopic, withCluster } from './session.ts'
import { countOf, table } from './table.ts'
import { adminOf } from './topic-option.ts'

export interface LosingFlags extends ClientFlags, ConfirmFlags {
  readonly dryRun?: true
}

export interface DeleteFlags extends LosingFlags {
  readonly ifExists?: true
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
