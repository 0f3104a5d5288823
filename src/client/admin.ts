/**
 * What an administrator asks of a cluster: topics and their configuration. A call is tried again
 * only when it is certain that nothing was done. What is refused is thrown as a BrokerError.
 */
import type { IncomingResponse } from '../wire/api.ts'
import { createTopics } from '../wire/apis/19-create-topics.ts'
import { deleteTopics } from '../wire/apis/20-delete-topics.ts'
import { describeConfigs } from '../wire/apis/32-describe-configs.ts'
import { describeLogDirs } from '../wire/apis/35-describe-log-dirs.ts'
import { createPartitions } from '../wire/apis/37-create-partitions.ts'
import { incrementalAlterConfigs } from '../wire/apis/44-incremental-alter-configs.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError, isOutcomeUnknown, mayRetry, refuseUnlessNone } from './errors.ts'
import { retrying } from './retry.ts'

/** Kafka's numbers of what may be configured. */
const TOPIC_RESOURCE = 2
const BROKER_RESOURCE = 4
/** Kafka's ConfigSource: where the value of an option comes from. */
export const CONFIG_SOURCE = { topic: 1, broker: 2, allBrokers: 3, file: 4, default: 5 } as const

/** What has options: a topic, a broker by its node id, or all brokers. */
export type ConfigPlace =
  { readonly topic: string } | { readonly broker: number } | { readonly broker: 'all' }

const OPERATION = { set: 0, delete: 1 } as const

export interface NewTopic {
  readonly name: string
  /** −1: the broker's default. */
  readonly partitions: number
  /** −1: the broker's default. */
  readonly replicationFactor: number
  readonly configs: ReadonlyMap<string, string>
}

export type ConfigEntry = IncomingResponse<
  typeof describeConfigs
>['results'][number]['configs'][number]

export type LogDirectory = IncomingResponse<typeof describeLogDirs>['results'][number]

/** Topics in one question about a few options: far from what an answer may hold. */
const TOPICS_AT_ONCE = 1_000

/** `timeoutMs`: how long the broker may take, and how long a call is tried. */
export class Admin {
  readonly #cluster: Cluster
  readonly #timeoutMs: number

  constructor(cluster: Cluster, { timeoutMs }: { readonly timeoutMs: number }) {
    this.#cluster = cluster
    this.#timeoutMs = timeoutMs
  }

