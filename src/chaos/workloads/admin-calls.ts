/**
 * Calls of lograft.admin.v1 that know how certain their outcome is. A change has an idempotency
 * key and is asked again at another node while nobody has answered it. A question is answered by
 * what one node knows, which may be old; so that node is first asked for a change of no
 * consequence: when it has answered that, it knows everything that was committed before the
 * question.
 */
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { formatHostPort } from '../../config/addresses.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { hostClock } from '../../host/clock.ts'
import { hostRandom } from '../../host/random.ts'
import { configMethods, topicMethods } from '../../rpc/admin/methods.ts'
import { RpcChannel } from '../../rpc/channel.ts'
import type { Unary } from '../../rpc/service.ts'
import { RpcError } from '../../rpc/status.ts'
import type { Target } from '../cluster/target.ts'
import type { Outcome } from '../history/events.ts'

const wire = lograft.admin.v1

/** One attempt. */
const ATTEMPT_MS = 4_000
/** All attempts. */
const PATIENCE_MS = 20_000
const AGAIN_MS = 50
const KEEPALIVE = { timeMs: 2_000, timeoutMs: 2_000 }
const TOPIC = wire.ResourceType.RESOURCE_TYPE_TOPIC
/** What registers are made of: any number that does nothing for a while. */
const OPTION = 'retention.ms'

export interface Told<Value> {
  readonly outcome: Outcome
  readonly value: Value | null
  /** Kafka's name of a refusal, or what went wrong. */
  readonly error: string | null
}

const mutation = (key: string) => new wire.Mutation({ idempotencyKey: key })

export class AdminCalls {
  readonly #target: Target
  readonly #channels = new Map<string, RpcChannel>()
  readonly #barrier: string
  #keys = 0
  readonly #run = Math.floor(hostRandom.next() * 1e9)

  /** `barrier`: a topic of its own. */
  constructor(target: Target, barrier: string) {
    this.#target = target
    this.#barrier = barrier
  }

