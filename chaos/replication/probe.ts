/**
 * A producer that knows at once when a partition takes records again: one record under way for each
 * partition, under a producer id, and whatever is refused or cut off is sent again after 10 ms to
 * whoever leads by then. A request that is not answered is left behind only when somebody else
 * leads in a newer epoch; whether it took effect is the broker's to find out (KIP-98).
 */
import { buildBatch } from '../../src/records/builder.ts'
import { valueOf } from '../../src/chaos/history/values.ts'
import { errorName, errors } from '../../src/wire/errors.ts'
import { newProducerId, produceBatch } from '../../test/support/calls.ts'
import { Client, type Address } from '../../test/support/client.ts'
import type { ClusterView, PartitionView } from '../../src/chaos/cluster/view.ts'
import type { History, Send } from './history.ts'

const RETRY_MS = 10
/** Between an acknowledgement and the next record. */
const PAUSE_MS = 25
/** The broker's own bound; longer than any failover should take. */
const TIMEOUT_MS = 30_000

export interface ProbeOptions {
  readonly topic: string
  readonly partitions: number
  readonly doors: ReadonlyMap<number, Address>
  readonly view: ClusterView
  readonly history: History
  /** −1: all; with 1 a broken promise is planted. */
  readonly acks: -1 | 1
  /** What a producer with an id may never be told. */
  readonly onFault: (sentence: string) => void
}

/** Nothing that makes sense to a producer that keeps its order. */
const NEVER: ReadonlySet<number> = new Set([
  errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
  errors.UNKNOWN_PRODUCER_ID,
  errors.INVALID_PRODUCER_EPOCH,
])

export class Probe {
  readonly #options: ProbeOptions
  readonly #clients = new Map<number, Promise<Client>>()
  readonly #tasks: Promise<void>
  #number = 0
  #isStopping = false
  #isCut = false

  constructor(options: ProbeOptions) {
    this.#options = options
    this.#tasks = this.#run()
  }

  /** Resolves when everything sent is acknowledged, or after `deadlineMs` gives that up. */
  async stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true
    const timer = setTimeout(() => (this.#isCut = true), deadlineMs)
    await this.#tasks
    clearTimeout(timer)
    for (const client of this.#clients.values())
      void client.then((open) => open.close()).catch(() => undefined)
  }

  async #run(): Promise<void> {
    const { doors, partitions } = this.#options
    const [door] = doors.values()
    if (!door) return
    const client = await Client.connect(door, { clientId: 'probe' })
    const identity = await newProducerId(client)
    await client.close()
    const indexes = Array.from({ length: partitions }, (_, index) => index)
    await Promise.all(indexes.map((index) => this.#produce(index, identity)))
  }

  async #produce(
    partition: number,
    identity: { readonly producerId: number; readonly producerEpoch: number },
  ): Promise<void> {
    for (let baseSequence = 0; !this.#isStopping; baseSequence += 1) {
      const id = { producer: 'probe', number: (this.#number += 1) }
      const send = this.#options.history.send(id, partition)
      const record = { key: null, value: new TextEncoder().encode(valueOf(id)) }
      const batch = buildBatch({ records: [record], ...identity, baseSequence })
      if (!(await this.#deliver(send, partition, batch))) return
      await sleep(PAUSE_MS)
    }
  }

  /** False when it is given up. */
  async #deliver(send: Send, partition: number, batch: Uint8Array): Promise<boolean> {
    const { topic, view, history, onFault } = this.#options
    for (;;) {
      if (this.#isCut) return false
      const leading = view.partition(topic, partition)
      const answer = leading && leading.leader >= 0 ? await this.#try(leading, batch) : null
      if (answer !== null && answer.errorCode === errors.NONE) {
        history.answer(send, { outcome: 'ok', offset: answer.baseOffset })
        return true
      }
      if (answer !== null) {
        send.error = errorName(answer.errorCode)
        if (NEVER.has(answer.errorCode)) {
          onFault(`the probe was told ${send.error} in partition ${partition}: ${send.number}`)
          return false
        }
      }
      await view.urgently(() => sleep(RETRY_MS))
    }
  }

  /** Null when the connection ended, or somebody else leads by now. */
  async #try(leading: PartitionView, batch: Uint8Array) {
    const { topic, acks } = this.#options
    const { partition, leader } = leading
    try {
      const client = await this.#client(leader)
      const production = { topic, partition, batch, acks, timeoutMs: TIMEOUT_MS }
      const answer = produceBatch(client, production)
      answer.catch(() => undefined)
      return await Promise.race([answer, this.#replaced(leading, answer)])
    } catch {
      return null
    }
  }

  /** Null as soon as a newer epoch is known; never when `answer` comes before. */
  async #replaced(leading: PartitionView, answer: Promise<unknown>): Promise<null> {
    const { view } = this.#options
    const over = answer.then(
      () => true,
      () => true,
    )
    const isCurrent = () =>
      view.partition(leading.topic, leading.partition)?.leaderEpoch === leading.leaderEpoch
    while (!this.#isCut && isCurrent())
      if (await Promise.race([over, view.news().then(() => false)])) break
    return null
  }

  #client(nodeId: number): Promise<Client> {
    const known = this.#clients.get(nodeId)
    if (known) return known
    const door = this.#options.doors.get(nodeId)
    if (!door) return Promise.reject(new Error(`node ${nodeId} is nobody's leader`))
    const client = Client.connect(door, { clientId: 'probe' })
    this.#clients.set(nodeId, client)
    const forget = () => this.#clients.get(nodeId) === client && this.#clients.delete(nodeId)
    client.then(
      (open) => open.closed.then(forget),
      () => forget(),
    )
    return client
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
