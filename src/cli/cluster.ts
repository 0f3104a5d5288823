/**
 * What `lograft cluster describe` and `lograft broker list|describe` do: the brokers of `lograft
 * top`, without its rates, and of one of them its directories and what is set.
 */
import { CONFIG_SOURCE } from '../client/admin.ts'
import { LograftError } from '../base/errors.ts'
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { report } from './report.ts'
import { withCluster } from './session.ts'
import { countOf, printBytes, printCount, table } from './table.ts'
import { lookAt } from './top/look-at.ts'
import { viewOf, type BrokerRow, type View } from './top/view.ts'
import { isNotDefault } from './topic-description.ts'
import { adminOf } from './topic-option.ts'

export async function describeCluster(flags: ClientFlags): Promise<void> {
  await withCluster(flags, ({ cluster, output }) =>
    report(output, flags, async () => {
      const view = viewOf(await lookAt(cluster, { groups: false }), null)
      const { clusterId, underReplicated, offline, topics, partitions } = view
      const json = {
        ...{ clusterId, topics: topics.length, partitions: partitions.length },
        ...{ underReplicated, offline, brokers: view.brokers.map(jsonOf) },
      }
      return { json, text: `${printFacts(view)}\n\n${printBrokers(view.brokers)}` }
    }),
  )
}

function printFacts(view: View): string {
  const facts = [
    `cluster ${view.clusterId ?? '-'}: ${countOf(view.brokers.length, 'broker')}`,
    countOf(view.topics.length, 'topic'),
    countOf(view.partitions.length, 'partition'),
    `under-replicated ${printCount(view.underReplicated)}`,
    `offline ${printCount(view.offline)}`,
  ]
  return facts.join(', ')
}

function jsonOf({ broker, state, address, leaders, replicas, sizeBytes, freeShare }: BrokerRow) {
  return { broker, state, address, leaders, replicas, sizeBytes, freeShare }
}

function printBrokers(rows: readonly BrokerRow[]): string {
  return table(
    ['BROKER', 'STATE', 'ADDRESS', 'LEADERS', 'REPLICAS', 'SIZE', 'FREE'],
    rows.map((row) => [
      ...[row.broker, row.state, row.address, row.leaders, row.replicas],
      row.sizeBytes === null ? null : printBytes(row.sizeBytes),
      row.freeShare === null ? null : `${Math.round(row.freeShare * 100)} %`,
    ]),
    { right: ['SIZE', 'FREE'] },
  )
}

export async function listBrokers(flags: ClientFlags): Promise<void> {
  await withCluster(flags, ({ cluster, output }) =>
    report(output, flags, async () => {
      const { brokers } = viewOf(await lookAt(cluster, { groups: false }), null)
      return { json: brokers.map(jsonOf), text: printBrokers(brokers) }
    }),
  )
}

export async function describeBroker(nodeId: number, flags: ClientFlags): Promise<void> {
  await withCluster(flags, ({ cluster, output }) =>
    report(output, flags, async () => {
      const { brokers } = viewOf(await lookAt(cluster, { groups: false }), null)
      const row = brokers.find(({ broker }) => broker === nodeId)
      if (!row) throw unknownBroker(nodeId, brokers)
      if (row.state === 'gone')
        return { json: { ...jsonOf(row), directories: null, configs: null }, text: printRow(row) }
      const admin = adminOf(cluster)
      const directories = (await admin.logDirectories(nodeId)).map((directory) => ({
        path: directory.logDir,
        state: directory.errorCode === errors.NONE ? 'online' : 'offline',
        totalBytes: known(directory.totalBytes),
        usableBytes: known(directory.usableBytes),
      }))
      const entries = await admin.describeConfigs({ broker: nodeId })
      const configs = entries.filter(isNotDefault).map(({ name, value, configSource }) => ({
        ...{ name, value, source: SOURCES[configSource] ?? 'broker' },
      }))
      return {
        json: { ...jsonOf(row), directories, configs },
        text: [printRow(row), printDirectories(directories), printConfigs(configs)].join('\n'),
      }
    }),
  )
}

const known = (bytes: number) => (bytes < 0 ? null : bytes)

const SOURCES: Readonly<Record<number, string>> = {
  // A file, the environment or flags of the node: it does not say which.
  [CONFIG_SOURCE.file]: 'start',
  [CONFIG_SOURCE.allBrokers]: 'all brokers',
}

function unknownBroker(nodeId: number, brokers: readonly BrokerRow[]): LograftError {
  const ids = brokers.map(({ broker }) => broker).join(', ')
  return new LograftError('UNKNOWN_BROKER', `there is no broker ${nodeId}; there are ${ids}`)
}

function printRow({ broker, state, address, leaders, replicas }: BrokerRow): string {
  const facts = [state, address ?? 'no address', `leads ${countOf(leaders, 'partition')}`]
  return `broker ${broker}: ${facts.join(', ')}, holds ${countOf(replicas, 'replica')}\n`
}

interface Directory {
  readonly path: string
  readonly state: string
  readonly totalBytes: number | null
  readonly usableBytes: number | null
}

function printDirectories(directories: readonly Directory[]): string {
  return table(
    ['DIRECTORY', 'STATE', 'DISK', 'FREE'],
    directories.map(({ path, state, totalBytes, usableBytes }) => [
      ...[path, state],
      totalBytes === null ? null : printBytes(totalBytes),
      usableBytes === null ? null : printBytes(usableBytes),
    ]),
    { right: ['DISK', 'FREE'] },
  )
}

function printConfigs(
  configs: readonly { readonly name: string; readonly value: string | null; source: string }[],
): string {
  if (configs.length === 0) return 'Every option has its default.\n'
  return table(
    ['OPTION', 'VALUE', 'SET BY'],
    configs.map(({ name, value, source }) => [name, value, source]),
  )
}
