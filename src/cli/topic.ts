/**
 * What `lograft topic create|list|describe|delete` do. Tables for people, one JSON document for
 * machines. `alter` and what `describe` finds out have files of their own.
 */
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import {
  DONE,
  complain,
  existingTopic,
  fail,
  lookUp,
  unknownTopic,
  withCluster,
} from './session.ts'
import { countOf, printBytes, table } from './table.ts'
import { describeTopic, printDescription } from './topic-description.ts'
import { adminOf, isRefusal, withMeantOption } from './topic-option.ts'
import { explainClient } from './explain-client.ts'

export interface CreateFlags extends ClientFlags {
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly config?: readonly (readonly [string, string])[]
  readonly ifNotExists?: true
}

export interface DeleteFlags extends ClientFlags {
  readonly ifExists?: true
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
  await withCluster(flags, async ({ cluster, output }) => {
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
    if (flags.json) await output.printJson(rows)
    else if (rows.length === 0) complain('there is no topic; `lograft topic create NAME` makes one')
    else
      await output.print(
        table(
          ['TOPIC', 'PARTITIONS', 'REPLICAS', ...(sizes ? ['SIZE'] : [])],
          rows.map((row) => [
            row.name,
            row.partitions,
            row.replicas,
            ...(row.sizeBytes === null ? [] : [printBytes(row.sizeBytes)]),
          ]),
        ),
      )
    return DONE
  })
}

export async function describe(names: readonly string[], flags: ClientFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const descriptions = []
    for (const name of names) {
      const topic = await existingTopic(cluster, name)
      descriptions.push(await describeTopic(cluster, adminOf(cluster), { ...topic, name }))
    }
    if (flags.json) await output.printJson(descriptions)
    else await output.print(descriptions.map(printDescription).join('\n'))
    return DONE
  })
}

/** Goes on after a topic that cannot be deleted; the exit code is that of the first failure. */
export async function remove(names: readonly string[], flags: DeleteFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    let code: number = DONE
    for (const name of new Set(names)) {
      try {
        if (!(await lookUp(cluster, name))) {
          if (flags.ifExists) continue
          throw await unknownTopic(cluster, name)
        }
        await adminOf(cluster).deleteTopic(name)
        await output.print(`deleted ${name}\n`)
      } catch (thrown) {
        const failed = fail(thrown, explainClient(thrown, flags.bootstrap))
        code = code === DONE ? failed : code
      }
    }
    return code
  })
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
