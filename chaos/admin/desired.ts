/**
 * What a cluster shall be next: fifty topics of a larger number of names, drawn by chance. Of those
 * that are there some grow, some are configured otherwise, some get another number of replicas;
 * the others of the larger number go.
 */
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../src/metadata/image.ts'
import type { Dice } from '../../test/support/log-text.ts'

const wire = lograft.admin.v1
type MakePlanRequest = lograft.admin.v1.MakePlanRequest
type DesiredTopic = lograft.admin.v1.DesiredTopic

/** Of all topics that plans are about. */
export const PREFIX = 'planned-'

const PARTITIONS_MAX = 4
const REPLICAS_MAX = 3
const OPTIONS = ['retention.ms', 'segment.ms', 'max.message.bytes'] as const
/** How often a topic that is there gets another number of replicas: those have to be copied. */
const MOVES = 0.15

/** `topics`: how many there shall be. */
export function desiredState(image: MetadataImage, topics: number, random: Dice): MakePlanRequest {
  const all = Array.from({ length: Math.ceil(topics * 1.5) }, (_, at) => `${PREFIX}${at}`)
  const names = shuffled(all, random).slice(0, topics)
  const logRetention = String(random.int(1_000_000, 9_000_000))
  return new wire.MakePlanRequest({
    topics: names.map((name) => desiredTopic(image, name, random)),
    deleteOthersWithPrefix: [PREFIX],
    clusterConfigs: random.next() < 0.3 ? { 'log.retention.ms': logRetention } : {},
  })
}

/** The same topics and the same ones gone, each wanted otherwise. */
export function otherwise(image: MetadataImage, { topics }: MakePlanRequest, random: Dice) {
  return new wire.MakePlanRequest({
    topics: shuffled(topics, random).map(({ name }) => desiredTopic(image, name, random)),
    deleteOthersWithPrefix: [PREFIX],
  })
}

function desiredTopic(image: MetadataImage, name: string, random: Dice): DesiredTopic {
  const present = image.topics.byName.get(name)?.partitions.length
  const partitions =
    present === undefined
      ? random.int(1, PARTITIONS_MAX - 1)
      : Math.min(PARTITIONS_MAX, present + random.int(0, 1))
  const isCopied = present === undefined || random.next() < MOVES
  const options = OPTIONS.filter(() => random.next() < 0.4)
  return new wire.DesiredTopic({
    ...{ name, partitions, exactConfigs: true },
    replicationFactor: isCopied ? random.int(1, REPLICAS_MAX) : 0,
    configs: Object.fromEntries(options.map((key) => [key, String(random.int(100_000, 900_000))])),
  })
}

function shuffled<Item>(items: readonly Item[], random: Dice): readonly Item[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
