/**
 * What moves replicas over the Kafka protocol: other replicas for partitions, preferred leaders,
 * how fast replicas may be filled, and how far that is. Whatever it changes may be asked for twice,
 * so it tries again also where the outcome of a call is open. Refusals of single partitions are
 * results, those of a whole request are thrown.
 */
import { describeConfigs } from '../wire/apis/32-describe-configs.ts'
import { describeLogDirs } from '../wire/apis/35-describe-log-dirs.ts'
import { electLeaders } from '../wire/apis/43-elect-leaders.ts'
import { incrementalAlterConfigs } from '../wire/apis/44-incremental-alter-configs.ts'
import { alterPartitionReassignments } from '../wire/apis/45-alter-partition-reassignments.ts'
import { listPartitionReassignments } from '../wire/apis/46-list-partition-reassignments.ts'
import { errors, type ErrorCode } from '../wire/errors.ts'
import { CONFIG_SOURCE } from './admin.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError, mayRetry, refuseUnlessNone } from './errors.ts'
import { retrying } from './retry.ts'

export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

export interface WantedReplicas extends PartitionName {
  /** The preferred leader first; null: what is under way is taken back. */
  readonly replicas: readonly number[] | null
}

export interface PartitionOutcome extends PartitionName {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

export interface UnderWay extends PartitionName {
  /** All of them: those to stay, those being added, those to be removed. */
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

/** `''`: all brokers. */
export type ConfigPlace = { readonly topic: string } | { readonly broker: '' }

export interface ConfigChange {
  readonly name: string
  /** To a list, or away from it: as many items as the value names, by commas. */
  readonly operation: keyof typeof OPERATIONS
  readonly value: string | null
}

const OPERATIONS = { set: 0, delete: 1, append: 2, subtract: 3 } as const
const ELECTIONS = { preferred: 0, unclean: 1 } as const
const TOPIC_RESOURCE = 2
const BROKER_RESOURCE = 4
/** Partitions in one request. */
const PER_REQUEST_MAX = 1_000

export class ReplicaAdmin {
  readonly #cluster: Cluster
  readonly #timeoutMs: number

  constructor(cluster: Cluster, { timeoutMs }: { readonly timeoutMs: number }) {
    this.#cluster = cluster
    this.#timeoutMs = timeoutMs
  }

