/**
 * A kafkajs producer, idempotent and with acks=all, that writes numbered records to all partitions
 * of a topic for as long as a test does something to their brokers, and remembers what it was told.
 */
import assert from 'node:assert'
import { Kafka, logLevel, type Producer } from 'kafkajs'
import type { Cluster } from '../../src/embed/api.ts'
import { readPartition, text } from './calls.ts'
import { Client, type Address } from './client.ts'
import { within } from './within.ts'

const ROUND_WITHIN_MS = 120_000

interface Leaders {
  readonly leaderOf: (topic: string, partition: number) => Promise<Address>
}

interface Acknowledged {
  readonly partition: number
  readonly offset: number
  readonly value: string
}

export class AcknowledgedLoad {
  readonly #topic: string
  readonly #partitions: number
  readonly #producer: Producer
  readonly #acknowledged: Acknowledged[] = []
  /** Each round; the newest first is resolved when it is acknowledged. */
  #waiting: (() => void)[] = []
  #isOver = false
  #run: Promise<void> = Promise.resolve()

  private constructor(topic: string, partitions: number, producer: Producer) {
    this.#topic = topic
    this.#partitions = partitions
    this.#producer = producer
  }

  /** With kafkajs' default retries, and none beyond them. */
  static async start(
    cluster: Pick<Cluster, 'bootstrapServers'>,
    { topic, partitions }: { readonly topic: string; readonly partitions: number },
  ): Promise<AcknowledgedLoad> {
    const brokers = cluster.bootstrapServers
    const kafka = new Kafka({ clientId: 'load', brokers, logLevel: logLevel.NOTHING })
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
    await producer.connect()
    const load = new AcknowledgedLoad(topic, partitions, producer)
    load.#run = load.#produce()
    // `stop` tells of it.
    load.#run.catch(() => undefined)
    await load.rounds(1)
    return load
  }

  /** Resolves when that many more rounds, begun after this call, are acknowledged. */
  async rounds(count: number): Promise<void> {
    for (let round = 0; round <= count; round += 1)
      await within(
        ROUND_WITHIN_MS,
        'a round of acknowledged records',
        Promise.race([this.#run, new Promise<void>((resolve) => this.#waiting.push(resolve))]),
      )
  }

  /** Rejects with the first error that reached the producer. */
  async stop(): Promise<void> {
    this.#isOver = true
    try {
      await this.#run
    } finally {
      await this.#producer.disconnect()
    }
  }

  /** Everything acknowledged is where it was said to be, and nothing is there twice. */
  async verify(cluster: Leaders): Promise<number> {
    for (let partition = 0; partition < this.#partitions; partition += 1) {
      const leader = await cluster.leaderOf(this.#topic, partition)
      await using client = await Client.connect(leader)
      const records = await readPartition(client, { topic: this.#topic, partition })
      const values = records.map(({ value }) => text(value))
      assert.equal(new Set(values).size, values.length, 'nothing is there twice')
      for (const { offset, value } of this.#acknowledged.filter((of) => of.partition === partition))
        assert.equal(values[offset], value, `offset ${offset} of partition ${partition}`)
    }
    return this.#acknowledged.length
  }

  async #produce(): Promise<void> {
    for (let round = 0; !this.#isOver; round += 1) {
      await Promise.all(
        Array.from({ length: this.#partitions }, (_, partition) => this.#send(partition, round)),
      )
      const waiting = this.#waiting
      this.#waiting = []
      for (const resolve of waiting) resolve()
    }
  }

  /**
   * One partition at a time: of a `send` over several, kafkajs forgets those that move meanwhile to
   * a broker that has answered already, and gives their sequence numbers to the next ones.
   */
  async #send(partition: number, round: number): Promise<void> {
    const value = `${partition}/${round}`
    const messages = [{ partition, value }]
    const [told] = await this.#producer.send({ topic: this.#topic, acks: -1, messages })
    assert(told, `kafkajs sent nothing for ${value}, and says that it is done`)
    this.#acknowledged.push({ partition, offset: Number(told.baseOffset), value })
  }
}
