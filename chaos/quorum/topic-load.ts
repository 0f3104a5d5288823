/**
 * Topics created and deleted all the time, through random nodes, whatever happens to them. Open
 * loop: the next operation does not wait for the one before, so a cluster that stands still is seen
 * to. It judges nothing; what an answer means for certain is decided in `outcomeOf`.
 */
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../src/wire/apis/20-delete-topics.ts'
import { errorName, errors } from '../../src/wire/errors.ts'
import { only } from '../../test/support/calls.ts'
import { Client, ConnectionClosed, type Address } from '../../test/support/client.ts'
import type { Dice } from '../../test/support/log-text.ts'
import { within } from '../../test/support/within.ts'
import type { Answer, History, Outcome, TopicOperation } from './history.ts'

const CONNECTED_WITHIN_MS = 2_000
/** What the node is told; it answers REQUEST_TIMED_OUT then. */
const TIMEOUT_MS = 5_000
/** After which nobody waits for a node that says nothing. */
const ANSWERED_WITHIN_MS = 8_000
const IN_FLIGHT_MAX = 200
/** Topics there are at a time, about. */
const LIVE_TARGET = 40

export interface Target {
  readonly node: number
  readonly address: Address
}

interface LoadOptions {
  /** Who can be asked at the moment. */
  readonly targets: () => readonly Target[]
  readonly history: History
  readonly random: Dice
  readonly ratePerSecond: number
  /** Said once for each creation that is acknowledged. */
  readonly onCreated: (operation: TopicOperation) => void
  /** Something that no cluster may do, such as an answer that cannot be read. */
  readonly onBroken: (error: unknown) => void
}

export class TopicLoad {
  readonly #options: LoadOptions
  readonly #underWay = new Set<Promise<void>>()
  /** Topics that may be deleted: nothing is under way for them. */
  readonly #deletable: TopicOperation[] = []
  #timer: NodeJS.Timeout | undefined
  #topics = 0
  /** Operations not even tried, because too many were under way. */
  shed = 0

  constructor(options: LoadOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.#next(), 1000 / this.#options.ratePerSecond)
  }

  /** Asks no more, and waits until everything asked is answered or given up. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#underWay)
  }

  #next(): void {
    const { targets, random, onBroken } = this.#options
    const candidates = targets()
    if (candidates.length === 0) return
    if (this.#underWay.size >= IN_FLIGHT_MAX) return void (this.shed += 1)
    const target = random.pick(candidates)
    const deletes = random.next() < (this.#deletable.length > LIVE_TARGET ? 0.6 : 0.3)
    const creation = deletes ? this.#takeDeletable() : undefined
    const underWay = (creation ? this.#delete(target, creation) : this.#create(target))
      .catch(onBroken)
      .finally(() => this.#underWay.delete(underWay))
    this.#underWay.add(underWay)
  }

  #takeDeletable(): TopicOperation | undefined {
    if (this.#deletable.length === 0) return undefined
    const index = this.#options.random.int(0, this.#deletable.length - 1)
    return this.#deletable.splice(index, 1)[0]
  }

  async #create(target: Target): Promise<void> {
    const { history, random, onCreated } = this.#options
    const topic = `t${(this.#topics += 1)}`
    const partitions = random.int(1, 3)
    const asked = { kind: 'create', topic, partitions, node: target.node } as const
    const operation = history.ask(asked)
    history.answer(operation, await attempt(target, (client) => creationOf(client, asked)))
    if (operation.outcome === 'ok') onCreated(operation)
    // One that is unknown is deleted too: whatever comes of that, it is all the same everywhere.
    if (operation.outcome !== 'failed') this.#deletable.push(operation)
  }

  async #delete(target: Target, creation: TopicOperation): Promise<void> {
    const { history, random } = this.#options
    const { topic, partitions, topicId } = creation
    const operation = history.ask({ kind: 'delete', topic, partitions, node: target.node })
    const byId = topicId !== null && random.next() < 0.5
    const named = byId ? { name: null, topicId } : { name: topic }
    history.answer(operation, await attempt(target, (client) => deletionOf(client, named)))
    const mayBeThere = operation.outcome === 'unknown' || operation.error === 'not connected'
    if (mayBeThere) this.#deletable.push(creation)
  }
}

/** What comes of asking `target`, in bounded time. */
async function attempt(
  { address }: Target,
  ask: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = await connected(address)
  if (!client) return { outcome: 'failed', topicId: null, error: 'not connected' }
  const answer = ask(client)
  // When it is given up, its end is heard by nobody.
  answer.catch(() => undefined)
  try {
    return await within(ANSWERED_WITHIN_MS, 'the answer', answer)
  } catch (thrown) {
    if (thrown instanceof ConnectionClosed) return unknown('disconnected')
    // Anything else is an answer that makes no sense.
    if (client.pendingCount === 0) throw thrown
    return unknown('no answer')
  } finally {
    await client.close()
  }
}

const unknown = (error: string): Answer => ({ outcome: 'unknown', topicId: null, error })

async function connected(address: Address): Promise<Client | null> {
  const connecting = Client.connect(address)
  try {
    return await within(CONNECTED_WITHIN_MS, 'the connection', connecting)
  } catch {
    void connecting.then(
      (client) => client.close(),
      () => undefined,
    )
    return null
  }
}

async function creationOf(
  client: Client,
  { topic: name, partitions: numPartitions }: { topic: string; partitions: number },
): Promise<Answer> {
  const { topics } = await client.request(createTopics, 7, {
    topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: TIMEOUT_MS,
    validateOnly: false,
  })
  const { errorCode, topicId } = only(topics)
  const outcome = outcomeOf(errorCode)
  return {
    outcome,
    topicId: outcome === 'ok' ? topicId : null,
    error: outcome === 'ok' ? null : errorName(errorCode),
  }
}

async function deletionOf(
  client: Client,
  named: { name: string | null; topicId?: string },
): Promise<Answer> {
  const { responses } = await client.request(deleteTopics, 6, {
    topics: [named],
    timeoutMs: TIMEOUT_MS,
  })
  const { errorCode } = only(responses)
  const outcome = outcomeOf(errorCode)
  return { outcome, topicId: null, error: outcome === 'ok' ? null : errorName(errorCode) }
}

/** Refusals that are decided before anything is written. All others may come too late to tell. */
const CERTAIN: ReadonlySet<number> = new Set([
  errors.UNKNOWN_TOPIC_OR_PARTITION,
  errors.UNKNOWN_TOPIC_ID,
  errors.INVALID_REPLICATION_FACTOR,
  errors.INVALID_PARTITIONS,
  errors.INVALID_TOPIC_EXCEPTION,
  errors.INVALID_REQUEST,
  errors.POLICY_VIOLATION,
  errors.THROTTLING_QUOTA_EXCEEDED,
])

function outcomeOf(errorCode: number): Outcome {
  if (errorCode === errors.NONE) return 'ok'
  return CERTAIN.has(errorCode) ? 'failed' : 'unknown'
}