  /** Moves begin, or are taken back; how far they are is for `cluster.metadata` to tell. */
  async reassign(wanted: readonly WantedReplicas[]): Promise<readonly PartitionOutcome[]> {
    return this.#inParts(wanted, async (part) => {
      const topics = [...byTopic(part)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition: partitionIndex, replicas }) => ({
          ...{ partitionIndex, replicas },
        })),
      }))
      const request = { timeoutMs: this.#timeoutMs, topics }
      const answer = await this.#cluster.call('controller', alterPartitionReassignments, request)
      refuseUnlessNone(answer.errorCode, 'replicas were not moved', answer.errorMessage)
      return answer.responses.flatMap(({ name: topic, partitions }) =>
        partitions.map(({ partitionIndex: partition, errorCode, errorMessage }) => {
          return { topic, partition, errorCode, errorMessage }
        }),
      )
    })
  }

  /** Every partition that is being moved. */
  async underWay(): Promise<readonly UnderWay[]> {
    return this.#retrying(async () => {
      const request = { timeoutMs: this.#timeoutMs, topics: null }
      const answer = await this.#cluster.call('controller', listPartitionReassignments, request)
      refuseUnlessNone(answer.errorCode, 'moves under way', answer.errorMessage)
      return answer.topics.flatMap(({ name: topic, partitions }) =>
        partitions.map(({ partitionIndex: partition, ...replicas }) => {
          return { topic, partition, ...replicas }
        }),
      )
    })
  }

  async electLeaders(
    type: keyof typeof ELECTIONS,
    partitions: readonly PartitionName[],
  ): Promise<readonly PartitionOutcome[]> {
    return this.#inParts(partitions, async (part) => {
      const topicPartitions = [...byTopic(part)].map(([topic, of]) => ({
        topic,
        partitions: of.map(({ partition }) => partition),
      }))
      const electionType = ELECTIONS[type]
      const request = { electionType, topicPartitions, timeoutMs: this.#timeoutMs }
      const answer = await this.#cluster.call('controller', electLeaders, request)
      refuseUnlessNone(answer.errorCode, 'leaders were not elected')
      return answer.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult.map(({ partitionId: partition, errorCode, errorMessage }) => {
          return { topic, partition, errorCode, errorMessage }
        }),
      )
    })
  }

  /** What is set for each of these resources itself, of some options; null: no such topic. */
  async ownConfigs(
    places: readonly ConfigPlace[],
    names: readonly string[],
  ): Promise<readonly (ReadonlyMap<string, string> | null)[]> {
    const found: (ReadonlyMap<string, string> | null)[] = []
    for (let from = 0; from < places.length; from += PER_REQUEST_MAX)
      found.push(...(await this.#ownConfigs(places.slice(from, from + PER_REQUEST_MAX), names)))
    return found
  }

  #ownConfigs(places: readonly ConfigPlace[], names: readonly string[]) {
    return this.#retrying(async () => {
      const resources = places.map((place) => ({
        ...{ ...resourceOf(place), configurationKeys: [...names] },
      }))
      const request = { resources, includeSynonyms: false }
      const { results } = await this.#cluster.call('any', describeConfigs, request)
      return places.map((place) => {
        const { resourceType, resourceName } = resourceOf(place)
        const result = results.find(
          (each) => each.resourceName === resourceName && each.resourceType === resourceType,
        )
        const isGone = result?.errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION
        if ('topic' in place && isGone) return null
        refuse(result, `configuration of ${printPlace(place)}`)
        const own = 'topic' in place ? CONFIG_SOURCE.topic : CONFIG_SOURCE.allBrokers
        const set = result?.configs.filter(({ configSource }) => configSource === own) ?? []
        return new Map(set.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])))
      })
    })
  }

  async changeConfigs(place: ConfigPlace, changes: readonly ConfigChange[]): Promise<void> {
    if (changes.length === 0) return
    await this.#retrying(async () => {
      const configs = changes.map(({ name, operation, value }) => ({
        ...{ name, configOperation: OPERATIONS[operation], value },
      }))
      const request = { resources: [{ ...resourceOf(place), configs }], validateOnly: false }
      const [result] = (await this.#cluster.call('controller', incrementalAlterConfigs, request))
        .responses
      refuse(result, `configuration of ${printPlace(place)}`)
    })
  }

  /** Bytes of the replicas that a broker holds of these partitions, by `topic-partition`. */
  async sizesOn(
    broker: number,
    partitions: readonly PartitionName[] | null,
  ): Promise<ReadonlyMap<string, number>> {
    const topics =
      partitions &&
      [...byTopic(partitions)].map(([topic, of]) => ({
        topic,
        partitions: of.map(({ partition }) => partition),
      }))
    const { results } = await this.#cluster.call(broker, describeLogDirs, { topics })
    return new Map(
      results.flatMap(({ topics: found }) =>
        found.flatMap(({ name, partitions: of }) =>
          of.map(({ partitionIndex, partitionSize }) => {
            return [partitionKey({ topic: name, partition: partitionIndex }), partitionSize]
          }),
        ),
      ),
    )
  }

  async #inParts<Wanted extends PartitionName>(
    wanted: readonly Wanted[],
    ask: (part: readonly Wanted[]) => Promise<readonly PartitionOutcome[]>,
  ): Promise<readonly PartitionOutcome[]> {
    const outcomes: PartitionOutcome[] = []
    for (let from = 0; from < wanted.length; from += PER_REQUEST_MAX)
      outcomes.push(
        ...(await this.#retrying(async () => {
          const answered = await ask(wanted.slice(from, from + PER_REQUEST_MAX))
          const late = answered.find(({ errorCode }) => errorCode === errors.REQUEST_TIMED_OUT)
          if (late) throw new BrokerError(late.errorCode, partitionKey(late), late.errorMessage)
          return answered
        })),
      )
    return outcomes
  }

  #retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const { retries } = this.#cluster
    return retrying(attempt, {
      ...{ ...retries, timeoutMs: this.#timeoutMs, isWorthIt: mayRetry },
      onRetry: (error) => {
        // Perhaps the controller moved.
        void this.#cluster.metadata([]).catch(() => undefined)
        retries.onRetry(error)
      },
    })
  }
}

export const partitionKey = ({ topic, partition }: PartitionName) => `${topic}-${partition}`

export function byTopic<Named extends PartitionName>(
  partitions: readonly Named[],
): ReadonlyMap<string, readonly Named[]> {
  const topics = new Map<string, Named[]>()
  for (const each of partitions) {
    const siblings = topics.get(each.topic)
    if (siblings) siblings.push(each)
    else topics.set(each.topic, [each])
  }
  return topics
}

function resourceOf(place: ConfigPlace) {
  return 'topic' in place
    ? { resourceType: TOPIC_RESOURCE, resourceName: place.topic }
    : { resourceType: BROKER_RESOURCE, resourceName: place.broker }
}

function refuse(
  answer: Pick<PartitionOutcome, 'errorCode' | 'errorMessage'> | undefined,
  what: string,
): void {
  const { errorCode = errors.UNKNOWN_SERVER_ERROR, errorMessage = null } = answer ?? {}
  refuseUnlessNone(errorCode, what, errorMessage)
}

const printPlace = (place: ConfigPlace) => ('topic' in place ? `topic ${place.topic}` : 'brokers')
