/**
 * Dynamic configuration, and what is written when a cluster is founded. The safety settings live in
 * metadata only: files seed them once, a later difference in a file is a start error, and lowering
 * the effective min ISR clears the eligible replicas it affects in the same entry (SAFETY S12).
 * Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { ConfigResource, Overrides } from '../metadata/image/configs.ts'
import { CLUSTER_RESOURCE, clusterOverrides, overridesOf } from '../metadata/image/configs.ts'
import { applyEntry } from '../metadata/delta.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { errors, type ErrorName } from '../wire/errors.ts'
import { MIN_ISR, UNCLEAN_ELECTION, effectiveMinIsr } from './partition-control.ts'
import type { AlterConfigsRequest, AlterConfigsResult, TopicOptions } from './requests.ts'
import type { CommandResult } from './result.ts'

/** The feature that says which record kinds may be written. */
const METADATA_VERSION = 'metadata.version'
const METADATA_VERSION_LEVEL = 1

/** The settings that only metadata may hold. */
export const SAFETY_SETTINGS = [MIN_ISR, UNCLEAN_ELECTION] as const

/** The first entry of a cluster: its id, then what every record after it relies on. */
export function foundingRecords(
  clusterId: string,
  foundingConfigs: ReadonlyMap<string, string>,
): readonly MetadataRecord[] {
  const settings = SAFETY_SETTINGS.flatMap((key): MetadataRecord[] => {
    const value = foundingConfigs.get(key)
    if (value === undefined) return []
    return [{ type: 'Config', resourceType: 'broker', resourceName: '', key, value }]
  })
  return [
    { type: 'ClusterId', clusterId },
    { type: 'FeatureLevel', name: METADATA_VERSION, level: METADATA_VERSION_LEVEL },
    ...settings,
  ]
}

/**
 * Where a node's own settings differ from the cluster's, one sentence each; any is a start error.
 * `named` holds only what file, environment or flags name: a default is no statement.
 */
export function safetyDifferences(
  image: MetadataImage,
  named: ReadonlyMap<string, string>,
): readonly string[] {
  const cluster = clusterOverrides(image.configs)
  return SAFETY_SETTINGS.flatMap((key) => {
    const [own, agreed] = [named.get(key), cluster.get(key)]
    if (own === undefined || agreed === undefined || own === agreed) return []
    return [
      `${key} is ${own} here and ${agreed} in the cluster, where alone it is decided: ` +
        `remove it from this node's configuration, or change the cluster's.`,
    ]
  })
}

/** Sets and removes overrides; one result per resource, in the order of the request. */
export function alterConfigs(
  image: MetadataImage,
  { changes, validateOnly }: AlterConfigsRequest,
  topicOptions: TopicOptions,
): CommandResult<readonly AlterConfigsResult[]> {
  const records: MetadataRecord[] = []
  const reply = changes.map(({ resource, entries }): AlterConfigsResult => {
    const was = overridesOf(image.configs, resource)
    const wanted = entries.reduce(
      (overrides, { name, value }) =>
        value === null ? overrides.delete(name) : overrides.set(name, value),
      was,
    )
    const fault = faultOf(image, resource, wanted, topicOptions)
    if (fault !== null)
      return { resource, errorCode: errors[fault.code], errorMessage: fault.message }
    records.push(...differences(resource, was, wanted))
    return { resource, errorCode: errors.NONE, errorMessage: null }
  })
  if (validateOnly) return { records: [], reply, atomic: true }
  return { records: [...records, ...clearedElrs(image, records)], reply, atomic: true }
}

function faultOf(
  image: MetadataImage,
  resource: ConfigResource,
  wanted: Overrides,
  topicOptions: TopicOptions,
): { code: ErrorName; message: string } | null {
  if (resource.type === 'topic') {
    if (!image.topics.byName.has(resource.name))
      return { code: 'UNKNOWN_TOPIC_OR_PARTITION', message: `there is no topic ${resource.name}` }
    const message = topicOptions.validate(wanted)
    return message === null ? null : { code: 'INVALID_CONFIG', message }
  }
  const message = clusterSettingsFault(resource, wanted)
  return message === null ? null : { code: 'INVALID_CONFIG', message }
}

/** Only the cluster-wide level, and only the safety settings, can be changed while running. */
function clusterSettingsFault({ name }: ConfigResource, wanted: Overrides): string | null {
  if (name !== CLUSTER_RESOURCE.name)
    return 'the settings of a single broker are in its own configuration file'
  for (const [key, value] of wanted) {
    if (key === MIN_ISR && /^[1-9]\d{0,4}$/.test(value)) continue
    if (key === UNCLEAN_ELECTION && /^(true|false)$/.test(value)) continue
    if (key === MIN_ISR) return `${key} is a number from 1 on, not ${JSON.stringify(value)}`
    if (key === UNCLEAN_ELECTION) return `${key} is true or false, not ${JSON.stringify(value)}`
    return `${key} cannot be changed for the whole cluster`
  }
  // Without one, the nodes would have to fall back on their files (S12).
  const missing = SAFETY_SETTINGS.find((key) => !wanted.has(key))
  return missing === undefined ? null : `${missing} cannot be removed, only changed`
}

function differences(resource: ConfigResource, was: Overrides, wanted: Overrides) {
  const records: MetadataRecord[] = []
  const { type: resourceType, name: resourceName } = resource
  for (const key of new Set([...was.keys(), ...wanted.keys()])) {
    const value = wanted.get(key) ?? null
    if (value !== (was.get(key) ?? null))
      records.push({ type: 'Config', resourceType, resourceName, key, value })
  }
  return records
}

/**
 * Eligible replicas are eligible because the high watermark was frozen below the old min ISR. Where
 * a lower one lets it move, they are not. A partition without ISR keeps them: nothing moves there
 * until one is elected, and that election clears the rest.
 */
function clearedElrs(
  image: MetadataImage,
  records: readonly MetadataRecord[],
): readonly MetadataRecord[] {
  const touches = records.some((record) => record.type === 'Config' && record.key === MIN_ISR)
  if (!touches) return []
  const { metadataOffset: offset, controllerEpoch: epoch } = image
  const next = applyEntry(image, { offset, epoch, records })
  return [...image.topics.byName.values()].flatMap(({ name, topicId, partitions }) =>
    partitions.flatMap(({ replicas, isr, elr }, partition): MetadataRecord[] => {
      if (elr.length === 0 || isr.length === 0) return []
      const [before, after] = [image, next].map((at) => effectiveMinIsr(at, name, replicas.length))
      if (after === undefined || before === undefined || after >= before) return []
      return [{ type: 'PartitionChange', topicId, partition, elr: [] }]
    }),
  )
}
