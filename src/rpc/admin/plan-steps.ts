/**
 * What would have to be done to bring the cluster to a desired state
 * (proto/lograft/admin/v1/plans.proto): steps in their order, each with what it expects. Pure.
 */
import type { NodeId } from '../../base/ids.ts'
import { isReassigning } from '../../controller/reassignment.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import { clusterOverrides, topicOverrides } from '../../metadata/image/configs.ts'
import type { TopicImage } from '../../metadata/image/topics.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import { atMost, count, distinct, invalid, refuse } from './fields.ts'
import { ReplicaCounts } from './replica-count.ts'

const wire = lograft.admin.v1
const { ResourceType } = wire
type PlanStep = lograft.admin.v1.PlanStep
type IPlanStep = lograft.admin.v1.IPlanStep
type DesiredTopic = lograft.admin.v1.DesiredTopic
type MakePlanRequest = lograft.admin.v1.MakePlanRequest
type Configs = Readonly<Record<string, string>>

/** Half of the keys that are remembered: one plan does not push another one's out. */
export const STEPS_MAX = 5_000

/** Each is compared with every topic. */
export const PREFIXES_MAX = 1_000

/** Creations first and deletions last. */
export function planSteps(image: MetadataImage, request: MakePlanRequest): readonly PlanStep[] {
  const { topics, deleteOthersWithPrefix, clusterConfigs } = request
  distinct(atMost(topics, 'topics'), 'topics', ({ name }) => name)
  const counts = new ReplicaCounts(image)
  const steps: PlanStep[] = [...clusterStep(image, clusterConfigs)]
  for (const [index, topic] of topics.entries()) {
    const field = `topics[${index}]`
    if (topic.name === '') invalid(`${field}.name`, 'a topic is named')
    const found = image.topics.byName.get(topic.name)
    if (found === undefined) steps.push(creation(topic, field))
    else steps.push(...differences(image, { topic, found, field, counts }))
  }
  steps.push(...deletions(image, topics, deleteOthersWithPrefix))
  if (steps.length > STEPS_MAX)
    refuse('POLICY_VIOLATION', `it takes ${steps.length} steps; ${STEPS_MAX} are a plan`, 'topics')
  return steps
}

const step = (one: IPlanStep) => new wire.PlanStep(one)

function clusterStep(image: MetadataImage, wanted: Configs): readonly PlanStep[] {
  const held = clusterOverrides(image.configs)
  const set = Object.entries(wanted).filter(([key, value]) => held.get(key) !== value)
  if (set.length === 0) return []
  return [
    step({
      summary: `all brokers: ${settings(set)}`,
      alterConfigs: new wire.ConfigChange({
        resource: new wire.Resource({ type: ResourceType.RESOURCE_TYPE_CLUSTER }),
        set: Object.fromEntries(set),
      }),
      expects: new wire.Expectation(
        asTheyAre(
          held,
          set.map(([key]) => key),
        ),
      ),
    }),
  ]
}

function creation({ name, partitions, replicationFactor, configs }: DesiredTopic, field: string) {
  count(partitions, `${field}.partitions`)
  count(replicationFactor, `${field}.replication_factor`)
  const what = [
    partitions === 0 ? 'the default number of partitions' : `${partitions} partition(s)`,
    replicationFactor === 0 ? 'the default number of replicas' : `${replicationFactor} replica(s)`,
    ...Object.entries(configs).map(([key, value]) => `${key}=${value}`),
  ]
  return step({
    summary: `create topic ${name}: ${what.join(', ')}`,
    createTopic: new wire.NewTopic({ name, partitions, replicationFactor, configs }),
    expects: new wire.Expectation(),
  })
}

interface Compared {
  readonly topic: DesiredTopic
  readonly found: TopicImage
  readonly field: string
  readonly counts: ReplicaCounts
}

function differences(image: MetadataImage, compared: Compared): readonly PlanStep[] {
  // Whoever grows after that has as many replicas as the first partition is about to have.
  return [...configSteps(image, compared), ...replicaSteps(compared), ...growthSteps(compared)]
}