  /** What was created, as far as the broker tells (−1: it does not). */
  createTopic({ name, partitions, replicationFactor, configs }: NewTopic) {
    return this.#change(async () => {
      const answer = await this.#cluster.call('controller', createTopics, {
        topics: [
          {
            name,
            numPartitions: partitions,
            replicationFactor,
            configs: [...configs].map(([key, value]) => ({ name: key, value })),
          },
        ],
        timeoutMs: this.#timeoutMs,
      })
      const topic = answer.topics[0]
      refuse(topic, `topic ${name}`)
      return {
        partitions: topic?.numPartitions ?? -1,
        replicationFactor: topic?.replicationFactor ?? -1,
      }
    })
  }

  deleteTopic(name: string): Promise<void> {
    return this.#change(async () => {
      const { responses } = await this.#cluster.call('controller', deleteTopics, {
        topics: [{ name }],
        topicNames: [name],
        timeoutMs: this.#timeoutMs,
      })
      refuse(responses[0], `topic ${name}`)
    })
  }

  /** `count`: how many there shall be in all. `validateOnly`: ask whether it could be done. */
  createPartitions(
    name: string,
    count: number,
    { validateOnly = false }: { readonly validateOnly?: boolean } = {},
  ): Promise<void> {
    return this.#change(async () => {
      const { results } = await this.#cluster.call('controller', createPartitions, {
        topics: [{ name, count, assignments: null }],
        timeoutMs: this.#timeoutMs,
        validateOnly,
      })
      refuse(results[0], `topic ${name}`)
    })
  }

  /** A value of null takes the place's own value away. */
  alterConfigs(
    place: ConfigPlace,
    changes: ReadonlyMap<string, string | null>,
    { validateOnly = false }: { readonly validateOnly?: boolean } = {},
  ): Promise<void> {
    return this.#change(async () => {
      const configs = [...changes].map(([key, value]) => ({
        name: key,
        configOperation: value === null ? OPERATION.delete : OPERATION.set,
        value,
      }))
      const owner = ownerOf(place)
      const asked = { resources: [{ ...resourceOf(place), configs }], validateOnly }
      const whom = owner === 'any' ? 'controller' : owner
      const { responses } = await this.#cluster.call(whom, incrementalAlterConfigs, asked)
      refuse(responses[0], nameOf(place))
    })
  }

  /** Every option, with its value, where that comes from, and what is below it. */
  describeConfigs(place: ConfigPlace): Promise<readonly ConfigEntry[]> {
    return this.#read(async () => {
      const { results } = await this.#cluster.call(ownerOf(place), describeConfigs, {
        resources: [{ ...resourceOf(place), configurationKeys: null }],
        includeSynonyms: true,
      })
      refuse(results[0], `configuration of ${nameOf(place)}`)
      return results[0]?.configs ?? []
    })
  }

  /** Some options of many topics: values by option, by topic. Topics that are gone are left out. */
  async topicOptions(
    topics: readonly string[],
    options: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>> {
    const found = new Map<string, ReadonlyMap<string, string | null>>()
    for (let from = 0; from < topics.length; from += TOPICS_AT_ONCE) {
      const resources = topics.slice(from, from + TOPICS_AT_ONCE).map((resourceName) => ({
        ...{ resourceType: TOPIC_RESOURCE, resourceName, configurationKeys: options },
      }))
      const { results } = await this.#cluster.call('any', describeConfigs, { resources })
      for (const { errorCode, resourceName, configs } of results)
        if (errorCode === errors.NONE)
          found.set(resourceName, new Map(configs.map(({ name, value }) => [name, value])))
    }
    return found
  }

  /** The directories of a broker, with what is in them. Refused by BrokerError, or NOT_SERVED. */
  async logDirectories(nodeId: number): Promise<readonly LogDirectory[]> {
    const answer = await this.#cluster.call(nodeId, describeLogDirs, { topics: null })
    refuseUnlessNone(answer.errorCode, `directories of broker ${nodeId}`)
    return answer.results
  }

  /**
   * Bytes on disk of every partition, by topic, of the replicas on the given brokers together; null
   * when one of the brokers does not tell.
   */
  async sizes(
    brokers: readonly number[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, number>> | null> {
    const sizes = new Map<string, Map<number, number>>()
    for (const broker of brokers) {
      if (!(await this.#cluster.serves(broker, describeLogDirs))) return null
      for (const { topics } of await this.logDirectories(broker))
        for (const { name, partitions } of topics) {
          const known = sizes.get(name) ?? new Map<number, number>()
          sizes.set(name, known)
          for (const { partitionIndex, partitionSize } of partitions)
            known.set(partitionIndex, (known.get(partitionIndex) ?? 0) + partitionSize)
        }
    }
    return sizes
  }

  #change<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return this.#retrying(attempt, (thrown) => mayRetry(thrown) && !isOutcomeUnknown(thrown))
  }

  #read<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return this.#retrying(attempt, mayRetry)
  }

  #retrying<Result>(attempt: () => Promise<Result>, isWorthIt: (thrown: unknown) => boolean) {
    const { retries } = this.#cluster
    // "Unknown" may be metadata that is not there yet; a command line wants to know at once.
    const isFinal = (thrown: unknown) =>
      thrown instanceof BrokerError && thrown.errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION
    return retrying(attempt, {
      ...{ ...retries, timeoutMs: this.#timeoutMs },
      isWorthIt: (thrown) => isWorthIt(thrown) && !isFinal(thrown),
      onRetry: (error) => {
        // Perhaps the controller moved.
        void this.#cluster.metadata([]).catch(() => undefined)
        retries.onRetry(error)
      },
    })
  }
}

/** A broker answers for itself only. */
function ownerOf(place: ConfigPlace): number | 'any' {
  return 'broker' in place && place.broker !== 'all' ? place.broker : 'any'
}

function resourceOf(place: ConfigPlace) {
  if ('topic' in place) return { resourceType: TOPIC_RESOURCE, resourceName: place.topic }
  const resourceName = place.broker === 'all' ? '' : String(place.broker)
  return { resourceType: BROKER_RESOURCE, resourceName }
}

function nameOf(place: ConfigPlace): string {
  if ('topic' in place) return `topic ${place.topic}`
  return place.broker === 'all' ? 'all brokers' : `broker ${place.broker}`
}

interface Answer {
  readonly errorCode: number
  readonly errorMessage: string | null
}

function refuse(answer: Answer | undefined, what: string): void {
  refuseUnlessNone(
    answer?.errorCode ?? errors.UNKNOWN_SERVER_ERROR,
    what,
    answer?.errorMessage ?? null,
  )
}
