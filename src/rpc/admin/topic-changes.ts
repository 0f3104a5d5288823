/**
 * Topics and their partitions: what changes them (proto/lograft/admin/v1/topics.proto). It makes
 * changes of requests; what they do is the active controller's.
 */
import { asTopicId } from '../../base/ids.ts'
import { uuidToBytes } from '../../bytes/uuid.ts'
import type { Change } from '../../controller/changes.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { count, distinct, invalid, refuse, someOf } from './fields.ts'
import { topicMethods } from './methods.ts'
import { carryOut, mutatedBy } from './mutation.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'
import { topicSummary } from './topic-descriptions.ts'

const wire = lograft.admin.v1
type NewTopic = lograft.admin.v1.NewTopic
type AddedPartitions = lograft.admin.v1.AddedPartitions
type TopicName = lograft.admin.v1.TopicName

/** What stands for a default in Kafka. */
const DEFAULT = -1

export function topicChanges(node: AdminNode): readonly Served[] {
  const fieldOf = (index: number) => `topics[${index}]`
  return [
    serveAdmin(topicMethods.create, async (request, caller) => {
      const topics = someOf(request.topics, 'topics')
      distinct(topics, 'topics', ({ name }) => name)
      const changes = topics.map((topic, index) => createTopic(topic, fieldOf(index)))
      const wanted = { method: 'Topics.Create', request, changes, fieldOf }
      const result = await carryOut(node, wanted, limitsOf(caller))
      const made = result.appliedAt === null ? result.created : stillThere(node, topics)
      return new wire.CreateTopicsReply({
        mutated: mutatedBy(result),
        topics: made.map((topic) => new wire.TopicSummary(topic)),
      })
    }),
    serveAdmin(topicMethods.delete, async (request, caller) => {
      const topics = someOf(request.topics, 'topics')
      distinct(topics, 'topics', ({ name }) => name)
      const changes = topics.map((topic, index) => deleteTopic(topic, fieldOf(index)))
      const wanted = { method: 'Topics.Delete', request, changes, fieldOf }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
    serveAdmin(topicMethods.addPartitions, async (request, caller) => {
      const topics = someOf(request.topics, 'topics')
      distinct(topics, 'topics', ({ topic }) => topic)
      const changes = topics.map((topic, index) => addPartitions(topic, fieldOf(index)))
      const wanted = { method: 'Topics.AddPartitions', request, changes, fieldOf }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
  ]
}

export function createTopic(topic: NewTopic, field: string): Change {
  const { name, partitions, replicationFactor, configs, assignments } = topic
  return {
    type: 'create-topic',
    topic: {
      name,
      partitions: count(partitions, `${field}.partitions`) || DEFAULT,
      replicationFactor: count(replicationFactor, `${field}.replication_factor`) || DEFAULT,
      assignments: assignments.map(({ brokerIds }, partition) => ({ partition, brokerIds })),
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    },
  }
}

export function deleteTopic({ name, topicId }: TopicName, field: string): Change {
  if (name === '') invalid(`${field}.name`, 'a topic is named')
  return { type: 'delete-topic', name, topicId: optionalTopicId(topicId, `${field}.topic_id`) }
}

export function optionalTopicId(text: string, field: string) {
  if (text === '') return null
  try {
    uuidToBytes(text)
  } catch {
    invalid(field, 'an id has the 22 characters that Describe gives')
  }
  return asTopicId(text)
}

export function addPartitions(topic: AddedPartitions, field: string): Change {
  const { topic: name, assignments } = topic
  const total = count(topic.count, `${field}.count`)
  if (total === 0)
    refuse('INVALID_PARTITIONS', `how many partitions ${name} shall have in all`, `${field}.count`)
  const placed = assignments.map(({ brokerIds }) => brokerIds)
  return {
    type: 'add-partitions',
    topic: { name, count: total, assignments: placed.length > 0 ? placed : null },
  }
}

/** As they are now; whoever asks again may find some of them deleted. */
function stillThere(node: AdminNode, topics: readonly NewTopic[]) {
  const { byName } = node.image().topics
  return topics.flatMap(({ name }) => {
    const found = byName.get(name)
    return found === undefined ? [] : [topicSummary(found)]
  })
}
