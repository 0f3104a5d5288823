/**
 * What `lograft group list|describe` do. Tables for people, one JSON document for machines. What
 * `describe` finds out, and the verbs that change something, have files of their own.
 */
import { GroupAdmin } from '../client/group-admin.ts'
import type { Cluster } from '../client/cluster.ts'
import { LograftError } from '../base/errors.ts'
import { nearestName } from '../config/nearest.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes } from './exit-codes.ts'
import { describeGroup, printGroup } from './group-description.ts'
import { report } from './report.ts'
import { LOOK_MS, withCluster, type Session } from './session.ts'
import { table } from './table.ts'

export interface ListFlags extends ClientFlags {
  readonly state?: readonly string[]
}

/** What a coordinator may take; one that was just lost has another by then. */
const TIMEOUT_MS = 30_000

export const groupAdminOf = (cluster: Cluster, timeoutMs = TIMEOUT_MS) =>
  new GroupAdmin(cluster, { timeoutMs })

export async function list(flags: ListFlags): Promise<void> {
  const look = ({ cluster, output }: Session) =>
    report(output, flags, async () => {
      const admin = groupAdminOf(cluster, LOOK_MS)
      const rows = (await admin.describeListed(await admin.list(flags.state)))
        .map(({ groupId, groupState, protocolType, members, coordinator }) => ({
          ...{ group: groupId, state: groupState, protocolType: protocolType || null },
          ...{ members: members.length, coordinator },
        }))
        .sort((a, b) => (a.group < b.group ? -1 : 1))
      if (rows.length > 0) return { json: rows, text: printList(rows) }
      const none = flags.state ? 'there is no group in that state' : 'there is no group'
      return { json: rows, text: '', ...(!flags.json && { notes: [none] }) }
    })
  await withCluster(flags, look, { looksFor: 'the brokers to tell their groups' })
}

function printList(
  rows: readonly {
    readonly group: string
    readonly state: string
    readonly members: number
    readonly coordinator: number
  }[],
): string {
  return table(
    ['GROUP', 'STATE', 'MEMBERS', 'COORDINATOR'],
    rows.map(({ group, state, members, coordinator }) => [group, state, members, coordinator]),
  )
}

/** Goes on after a group that is not there; the exit code says so. */
export async function describe(names: readonly string[], flags: ClientFlags): Promise<void> {
  const look = ({ cluster, output }: Session) =>
    report(output, flags, async () => {
      const descriptions = []
      const unknown = []
      for (const name of new Set(names)) {
        const described = await describeGroup(cluster, groupAdminOf(cluster, LOOK_MS), name)
        if (described === null) unknown.push((await unknownGroup(cluster, name)).message)
        else descriptions.push(described)
      }
      return {
        ...{ json: descriptions, text: descriptions.map(printGroup).join('\n') },
        ...(unknown.length > 0 && { notes: unknown, exitCode: exitCodes.failure.code }),
      }
    })
  const looksFor = `the coordinator of ${names.length === 1 ? 'group ' : 'groups '}${names.join(', ')}`
  await withCluster(flags, look, { looksFor })
}

/** An error that names the group that may have been meant. */
export async function unknownGroup(cluster: Cluster, name: string): Promise<LograftError> {
  const names = (await groupAdminOf(cluster).list()).map(({ groupId }) => groupId)
  const nearest = nearestName(name, names)
  const hint = nearest ? `did you mean ${nearest}?` : '`lograft group list` names those there are.'
  return new LograftError('UNKNOWN_GROUP', `there is no group ${name}; ${hint}`)
}
