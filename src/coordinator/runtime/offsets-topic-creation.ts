/**
 * Creates `__consumer_offsets` once somebody needs it, with as many replicas as its cluster has
 * room for (docs/adr/0028), and says what it has become. Nobody is asked without pause.
 */
import type { Clock } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import type { NodeConfig } from '../../config/node-options.ts'
import { errorName, errors } from '../../wire/errors.ts'
import { OFFSETS_TOPIC, offsetsTopic } from '../offsets-topic.ts'
import type { TopicCreator } from '../ports.ts'

/** From the first request for a group on, so long those are waited for who founded the quorum. */
const FOUNDING_MS = 10_000
/** After one that failed. */
const PAUSE_MS = 250
/** How often the same reason is told. */
const WARN_EVERY_MS = 30_000

export interface OffsetsTopicCreationPorts {
  readonly creator: TopicCreator
  readonly clock: Clock
  readonly logger: Logger
}

export class OffsetsTopicCreation {
  readonly #config: NodeConfig
  readonly #ports: OffsetsTopicCreationPorts
  /** One at a time, shared by all who wait. */
  #underWay: Promise<void> | null = null
  #firstMs: number | null = null
  #againMs = -Infinity
  #warned = { reason: '', atMs: -Infinity }

  constructor(config: NodeConfig, ports: OffsetsTopicCreationPorts) {
    this.#config = config
    this.#ports = ports
  }

  /**
   * Resolves when it is there, or could not be created just now. Brokers that are registered count,
   * also those that are down; and so do, for a while, those that are yet to come as the cluster is
   * founded: to wait for them is better than to have too few replicas for ever (KIP-115).
   */
  async once(registeredCount: number): Promise<void> {
    const nowMs = this.#ports.clock.monotonicMs()
    if (this.#underWay === null && nowMs < this.#againMs) return
    this.#firstMs ??= nowMs
    const isYoung = nowMs < this.#firstMs + FOUNDING_MS
    const founders = isYoung ? foundersIn(this.#config) : 0
    this.#underWay ??= this.#create(Math.max(registeredCount, founders))
    await this.#underWay
  }

  async #create(brokerCount: number): Promise<void> {
    const { creator, logger } = this.#ports
    const topic = offsetsTopic(this.#config, brokerCount)
    const { name, partitions, replicationFactor } = topic
    try {
      const { errorCode, reason } = await creator.createTopic(topic)
      if (errorCode === errors.NONE)
        logger.info({ topic: name, partitions, replicationFactor }, 'offsets topic created')
      else if (errorCode !== errors.TOPIC_ALREADY_EXISTS)
        this.#failed({ error: errorName(errorCode), reason })
    } catch (thrown) {
      this.#failed({ err: asError(thrown) })
    } finally {
      this.#underWay = null
    }
  }

  #failed(fields: { error: string; reason: string | null } | { err: Error }): void {
    const nowMs = this.#ports.clock.monotonicMs()
    this.#againMs = nowMs + PAUSE_MS
    const reason = 'err' in fields ? fields.err.message : `${fields.error} ${fields.reason}`
    if (reason === this.#warned.reason && nowMs < this.#warned.atMs + WARN_EVERY_MS) return
    this.#warned = { reason, atMs: nowMs }
    this.#ports.logger.warn(
      { topic: OFFSETS_TOPIC, ...fields },
      'no offsets topic: groups wait for it',
    )
  }
}

/** Where this broker founded the quorum, too, all who did are taken for brokers; otherwise none. */
function foundersIn(config: NodeConfig): number {
  const isFounder = config['process.roles'].includes('controller')
  return isFounder ? config['controller.quorum.voters'].length : 0
}
