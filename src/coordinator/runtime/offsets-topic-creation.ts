/** Creates `__consumer_offsets` once somebody needs it, and says what it has become. */
import { asError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import type { NodeConfig } from '../../config/node-options.ts'
import type { MetadataImage } from '../../metadata/image.ts'
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
   * those that take no replicas while they are: to wait for them is better than to have too few
   * for ever because one was restarted just then (as in KIP-115).
   */
  async once({ brokers }: MetadataImage): Promise<void> {
    this.#underWay ??= this.#create(brokers.size)
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
