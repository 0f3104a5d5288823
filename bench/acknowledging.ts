/**
 * Whether partitions can be written to: a record to each of them, with acks=all, again and again
 * until every one was acknowledged. Leaders are where the metadata of a running node says, as for
 * any client; a connection that is lost is made anew, and metadata asked for again. Whoever gives
 * up tells what became of each partition's last record.
 */
import { batchOf } from '../src/cli/bench/requests.ts'
import { produce } from '../src/wire/apis/00-produce.ts'
import { errorName } from '../src/wire/errors.ts'
import { topicMetadata } from '../test/support/calls.ts'
import { Clients, isConnectionLost } from './clients.ts'
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
/** Like a client's patience: who asks again every second makes the load that it measures. */
const TIMEOUT_MS = 10_000
const PAUSE_MS = 5
const GIVE_UP_MS = 120_000
const BATCH = batchOf(10, 10)

export async function untilAcknowledged(
  cluster: Cluster,
  places: readonly Place[],
): Promise<Acknowledged> {
  await using clients = new Clients(cluster)
  const outcomes: Outcomes = new Map()
  const deadlineMs = performance.now() + GIVE_UP_MS
  let ledMs: number | null = null
  for (let open = places; ;) {
    const led = await ledPlaces(clients, open, outcomes)
    if (led.length === open.length) ledMs ??= performance.now()
    await Promise.all(requestsFor(led).map((some) => write(clients, some, outcomes)))
    open = open.filter((place) => outcomes.get(place) !== ACKNOWLEDGED)
    if (open.length === 0) {
      const acknowledgedMs = performance.now()
      return { ledMs: ledMs ?? acknowledgedMs, acknowledgedMs }
    }
    if (performance.now() > deadlineMs)
      throw new Error(
        `${open.length} of ${places.length} partitions acknowledged nothing in ` +
          `${GIVE_UP_MS / 1000} s; the last that was heard of them: ${summed(open, outcomes)}`,
      )
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** What was last heard of each. */
type Outcomes = Map<Place, string>
const ACKNOWLEDGED = 'acknowledged'

/** How many partitions ended in which way. */
function summed(places: readonly Place[], outcomes: Outcomes): string {
  const ways = grouped(places, (place) => outcomes.get(place) ?? 'nothing')
  return [...ways].map(([way, those]) => `${those.length} × ${way}`).join(', ')
}

interface Led {
  readonly place: Place
  readonly leader: number
}

/** Those that a running node leads; looks no further behind a topic that has none. */
async function ledPlaces(
  clients: Clients,
  places: readonly Place[],
  outcomes: Outcomes,
): Promise<readonly Led[]> {
  const led: Led[] = []
  for (const [topic, ofTopic] of grouped(places, (place) => place.topic)) {
    const leaders = await leadersOf(clients, topic)
    const found = ofTopic.flatMap((place): Led[] => {
      const leader = leaders.get(place.partition)
      if (leader !== undefined && clients.isRunning(leader)) return [{ place, leader }]
      outcomes.set(place, leader === undefined ? 'no metadata' : `led by ${leader}, which is gone`)
      return []
    })
    if (found.length === 0) break
    led.push(...found)
  }
  return led
}

/** By partition; nothing when the node that was asked is lost meanwhile. */
async function leadersOf(clients: Clients, topic: string): Promise<ReadonlyMap<number, number>> {
  try {
    const { partitions } = await topicMetadata(await clients.any(), topic)
    return new Map(partitions.map((one) => [one.partitionIndex, one.leaderId]))
  } catch (thrown) {
    if (!isConnectionLost(thrown)) throw thrown
    return new Map()
  }
}

/** Each of one leader's partitions only. */
function requestsFor(led: readonly Led[]): readonly (readonly Led[])[] {
  return [...grouped(led, ({ leader }) => leader).values()].flatMap((ofLeader) =>
    Array.from({ length: Math.ceil(ofLeader.length / PLACES_PER_REQUEST) }, (_, at) =>
      ofLeader.slice(at * PLACES_PER_REQUEST, (at + 1) * PLACES_PER_REQUEST),
    ),
  )
}

/** One record to each. */
async function write(clients: Clients, some: readonly Led[], outcomes: Outcomes): Promise<void> {
  const [first] = some
  if (first === undefined) return
  const byTopic = grouped(some, ({ place }) => place.topic)
  const topicData = [...byTopic].map(([name, ofTopic]) => ({
    name,
    partitionData: ofTopic.map(({ place }) => ({ index: place.partition, records: BATCH })),
  }))
  const request = { transactionalId: null, acks: -1, timeoutMs: TIMEOUT_MS, topicData }
  try {
    const client = await clients.of(first.leader)
    const { responses } = await client.request(produce, PRODUCE_VERSION, request)
    const codes = new Map(
      responses.flatMap(({ name, partitionResponses }) =>
        partitionResponses.map(({ index, errorCode }) => [`${name} ${index}`, errorCode] as const),
      ),
    )
    for (const { place, leader } of some) {
      const code = codes.get(`${place.topic} ${place.partition}`)
      const refused = code === undefined ? 'no answer' : errorName(code)
      outcomes.set(place, code === 0 ? ACKNOWLEDGED : `${refused} from ${leader}`)
    }
  } catch (thrown) {
    if (!isConnectionLost(thrown)) throw thrown
    for (const { place, leader } of some)
      outcomes.set(place, `${leader} was not reached (${thrown.message})`)
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