function configSteps(image: MetadataImage, { topic, found }: Compared): readonly PlanStep[] {
  const { name, configs, exactConfigs } = topic
  const held = topicOverrides(image.configs, name)
  const set = Object.entries(configs).filter(([key, value]) => held.get(key) !== value)
  const unset = exactConfigs ? [...held.keys()].filter((key) => !Object.hasOwn(configs, key)) : []
  if (set.length + unset.length === 0) return []
  const what = [settings(set), ...unset.map((key) => `${key} unset`)].filter((text) => text !== '')
  const keys = [...set.map(([key]) => key), ...unset]
  return [
    step({
      summary: `topic ${name}: ${what.join(', ')}`,
      alterConfigs: new wire.ConfigChange({
        resource: new wire.Resource({ type: ResourceType.RESOURCE_TYPE_TOPIC, name }),
        set: Object.fromEntries(set),
        unset,
      }),
      expects: new wire.Expectation({ ...thisTopic(found), ...asTheyAre(held, keys) }),
    }),
  ]
}

function growthSteps({ topic, found, field }: Compared): readonly PlanStep[] {
  const { name } = topic
  const wanted = count(topic.partitions, `${field}.partitions`)
  const present = found.partitions.length
  if (wanted === 0 || wanted === present) return []
  if (wanted < present)
    refuse(
      'INVALID_PARTITIONS',
      `topic ${name} has ${present} partition(s), and partitions are never taken away`,
      `${field}.partitions`,
    )
  return [
    step({
      summary: `topic ${name}: ${present} → ${wanted} partitions`,
      addPartitions: new wire.AddedPartitions({ topic: name, count: wanted }),
      expects: new wire.Expectation({ ...thisTopic(found), partitions: present }),
    }),
  ]
}

/** Of the partitions there are; those that the same plan adds come after it. */
function replicaSteps({ topic, found, field, counts }: Compared): readonly PlanStep[] {
  const { name } = topic
  const wanted = count(topic.replicationFactor, `${field}.replication_factor`)
  if (wanted === 0) return []
  const others = found.partitions.flatMap((registration, partition) =>
    registration.replicas.length === wanted ? [] : [{ partition, registration }],
  )
  const [first] = others
  if (first === undefined) return []
  if (wanted > counts.usable)
    refuse(
      'INVALID_REPLICATION_FACTOR',
      `${wanted} replicas need as many brokers, and ${counts.usable} are in service`,
      `${field}.replication_factor`,
    )
  const moving = others.find(({ registration }) => isReassigning(registration))
  if (moving !== undefined)
    refuse(
      'REASSIGNMENT_IN_PROGRESS',
      `partition ${moving.partition} of topic ${name} is being moved: wait, or cancel that`,
      `${field}.replication_factor`,
    )
  const was = others.map(({ partition, registration }) =>
    reassigned(name, partition, registration.replicas),
  )
  const partitions = others.map(({ partition, registration }) =>
    reassigned(name, partition, counts.changed(registration, wanted)),
  )
  const before = first.registration.replicas.length
  return [
    step({
      summary: `topic ${name}: ${before} → ${wanted} replicas of ${others.length} partition(s)`,
      reassign: new wire.ReassignRequest({ partitions }),
      expects: new wire.Expectation({ ...thisTopic(found), replicas: was }),
    }),
  ]
}

const reassigned = (topic: string, partition: number, replicas: readonly NodeId[]) =>
  new wire.ReassignedPartition({ topic, partition, replicas: [...replicas] })

function deletions(
  image: MetadataImage,
  topics: readonly DesiredTopic[],
  prefixes: readonly string[],
): readonly PlanStep[] {
  const empty = prefixes.indexOf('')
  if (prefixes.length > PREFIXES_MAX)
    invalid('delete_others_with_prefix', `at most ${PREFIXES_MAX}`)
  if (empty >= 0) invalid(`delete_others_with_prefix[${empty}]`, 'at least one character')
  if (prefixes.length === 0) return []
  const kept = new Set(topics.map(({ name }) => name))
  return [...image.topics.byName.values()]
    .filter(({ name }) => !kept.has(name) && !isInternalTopic(name))
    .filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)))
    .map((found) => {
      const { name, topicId } = found
      return step({
        summary: `delete topic ${name} with ${found.partitions.length} partition(s)`,
        losesData: true,
        deleteTopic: new wire.TopicName({ name, topicId }),
        expects: new wire.Expectation(thisTopic(found)),
      })
    })
}

const thisTopic = ({ name, topicId }: TopicImage) => ({
  topic: new wire.TopicName({ name, topicId }),
})

/** Overrides of these names, as they are. */
function asTheyAre(held: ReadonlyMap<string, string>, keys: readonly string[]) {
  const configs = keys.flatMap((key) => {
    const value = held.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })
  return { configs: Object.fromEntries(configs), unset: keys.filter((key) => !held.has(key)) }
}

const settings = (entries: readonly (readonly [string, string])[]) =>
  entries.map(([key, value]) => `${key}=${value}`).join(', ')
