/**
 * Changes of metadata as people read them, a line for each, and as machines do: whole. Pure.
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { countOf } from '../table.ts'

const { BrokerState, ResourceType } = lograft.admin.v1
type Change = lograft.admin.v1.Change
type WatchedConfig = lograft.admin.v1.WatchedConfig
type PartitionDescription = lograft.admin.v1.IPartitionDescription

const STATES: Readonly<Record<number, string>> = {
  [BrokerState.BROKER_STATE_IN_SERVICE]: 'in service',
  [BrokerState.BROKER_STATE_FENCED]: 'fenced',
  [BrokerState.BROKER_STATE_SHUTTING_DOWN]: 'shutting down',
}

/** None for a change of a kind that is not known here. */
export function linesOf(change: Change): readonly string[] {
  const { broker, brokerGone, controller, topic, topicGone, partition, config, configGone } = change
  if (broker) return [`broker ${broker.brokerId} ${STATES[broker.state] ?? 'in another state'}`]
  if (brokerGone !== null) return [`broker ${brokerGone} unregistered`]
  if (controller) return [`controller ${controller.nodeId} registered`]
  if (topic) return [`topic ${topic.name} created, id ${topic.topicId}`]
  if (topicGone) return [`topic ${topicGone.name} deleted, id ${topicGone.topicId}`]
  if (partition?.state) return [partitionLine(partition.state)]
  if (config) return [`${nameOf(config)}=${config.value ?? '(a secret)'}`]
  if (configGone) return [`${nameOf(configGone)} unset`]
  const { feature } = change
  return feature ? [`feature ${feature.name} at level ${feature.level}`] : []
}

function partitionLine(state: PartitionDescription): string {
  const { topic, partition, leader, replicas = [], isr = [], adding, removing } = state
  const moves = [
    ...(adding?.length ? [`adding ${adding.join()}`] : []),
    ...(removing?.length ? [`removing ${removing.join()}`] : []),
  ]
  const led = leader === null || leader === undefined ? 'no leader' : `leader ${leader}`
  const parts = [led, `replicas ${replicas?.join()}`, `in sync ${isr?.join() || 'none'}`, ...moves]
  return `partition ${topic}-${partition}: ${parts.join(', ')}`
}

function nameOf({ resource, name }: WatchedConfig): string {
  const type = resource?.type
  if (type === ResourceType.RESOURCE_TYPE_TOPIC) return `topic ${resource?.name}: ${name}`
  if (type === ResourceType.RESOURCE_TYPE_BROKER) return `broker ${resource?.name}: ${name}`
  return `all brokers: ${name}`
}

/** With the fields that are as they are by default, too, and without those that are not there. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const found: Record<string, unknown> = {}
  // What a message has by default it has from its prototype.
  for (const name in value) {
    const held = (value as Readonly<Record<string, unknown>>)[name]
    const isThere = held !== null && held !== undefined && typeof held !== 'function'
    // The names of alternatives are told by which of them is there.
    if (isThere && !name.startsWith('_')) found[name] = plain(held)
  }
  return found
}

export function printSnapshot(
  clusterId: string,
  metadataOffset: number,
  changes: readonly Change[],
): string {
  const count = (of: (change: Change) => unknown) => changes.filter(of).length
  const parts = [
    countOf(
      count(({ broker }) => broker),
      'broker',
    ),
    countOf(
      count(({ topic }) => topic),
      'topic',
    ),
    countOf(
      count(({ partition }) => partition),
      'partition',
    ),
  ]
  return `${metadataOffset}  cluster ${clusterId}: ${parts.join(', ')}\n`
}
