/**
 * The language in which tests speak with clients of other languages: one request and one answer per
 * command, the same for all of them, so that one suite judges all. The programs are in `confluent/`
 * and `franz-go/`; bytes travel as base64 and are text on this side.
 */
import { ask, type Program } from '../support/foreign-client.ts'

/** Kafka's code; a text for an error that is the client's own; null for none. */
export type ForeignError = number | string | null

/** What became of one thing that was asked for. */
export interface Outcome<Value = null> {
  readonly error: ForeignError
  readonly value: Value | null
}
export type Outcomes<Value = null> = Readonly<{ [name: string]: Outcome<Value> }>

export interface Message {
  readonly partition?: number
  readonly key?: string | null
  readonly value: string | null
  readonly timestampMs?: number
  readonly headers?: readonly (readonly [name: string, value: string | null])[]
}

export interface ConsumedRecord extends Required<Message> {
  readonly topic: string
  readonly offset: number
  /** −1 where the client does not tell. */
  readonly leaderEpoch: number
}

export interface Position {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface TopicDescription {
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: readonly {
    readonly partition: number
    readonly leader: number
    readonly replicas: readonly number[]
    readonly isr: readonly number[]
  }[]
}

export interface ClusterDescription {
  readonly clusterId: string
  readonly controller: number
  readonly nodes: readonly { id: number; host: string; port: number }[]
}

export interface ConfigDescription {
  readonly value: string | null
  /** The name of Kafka's ConfigSource, such as DEFAULT_CONFIG. */
  readonly source: string
  readonly isSensitive: boolean
}

export interface Resource {
  readonly type: 'topic' | 'broker'
  /** Of a topic, or a broker's id; an empty one means all brokers. */
  readonly name: string
}

export interface ConfigChange {
  readonly operation: 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT'
  readonly name: string
  readonly value?: string
}

export interface NewTopic {
  readonly name: string
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly configs?: Readonly<{ [name: string]: string }>
}

export interface Production {
  readonly topic: string
  readonly messages: readonly Message[]
  readonly acks?: 0 | 1 | -1
  readonly codec?: string
  readonly idempotent?: boolean
}

const encode = (text: string | null) =>
  text === null ? null : Buffer.from(text).toString('base64')
const decode = (base64: string | null) =>
  base64 === null ? null : Buffer.from(base64, 'base64').toString()

/** A client in another language: each method is one run of its program. */
export class SpeakingClient {
  readonly #program: Program
  readonly #bootstrap: string

  constructor(program: Program, bootstrap: string) {
    this.#program = program
    this.#bootstrap = bootstrap
  }

  /** A command of one of the programs only; the answer is what that program says it is. */
  ask<Answer>(command: string, request: object = {}): Promise<Answer> {
    return ask<Answer>(this.#program, { bootstrap: this.#bootstrap, command, request })
  }

  /** The client's name and version. */
  version = () => this.ask<string>('version')

  /** A report for each message, in their order. */
  produce({ messages, ...production }: Production) {
    const encoded = messages.map(({ key = null, value, headers = [], ...message }) => ({
      ...message,
      key: encode(key),
      value: encode(value),
      headers: headers.map(([name, content]) => [name, encode(content)]),
    }))
    return this.ask<{ error: ForeignError; partition: number; offset: number }[]>('produce', {
      ...production,
      messages: encoded,
    })
  }

  /** Until `count` records have come, or an error. */
  async consume(request: {
    partitions: readonly Position[]
    count: number
    readCommitted?: boolean
  }) {
    const { error, records } = await this.ask<{ error: ForeignError; records: ConsumedRecord[] }>(
      'consume',
      request,
    )
    return {
      error,
      records: records.map((record) => ({
        ...record,
        key: decode(record.key),
        value: decode(record.value),
        headers: record.headers.map(([name, value]) => [name, decode(value)] as const),
      })),
    }
  }

  createTopics = (topics: readonly NewTopic[], options: { validateOnly?: boolean } = {}) =>
    this.ask<Outcomes>('createTopics', { topics, ...options })
  deleteTopics = (...topics: string[]) => this.ask<Outcomes>('deleteTopics', { topics })
  createPartitions = (request: { topic: string; total: number; validateOnly?: boolean }) =>
    this.ask<Outcomes>('createPartitions', request)
  describeTopics = (...topics: string[]) =>
    this.ask<Outcomes<TopicDescription>>('describeTopics', { topics })
  listTopics = () => this.ask<string[]>('listTopics')
  describeCluster = () => this.ask<ClusterDescription>('describeCluster')
  describeConfigs = (...resources: Resource[]) =>
    this.ask<Outcomes<{ [name: string]: ConfigDescription }>>('describeConfigs', { resources })
  alterConfigs = (
    request: Resource & { changes: readonly ConfigChange[]; validateOnly?: boolean },
  ) => this.ask<Outcome>('alterConfigs', request)
  replaceConfigs = (
    request: Resource & { configs: NonNullable<NewTopic['configs']>; validateOnly?: boolean },
  ) => this.ask<Outcome>('replaceConfigs', request)
  listOffsets = (request: {
    topic: string
    partition: number
    at: 'earliest' | 'latest' | 'maxTimestamp' | number
  }) => this.ask<Outcome<{ offset: number; timestampMs: number }>>('listOffsets', request)
  deleteRecords = (request: { topic: string; partition: number; before: number }) =>
    this.ask<Outcome<number>>('deleteRecords', request)
}
