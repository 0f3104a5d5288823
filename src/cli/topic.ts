/**
 * What `lograft topic create|list|alter|delete` do. Tables for people, one JSON document for
 * machines; `describe` is large enough for a file of its own.
 */
import { Admin } from '../client/admin.ts'
import type { Cluster } from '../client/cluster.ts'
import { BrokerError } from '../client/errors.ts'
import { topicOptionNames } from '../config/topic-options.ts'
import { nearestName } from '../config/nearest.ts'
import { LograftError } from '../base/errors.ts'
import { errors } from '../wire/errors.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes } from './exit-codes.ts'
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
import { explainClient } from './explain-client.ts'

export interface CreateFlags extends ClientFlags {
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly config?: readonly (readonly [string, string])[]
  readonly ifNotExists?: true
}

export interface AlterFlags extends ClientFlags {
  readonly partitions?: number
  readonly config?: readonly (readonly [string, string])[]
  readonly deleteConfig?: readonly string[]
}

export interface DeleteFlags extends ClientFlags {
  readonly ifExists?: true
}

/** What a broker may take for a change; Kafka's tools wait as long. */
const TIMEOUT_MS = 30_000
const DEFAULT = -1

const adminOf = (cluster: Cluster) => new Admin(cluster, { timeoutMs: TIMEOUT_MS })

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
        throw withNearestOption(thrown, config)
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

export async function alter(name: string, flags: AlterFlags): Promise<void> {
  const { partitions, config = [], deleteConfig = [] } = flags
  const changes = new Map<string, string | null>([
    ...config,
    ...deleteConfig.map((key) => [key, null] as const),
  ])
  if (changes.size === 0 && partitions === undefined) {
    complain('nothing to alter: name --partitions, --config or --delete-config')
    process.exitCode = exitCodes.usage.code
    return
  }
  const twice = deleteConfig.find((key) => config.some(([set]) => set === key))
  if (twice !== undefined) {
    complain(`${twice} cannot be both set and deleted`)
    process.exitCode = exitCodes.usage.code
    return
  }
  await withCluster(flags, async ({ cluster, output }) => {
    await existingTopic(cluster, name)
    const admin = adminOf(cluster)
    if (changes.size > 0) {
      try {
        await admin.alterConfigs(name, changes)
      } catch (thrown) {
        throw withNearestOption(thrown, [...changes])
      }
      await output.print(`${name}: configuration changed\n`)
    }
    if (partitions !== undefined) {
      await admin.createPartitions(name, partitions)
      await output.print(`${name}: ${countOf(partitions, 'partition')} now\n`)
    }
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

function isRefusal(thrown: unknown, errorCode: number): thrown is BrokerError {
  return thrown instanceof BrokerError && thrown.errorCode === errorCode
}

/** A misspelt option: Kafka says that it does not know it, this says which was meant. */
function withNearestOption(
  thrown: unknown,
  configs: readonly (readonly [string, string | null])[],
): unknown {
  if (!isRefusal(thrown, errors.INVALID_CONFIG) || thrown.message.includes('did you mean'))
    return thrown
  const known: readonly string[] = topicOptionNames
  const hints = configs.flatMap(([key]) => {
    const nearest = known.includes(key) ? null : nearestName(key, known)
    return nearest === null ? [] : [`${key}: did you mean ${nearest}?`]
  })
  if (hints.length === 0) return thrown
  return new LograftError(thrown.code, [thrown.message, ...hints].join('\n  '), { cause: thrown })
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
