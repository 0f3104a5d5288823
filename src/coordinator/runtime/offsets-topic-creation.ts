/** Creates `__consumer_offsets` once somebody needs it, and says what it has become. */
import { asError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import type { NodeConfig } from '../../config/node-options.ts'
import { errorName, errors } from '../../wire/errors.ts'
import { offsetsTopic } from '../offsets-topic.ts'
import type { TopicCreator } from '../ports.ts'

export class OffsetsTopicCreation {
  readonly #config: NodeConfig
  readonly #ports: { readonly creator: TopicCreator; readonly logger: Logger }
  /** One at a time, shared by all who wait. */
  #underWay: Promise<void> | null = null

  constructor(
    config: NodeConfig,
    ports: { readonly creator: TopicCreator; readonly logger: Logger },
  ) {
    this.#config = config
    this.#ports = ports
  }

  /**
   * Resolves when it is there, or could not be created just now. Brokers that are down count, also
   * those that take no replicas while they are, and so do those that are yet to come as the cluster
   * is founded: to wait for them is better than to have too few replicas for ever (KIP-115).
   */
  async once(registeredCount: number): Promise<void> {
    this.#underWay ??= this.#create(Math.max(registeredCount, foundersIn(this.#config)))
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
        logger.warn({ topic: name, error: errorName(errorCode), reason }, 'no offsets topic')
    } catch (thrown) {
      logger.warn({ topic: name, err: asError(thrown) }, 'no offsets topic')
    } finally {
      this.#underWay = null
    }
  }
}

/** Where this broker founded the quorum, too, all who did are taken for brokers; otherwise none. */
function foundersIn(config: NodeConfig): number {
  const isFounder = config['process.roles'].includes('controller')
  return isFounder ? config['controller.quorum.voters'].length : 0
}
