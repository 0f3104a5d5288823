/**
 * What `lograft group list|describe|delete` do. Tables for people, one JSON document for machines.
 * What `describe` finds out, and `reset-offsets`, have files of their own.
 */
import { GroupAdmin } from '../client/group-admin.ts'
import type { Cluster } from '../client/cluster.ts'
import { LograftError } from '../base/errors.ts'
import { nearestName } from '../config/nearest.ts'
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { explainClient } from './explain-client.ts'
import { describeGroup, printGroup } from './group-description.ts'
import { DONE, complain, fail, withCluster } from './session.ts'
import { table } from './table.ts'
import { isRefusal } from './topic-option.ts'

export interface ListFlags extends ClientFlags {
  readonly state?: readonly string[]
}

/** What a coordinator may take; one that was just lost has another by then. */
const TIMEOUT_MS = 30_000

export const groupAdminOf = (cluster: Cluster) => new GroupAdmin(cluster, { timeoutMs: TIMEOUT_MS })

export async function list(flags: ListFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const admin = groupAdminOf(cluster)
    const rows = (await admin.describeListed(await admin.list(flags.state)))
      .map(({ groupId, groupState, protocolType, members, coordinator }) => ({
        ...{ group: groupId, state: groupState, protocolType: protocolType || null },
        ...{ members: members.length, coordinator },
      }))
      .sort((a, b) => (a.group < b.group ? -1 : 1))
    if (flags.json) await output.printJson(rows)
    else if (rows.length === 0)
      complain(flags.state ? 'there is no group in that state' : 'there is no group')
    else
      await output.print(
        table(
          ['GROUP', 'STATE', 'MEMBERS', 'COORDINATOR'],
          rows.map(({ group, state, members, coordinator }) => [
            ...[group, state, members, coordinator],
          ]),
        ),
      )
    return DONE
  })
}

export async function describe(names: readonly string[], flags: ClientFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const descriptions = []
    for (const name of new Set(names)) {
      const described = await describeGroup(cluster, groupAdminOf(cluster), name)
      if (described === null) throw await unknownGroup(cluster, name)
      descriptions.push(described)
    }
    if (flags.json) await output.printJson(descriptions)
    else await output.print(descriptions.map(printGroup).join('\n'))
    return DONE
  })
}

/** Goes on after a group that cannot be deleted; the exit code is that of the first failure. */
export async function remove(names: readonly string[], flags: ClientFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    let code: number = DONE
    for (const name of new Set(names)) {
      try {
        await removeOne(cluster, name)
        await output.print(`deleted ${name}\n`)
      } catch (thrown) {
        const failed = fail(thrown, explainClient(thrown, flags.bootstrap))
        code = code === DONE ? failed : code
      }
    }
    return code
  })
}

async function removeOne(cluster: Cluster, name: string): Promise<void> {
  const admin = groupAdminOf(cluster)
  try {
    await admin.delete(name)
  } catch (thrown) {
    if (isRefusal(thrown, errors.GROUP_ID_NOT_FOUND)) throw await unknownGroup(cluster, name)
    if (!isRefusal(thrown, errors.NON_EMPTY_GROUP)) throw thrown
    throw new LograftError('NON_EMPTY_GROUP', `group ${name} has members: stop them first`)
  }
}

/** An error that names the group that may have been meant. */
export async function unknownGroup(cluster: Cluster, name: string): Promise<LograftError> {
  const names = (await groupAdminOf(cluster).list()).map(({ groupId }) => groupId)
  const nearest = nearestName(name, names)
  const hint = nearest ? `did you mean ${nearest}?` : '`lograft group list` names those there are.'
  return new LograftError('UNKNOWN_GROUP', `there is no group ${name}; ${hint}`)
}
