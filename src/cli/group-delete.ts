/**
 * What `lograft group delete` does: groups, and all that they have committed, are gone. With
 * --dry-run it says what that would be, and on a terminal it asks.
 */
import type { Cluster } from '../client/cluster.ts'
import { LograftError } from '../base/errors.ts'
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { confirmed, type ConfirmFlags } from './confirm.ts'
import { explainClient } from './explain-client.ts'
import { exitCodes } from './exit-codes.ts'
import { groupAdminOf, unknownGroup } from './group.ts'
import { DONE, complain, fail, withCluster } from './session.ts'
import { countOf, table } from './table.ts'
import { isRefusal } from './topic-option.ts'

export interface LosingFlags extends ClientFlags, ConfirmFlags {
  readonly dryRun?: true
}

interface Deleted {
  readonly group: string
  readonly state: string
  /** Partitions of which it has committed anything. */
  readonly partitions: number
  readonly deleted: boolean
}

/** Goes on after a group that cannot be deleted; the exit code is that of the first failure. */
export async function remove(names: readonly string[], flags: LosingFlags): Promise<void> {
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
      else noteFailure(await unknownGroup(cluster, name))
    }
    const question = `Delete ${countOf(plan.length, 'group')} for good?\n${printPlan(plan)}`
    if (plan.length > 0 && !flags.dryRun && !(await confirmed(question, flags))) {
      complain('nothing is deleted')
      return exitCodes.failure.code
    }
    const done: Deleted[] = []
    for (const one of plan) {
      try {
        if (!flags.dryRun) await removeOne(cluster, one.group)
        done.push({ ...one, deleted: !flags.dryRun })
      } catch (thrown) {
        noteFailure(thrown)
        continue
      }
      if (!flags.json && !flags.dryRun) await output.print(`deleted ${one.group}\n`)
    }
    if (flags.json) await output.printJson(done)
    else if (flags.dryRun && plan.length > 0) await output.print(printPlan(plan))
    if (flags.dryRun && plan.length > 0) complain('nothing is deleted: that was a dry run')
    return code
  })
}

/** Null: there is no such group. */
async function contentOf(cluster: Cluster, group: string): Promise<Deleted | null> {
  const admin = groupAdminOf(cluster)
  const { groupState: state } = await admin.describe(group)
  const offsets = await admin.offsets(group)
  if (state === 'Dead' && offsets.size === 0) return null
  const partitions = [...offsets.values()].reduce((sum, { size }) => sum + size, 0)
  return { group, state, partitions, deleted: false }
}

function printPlan(plan: readonly Deleted[]): string {
  return table(
    ['GROUP', 'STATE', 'COMMITTED PARTITIONS'],
    plan.map(({ group, state, partitions }) => [group, state, partitions]),
  )
}

async function removeOne(cluster: Cluster, name: string): Promise<void> {
  try {
    await groupAdminOf(cluster).delete(name)
  } catch (thrown) {
    if (isRefusal(thrown, errors.GROUP_ID_NOT_FOUND)) throw await unknownGroup(cluster, name)
    if (!isRefusal(thrown, errors.NON_EMPTY_GROUP)) throw thrown
    throw new LograftError('NON_EMPTY_GROUP', `group ${name} has members: stop them first`)
  }
}
