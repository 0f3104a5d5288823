/** A step of a plan as what the controller is asked for. Pure. */
import type { Change, Expectation, WantedChange } from '../../controller/changes.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { alterConfigs } from './config-changes.ts'
import { invalid } from './fields.ts'
import { reassign } from './partition-changes.ts'
import { addPartitions, createTopic, deleteTopic, optionalTopicId } from './topic-changes.ts'

const { ResourceType } = lograft.admin.v1
type PlanStep = lograft.admin.v1.PlanStep

/** All together are one step; what it expects is true before the first. */
export function changesOfStep(step: PlanStep, field: string): readonly WantedChange[] {
  const expects = expectationOf(step, field)
  return actionsOf(step, field).map((change, index) => ({
    change,
    expects: index === 0 ? expects : null,
  }))
}

function actionsOf(step: PlanStep, field: string): readonly Change[] {
  if (step.createTopic) return [createTopic(step.createTopic, `${field}.create_topic`)]
  if (step.deleteTopic) return [deleteTopic(step.deleteTopic, `${field}.delete_topic`)]
  if (step.addPartitions) return [addPartitions(step.addPartitions, `${field}.add_partitions`)]
  if (step.alterConfigs) return [alterConfigs(step.alterConfigs, `${field}.alter_configs`)]
  if (step.reassign)
    return step.reassign.partitions.map((partition, index) =>
      reassign(partition, `${field}.reassign.partitions[${index}]`),
    )
  return invalid(field, 'a step of a kind that is known')
}

function expectationOf(step: PlanStep, field: string): Expectation {
  const { expects } = step
  if (expects === null) return invalid(`${field}.expects`, 'a plan as Make gave it')
  const { topic, partitions, configs, unset, replicas } = expects
  const topicId = optionalTopicId(topic?.topicId ?? '', `${field}.expects.topic.topic_id`)
  return {
    topic: nameOf(step),
    topicId,
    partitions: partitions === 0 ? null : partitions,
    configs: new Map<string, string | null>([
      ...Object.entries(configs),
      ...unset.map((key) => [key, null] as const),
    ]),
    replicas: new Map(replicas.map(({ partition, replicas: ids }) => [partition, ids])),
  }
}

/** What the step is about; null: all brokers. */
function nameOf({ createTopic: created, alterConfigs: altered, expects }: PlanStep): string | null {
  if (created) return created.name
  if (altered?.resource?.type === ResourceType.RESOURCE_TYPE_CLUSTER) return null
  return expects?.topic?.name ?? ''
}
