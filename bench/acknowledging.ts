/**
 * Whether partitions can be written to: a record to each of them, with acks=all, again and again
 * until every one was acknowledged. Leaders are where the metadata of a running node says, as for
 * any client.
 */
import { batchOf } from '../src/cli/bench/requests.ts'
import { produce } from '../src/wire/apis/00-produce.ts'
import { topicMetadata } from '../test/support/calls.ts'
import { Client, ConnectionClosed } from '../test/support/client.ts'
import type { Cluster } from './cluster.ts'

export interface Place {
  readonly topic: string
  readonly partition: number
}

/** When things were so, in the milliseconds of `performance.now()`. */
export interface Acknowledged {
  /** Metadata named a running leader for each of them. */
  readonly ledMs: number
  /** Each of them had acknowledged a record. */
  readonly acknowledgedMs: number
}

/** In one request; the slowest of them decides when it is answered. */
const PLACES_PER_REQUEST = 50
const PRODUCE_VERSION = 9
const TIMEOUT_MS = 1_000
const PAUSE_MS = 5
const GIVE_UP_MS = 120_000
const BATCH = batchOf(10, 10)

export async function untilAcknowledged(
  cluster: Cluster,
  places: readonly Place[],
): Promise<Acknowledged> {
  await using clients = new Clients(cluster)
  const deadlineMs = performance.now() + GIVE_UP_MS
  let ledMs: number | null = null
  for (let open = places; ;) {
    const led = await ledPlaces(clients, open)
    if (led.length === open.length) ledMs ??= performance.now()
    const done = await Promise.all(requestsFor(led).map((some) => write(clients, some)))
    const acknowledged = new Set(done.flat())
    open = open.filter((place) => !acknowledged.has(place))
    if (open.length === 0) {
      const acknowledgedMs = performance.now()
      return { ledMs: ledMs ?? acknowledgedMs, acknowledgedMs }
    }
    if (performance.now() > deadlineMs)
      throw new Error(`${open.length} of ${places.length} partitions acknowledge nothing`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

interface Led {
  readonly place: Place
  readonly leader: number
}

/** Those that a running node leads; looks no further behind a topic that has none. */
async function ledPlaces(clients: Clients, places: readonly Place[]): Promise<readonly Led[]> {
  const led: Led[] = []
  for (const [topic, ofTopic] of grouped(places, (place) => place.topic)) {
    const { partitions } = await topicMetadata(await clients.any(), topic)
    const leaders = new Map(partitions.map((one) => [one.partitionIndex, one.leaderId]))
    const found = ofTopic.flatMap((place): Led[] => {
      const leader = leaders.get(place.partition) ?? -1
      return clients.isRunning(leader) ? [{ place, leader }] : []
    })
    if (found.length === 0) break
    led.push(...found)
  }
  return led
}

/** Each of one leader's partitions only. */
function requestsFor(led: readonly Led[]): readonly (readonly Led[])[] {
  return [...grouped(led, ({ leader }) => leader).values()].flatMap((ofLeader) =>
    Array.from({ length: Math.ceil(ofLeader.length / PLACES_PER_REQUEST) }, (_, at) =>
      ofLeader.slice(at * PLACES_PER_REQUEST, (at + 1) * PLACES_PER_REQUEST),
    ),
  )
}

/** Those that acknowledged it. */
async function write(clients: Clients, some: readonly Led[]): Promise<readonly Place[]> {
  const [first] = some
  if (first === undefined) return []
  const byTopic = grouped(some, ({ place }) => place.topic)
  const topicData = [...byTopic].map(([name, ofTopic]) => ({
    name,
    partitionData: ofTopic.map(({ place }) => ({ index: place.partition, records: BATCH })),
  }))
  const request = { transactionalId: null, acks: -1, timeoutMs: TIMEOUT_MS, topicData }
  try {
    const client = await clients.of(first.leader)
    const { responses } = await client.request(produce, PRODUCE_VERSION, request)
    const written = new Set<string>()
    for (const { name, partitionResponses } of responses)
      for (const { index, errorCode } of partitionResponses)
        if (errorCode === 0) written.add(`${name} ${index}`)
    const places = some.map(({ place }) => place)
    return places.filter(({ topic, partition }) => written.has(`${topic} ${partition}`))
  } catch (thrown) {
    if (thrown instanceof ConnectionClosed) return []
    throw thrown
  }
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** A connection to each node, made when it is needed. */
class Clients implements AsyncDisposable {
  readonly #cluster: Cluster
  readonly #clients = new Map<number, Promise<Client>>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  isRunning(id: number): boolean {
    return this.#cluster.nodes[id - 1]?.isReady === true
  }

  any(): Promise<Client> {
    const id = this.#cluster.nodes.findIndex((node) => node.isReady) + 1
    return this.of(id)
  }

  of(id: number): Promise<Client> {
    const client = this.#clients.get(id) ?? Client.connect(this.#cluster.node(id).address)
    this.#clients.set(id, client)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients.values()) await (await client).close()
  }
}
