/**
 * Topics and their partitions: what tells of them (proto/lograft/admin/v1/topics.proto). Every node
 * answers from the metadata that it acts on.
 */
import { asNodeId } from '../../base/ids.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import { topicOverrides } from '../../metadata/image/configs.ts'
import type { TopicImage } from '../../metadata/image/topics.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import type { Served } from '../handlers.ts'
import { atMost, distinct, invalid, refuse } from './fields.ts'
import { partitionMethods, topicMethods } from './methods.ts'
import { pageOf, partitionKey, topicIn } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { serveAdmin } from './serving.ts'
import type { PlacedPartition } from './topic-descriptions.ts'
import { HEALTH, partitionDescription, partitionsOf, topicSummary } from './topic-descriptions.ts'

const wire = lograft.admin.v1

const placeOf = ({ topic, index }: PlacedPartition) => partitionKey(topic.name, index)

export function topicQueries(node: Pick<AdminNode, 'image'>): readonly Served[] {
  return [
    serveAdmin(topicMethods.list, ({ page, prefix, includeInternal }) => {
      const { byName } = node.image().topics
      const isWanted = ({ name }: TopicImage) =>
        name.startsWith(prefix) && (includeInternal || !isInternalTopic(name))
      const { items, nextPageToken } = pageOf(page, {
        list: 'topics',
        itemsAfter: () => [...byName.values()].filter(isWanted),
        keyOf: ({ name }) => name,
      })
      return new wire.ListTopicsReply({ topics: items.map(topicSummary), nextPageToken })
    }),
    serveAdmin(topicMethods.describe, ({ name, page }) => {
      const image = node.image()
      const topic = topicNamed(image, name, 'name')
      const { items, nextPageToken } = pageOf(page, {
        list: `topic/${name}`,
        itemsAfter: () => partitionsOf([topic], ''),
        keyOf: placeOf,
      })
      return new wire.TopicDescription({
        topic: topicSummary(topic),
        partitions: items.map(partitionDescription),
        overrides: Object.fromEntries(topicOverrides(image.configs, name)),
        nextPageToken,
      })
    }),
    serveAdmin(partitionMethods.list, (request) => {
      const image = node.image()
      const topics = topicsNamed(image, request.topics)
      const isWanted = wantedPartitions(request, image)
      const { items, nextPageToken } = pageOf(request.page, {
        list: 'partitions',
        itemsAfter: (after) => filtered(partitionsOf(topics, topicIn(after)), isWanted),
        keyOf: placeOf,
      })
      const partitions = items.map(partitionDescription)
      return new wire.ListPartitionsReply({ partitions, nextPageToken })
    }),
  ]
}

/** Throws UNKNOWN_TOPIC_OR_PARTITION. */
export function topicNamed(image: MetadataImage, name: string, field: string): TopicImage {
  if (name === '') invalid(field, 'a topic is named')
  const topic = image.topics.byName.get(name)
  return topic ?? refuse('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`, field)
}

/** In the order of their names; all of them for an empty list. */
function topicsNamed(image: MetadataImage, names: readonly string[]): Iterable<TopicImage> {
  if (names.length === 0) return image.topics.byName.values()
  distinct(atMost(names, 'topics'), 'topics', (name) => name)
  const found = names.map((name, index) => topicNamed(image, name, `topics[${index}]`))
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function wantedPartitions(
  { health, brokerId }: lograft.admin.v1.ListPartitionsRequest,
  image: MetadataImage,
): (placed: PlacedPartition) => boolean {
  const tests = health.map(
    (number, index) =>
      HEALTH[number] ?? invalid(`health[${index}]`, 'a PARTITION_HEALTH, or none for all'),
  )
  if (brokerId !== null && !image.brokers.has(asNodeId(brokerId)))
    refuse('BROKER_ID_NOT_REGISTERED', `there is no broker ${brokerId}`, 'broker_id')
  return (placed) =>
    (tests.length === 0 || tests.some((isSo) => isSo(placed, image))) &&
    (brokerId === null || placed.registration.replicas.includes(asNodeId(brokerId)))
}

function* filtered<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean) {
  for (const item of items) if (isWanted(item)) yield item
}