  /** The id of the topic, when it was answered. */
  create(name: string): Promise<Told<string>> {
    const topics = [new wire.NewTopic({ name, partitions: 1 })]
    return this.#change(async (call, key) => {
      const asked = new wire.CreateTopicsRequest({ mutation: mutation(key), topics })
      const reply = await call(topicMethods.create, asked)
      // What was created before is told as it is now, and may be another topic of that name.
      return reply.mutated?.alreadyApplied ? null : (reply.topics[0]?.topicId ?? null)
    })
  }

  delete(name: string): Promise<Told<string>> {
    const topics = [new wire.TopicName({ name })]
    return this.#change<string>(async (call, key) => {
      const asked = new wire.DeleteTopicsRequest({ mutation: mutation(key), topics })
      await call(topicMethods.delete, asked)
      return null
    })
  }

  set(name: string, value: string): Promise<Told<string>> {
    return this.#change<string>(async (call, key) => {
      await call(configMethods.alter, this.#alteration(name, value, key))
      return null
    })
  }

  /** The id of a topic, and the value it has of its own; null: there is none. */
  describe(name: string): Promise<Told<{ readonly id: string; readonly value: string | null }>> {
    return this.#ask(async (call) => {
      const key = this.#newKey()
      // Refused only as long as the topic is not there.
      await call(configMethods.alter, this.#alteration(this.#barrier, this.#newValue(), key))
      try {
        const asked = new wire.DescribeTopicRequest({ name })
        const { topic, overrides } = await call(topicMethods.describe, asked)
        return { id: topic?.topicId ?? '', value: overrides[OPTION] ?? null }
      } catch (thrown) {
        if (reasonOf(thrown) === 'UNKNOWN_TOPIC_OR_PARTITION') return null
        throw thrown
      }
    })
  }

  /** Creates a topic unless it is there. Rejects when that cannot be had. */
  async ensure(name: string): Promise<void> {
    const { outcome, error } = await this.create(name)
    if (outcome !== 'ok' && error !== 'TOPIC_ALREADY_EXISTS')
      throw new Error(`the topic ${name} could not be created: ${error}`)
  }

  /** Never used before by this run. */
  #newKey(): string {
    return `chaos-${this.#run}-${(this.#keys += 1)}`
  }

  /** A retention that no record lives to see. */
  #newValue(): string {
    return String(1_000_000_000 + (this.#keys += 1))
  }

  close(): void {
    for (const channel of this.#channels.values()) channel.close()
  }

  #alteration(name: string, value: string, key: string) {
    const resource = new wire.Resource({ type: TOPIC, name })
    const changes = [new wire.ConfigChange({ resource, set: { [OPTION]: value } })]
    return new wire.AlterConfigsRequest({ mutation: mutation(key), changes })
  }

  async #change<Value>(
    attempt: (call: Call, key: string) => Promise<Value | null>,
  ): Promise<Told<Value>> {
    const key = this.#newKey()
    let isOpen = false
    return this.#trying(
      (call) => attempt(call, key),
      (thrown) => {
        isOpen ||= isOutcomeOpen(thrown)
        return mayPass(thrown)
      },
      // One attempt that was not answered may yet be carried out, whatever the last one says.
      () => (isOpen ? 'unknown' : 'fail'),
    )
  }

  #ask<Value>(attempt: (call: Call) => Promise<Value | null>): Promise<Told<Value>> {
    return this.#trying(attempt, mayPass, () => 'unknown')
  }

  async #trying<Value>(
    attempt: (call: Call) => Promise<Value | null>,
    isWorthIt: (thrown: unknown) => boolean,
    giveUp: () => Outcome,
  ): Promise<Told<Value>> {
    const untilMs = hostClock.monotonicMs() + PATIENCE_MS
    for (;;) {
      const place = this.#place()
      try {
        if (place === null) throw new RpcError('UNAVAILABLE', 'no node has a gRPC address')
        const channel = this.#channel(place)
        const call: Call = (method, request) =>
          channel.unary(method, request, { timeoutMs: ATTEMPT_MS })
        return { outcome: 'ok', value: await attempt(call), error: null }
      } catch (thrown) {
        const isOver = hostClock.monotonicMs() >= untilMs
        if (!isWorthIt(thrown) || isOver) {
          const error = reasonOf(thrown) ?? asError(thrown).message
          return { outcome: isOver ? 'unknown' : giveUp(), value: null, error }
        }
        await delay(hostClock, AGAIN_MS)
      }
    }
  }

  /** Of a node by chance, whether it runs or not. */
  #place(): HostPort | null {
    const places = this.#target.nodes.flatMap(({ grpc, isRunning }) =>
      grpc !== null && isRunning ? [grpc] : [],
    )
    return places[Math.floor(hostRandom.next() * places.length)] ?? null
  }

  #channel(to: HostPort): RpcChannel {
    const name = formatHostPort(to)
    const known = this.#channels.get(name)
    if (known) return known
    const channel = new RpcChannel({
      ...{ to, ends: { from: 'chaos', to: name }, clock: hostClock, keepalive: KEEPALIVE },
      fatal: (error) => {
        throw error
      },
    })
    this.#channels.set(name, channel)
    return channel
  }
}

type Call = <Request, Response>(
  method: Unary<Request, Response>,
  request: Request,
) => Promise<Response>

const reasonOf = (thrown: unknown): string | null =>
  thrown instanceof RpcError ? thrown.reason : null

/** Whether another node may answer what this one did not. */
function mayPass(thrown: unknown): boolean {
  if (!(thrown instanceof RpcError)) return false
  if (thrown.reason === null)
    return ['UNAVAILABLE', 'CANCELLED', 'DEADLINE_EXCEEDED'].includes(thrown.code)
  return thrown.reason === 'NOT_CONTROLLER' || thrown.reason === 'REQUEST_TIMED_OUT'
}

/** Whether the change may yet take effect. A refusal with a reason is the controller's own. */
const isOutcomeOpen = (thrown: unknown): boolean =>
  !(thrown instanceof RpcError) || thrown.reason === null || thrown.reason === 'REQUEST_TIMED_OUT'
