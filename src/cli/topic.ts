/**
 * What `lograft topic create|list|describe` do. Tables for people, one JSON document for machines.
 * The other verbs, and what `describe` finds out, have files of their own.
 */
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes } from './exit-codes.ts'
import { report } from './report.ts'
import { DONE, lookUp, unknownTopic, withCluster } from './session.ts'
import { countOf, printBytes, table } from './table.ts'
import { describeTopic, printDescription } from './topic-description.ts'
import { adminOf, isRefusal, withMeantOption } from './topic-option.ts'

export interface CreateFlags extends ClientFlags {
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly config?: readonly (readonly [string, string])[]
  readonly ifNotExists?: true
}

const DEFAULT = -1

export async function create(name: string, flags: CreateFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const { partitions = DEFAULT, replicationFactor = DEFAULT, config = [] } = flags
    try {
      const wanted = { name, partitions, replicationFactor, configs: new Map(config) }
      const created = await adminOf(cluster).createTopic(wanted)
      // A broker before Kafka 2.4 does not say what its defaults made of it.
      const count =
        created.partitions > 0 ? ` with ${countOf(created.partitions, 'partition')}` : ''
      if (flags.json) await output.printJson({ name, ...created, created: true })
      else await output.print(`created ${name}${count}\n`)
    } catch (thrown) {
      if (!flags.ifNotExists || !isRefusal(thrown, errors.TOPIC_ALREADY_EXISTS))
        throw withMeantOption(
          thrown,
          config.map(([key]) => key),
        )
      if (flags.json) await output.printJson({ name, created: false })
      else await output.print(`${name} exists\n`)
    }
    return DONE
  })
}

export async function list(flags: ClientFlags): Promise<void> {
  await withCluster(flags, ({ cluster, output }) =>
    report(output, flags, async () => {
      const { topics, brokers } = await cluster.metadata(null)
      const nodeIds = brokers.map(({ nodeId }) => nodeId)
      // Sizes are a courtesy: a list without them is better than none.
      const sizes = await adminOf(cluster)
        .sizes(nodeIds)
        .catch(() => null)
      const rows = topics
        .flatMap(({ name, partitions, isInternal }) => {
          if (name === null) return []
          const replicas = partitions[0]?.replicaNodes.length ?? 0
          const sizeBytes = sizes && sum(sizes.get(name)?.values() ?? [])
          return [{ name, partitions: partitions.length, replicas, sizeBytes, isInternal }]
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
      if (rows.length > 0) return { json: rows, text: printList(rows) }
      const notes = ['there is no topic; `lograft topic create NAME` makes one']
      return { json: rows, text: '', ...(!flags.json && { notes }) }
    }),
  )
}

interface ListedTopic {
  readonly name: string
  readonly partitions: number
  readonly replicas: number
  readonly sizeBytes: number | null
}

function printList(rows: readonly ListedTopic[]): string {
  const sizes = rows.some(({ sizeBytes }) => sizeBytes !== null)
  return table(
    ['TOPIC', 'PARTITIONS', 'REPLICAS', ...(sizes ? ['SIZE'] : [])],
    rows.map((row) => [
      row.name,
      row.partitions,
      row.replicas,
      ...(row.sizeBytes === null ? [] : [printBytes(row.sizeBytes)]),
    ]),
  )
}

/** Goes on after a topic that is not there; the exit code says so. */
export async function describe(names: readonly string[], flags: ClientFlags): Promise<void> {
  await withCluster(flags, ({ cluster, output }) =>
    report(output, flags, async () => {
      const descriptions = []
      const unknown = []
      for (const name of new Set(names)) {
        const topic = await lookUp(cluster, name)
        if (topic === null) unknown.push((await unknownTopic(cluster, name)).message)
        else descriptions.push(await describeTopic(cluster, adminOf(cluster), { ...topic, name }))
      }
      return {
        ...{ json: descriptions, text: descriptions.map(printDescription).join('\n') },
        ...(unknown.length > 0 && { notes: unknown, exitCode: exitCodes.failure.code }),
      }
    }),
  )
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
