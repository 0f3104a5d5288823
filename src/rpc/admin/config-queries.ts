/**
 * Configurations: what holds, where it comes from and what it overrides. What holds for topics and
 * for all brokers every node knows; a broker's own file only the broker.
 */
import { asNodeId } from '../../base/ids.ts'
import { describeBrokerConfigs } from '../../client/broker-configs.ts'
import type { ConfigEntry, NodeSettings } from '../../config/config-entries.ts'
import { nodeEntries, sharedEntries, topicDescriber } from '../../config/config-entries.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { brokerOverrides, clusterOverrides, topicOverrides } from '../../metadata/image/configs.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker } from './broker-asking.ts'
import { resourceOf } from './config-changes.ts'
import { atMost, refuse } from './fields.ts'
import { configMethods } from './methods.ts'
import { pageOf } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'
import { topicNamed } from './topic-queries.ts'

const wire = lograft.admin.v1
const { ConfigSource } = wire

type Answering = Pick<AdminNode, 'image' | 'nodeId' | 'settings' | 'brokers'>
type Entry = Omit<ConfigEntry, 'type'>

export function configQueries(node: Answering): readonly Served[] {
  return [
    serveAdmin(configMethods.describe, async ({ resource, names, page }, caller) => {
      const { type, name } = resourceOf(resource, 'resource')
      const wanted = new Set(atMost(names, 'names'))
      const entries = await (type === 'topic'
        ? topicEntries(node, name)
        : brokerEntries(node, { name, wanted }, limitsOf(caller)))
      const { items, nextPageToken } = pageOf(page, {
        list: `configs/${type}/${name}`,
        itemsAfter: () =>
          entries
            .filter((entry) => wanted.size === 0 || wanted.has(entry.name))
            .sort((one, other) => (one.name < other.name ? -1 : 1)),
        keyOf: (entry) => entry.name,
      })
      return new wire.DescribeConfigsReply({ configs: items.map(described), nextPageToken })
    }),
  ]
}

function topicEntries(node: Answering, name: string): readonly Entry[] {
  const image = node.image()
  topicNamed(image, name, 'resource.name')
  return topicDescriber(settingsOf(node))(topicOverrides(image.configs, name))
}

/** All brokers, this one, or another one. */
function brokerEntries(
  node: Answering,
  { name, wanted }: { readonly name: string; readonly wanted: ReadonlySet<string> },
  limits: CallOptions,
): readonly Entry[] | Promise<readonly Entry[]> {
  if (name === '') return sharedEntries(settingsOf(node), wanted)
  const brokerId = asNodeId(Number(name))
  const broker = node.image().brokers.get(brokerId)
  if (broker === undefined)
    refuse('BROKER_ID_NOT_REGISTERED', `there is no broker ${name}`, 'resource.name')
  if (brokerId === node.nodeId) return nodeEntries(settingsOf(node))
  if (broker.fenced)
    refuse('BROKER_NOT_AVAILABLE', `broker ${name} is not in service`, 'resource.name')
  const cluster = node.brokers()
  return askBroker(cluster.clock, limits, () => describeBrokerConfigs(cluster, brokerId))
}

function settingsOf({ image, nodeId, settings }: Answering): NodeSettings {
  const { configs } = image()
  return {
    ...settings,
    forAll: clusterOverrides(configs),
    forThis: brokerOverrides(configs, nodeId),
  }
}

/** Kafka numbers its sources as we do. */
const SOURCES: readonly number[] = Object.values(ConfigSource).filter(
  (source) => typeof source === 'number',
)
const sourceOf = (source: number) =>
  SOURCES.includes(source) ? source : ConfigSource.CONFIG_SOURCE_UNSPECIFIED

function described({ name, value, source, readOnly, isSensitive, doc, synonyms }: Entry) {
  return {
    ...{ name, value: isSensitive ? null : value, source: sourceOf(source) },
    ...{ readOnly, sensitive: isSensitive, documentation: doc },
    synonyms: synonyms.map((synonym) => ({
      name: synonym.name,
      value: isSensitive ? null : synonym.value,
      source: sourceOf(synonym.source),
    })),
  }
}
