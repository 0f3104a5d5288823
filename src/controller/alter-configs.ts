/**
 * Changing the overrides of topics and brokers. What a resource would be is checked as a whole, and
 * a fault leaves that resource as it was and the others alone; those that pass are one entry.
 * Lowering the effective min ISR clears the eligible replicas it affects in that same entry (SAFETY
 * S12); allowing unclean elections holds those that were waited for. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { ConfigResource, Overrides } from '../metadata/image/configs.ts'
import { CLUSTER_RESOURCE, overridesOf } from '../metadata/image/configs.ts'
import { applyEntry } from '../metadata/delta.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { RECORDS_PER_ENTRY_MAX } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { SAFETY_SETTINGS } from './config-control.ts'
import { countBy } from './new-partition.ts'
import { effectiveMinIsr } from './partition-change-builder.ts'
import { MIN_ISR, UNCLEAN_ELECTION, electionRecords, minIsrOf } from './partition-control.ts'
import type {
  AlterConfigsRequest,
  AlterConfigsResult,
  ConfigChange,
  ConfigOperation,
  ConfigRules,
} from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

/** One result per resource, in the order of the request. */
export function alterConfigs(
  image: MetadataImage,
  { changes, validateOnly }: AlterConfigsRequest,
  rules: ConfigRules,
): CommandResult<readonly AlterConfigsResult[]> {
  const records: MetadataRecord[] = []
  const keyOf = ({ resource: { type, name } }: ConfigChange) => `${type}/${name}`
  const asked = countBy(changes, keyOf)
  // What is inherited may have been changed by this request as well.
  let inherited = image
  const reply = changes.map((change): AlterConfigsResult => {
    const { resource } = change
    const planned =
      (asked.get(keyOf(change)) ?? 0) > 1
        ? fault('INVALID_REQUEST', 'Each resource must appear at most once.')
        : plan(inherited, change, rules)
    if ('code' in planned)
      return { resource, errorCode: errors[planned.code], errorMessage: planned.message }
    records.push(...planned)
    if (resource.type === 'broker') inherited = imageAfter(inherited, planned)
    return { resource, errorCode: errors.NONE, errorMessage: null }
  })
  if (validateOnly) return { records: [], reply, atomic: true }
  const safe = [...records, ...clearedElrs(image, records)]
  return { records: [...safe, ...elections(image, safe)], reply, atomic: true }
}

function plan(
  image: MetadataImage,
  { resource, operations, replacesAll }: ConfigChange,
  rules: ConfigRules,
): readonly MetadataRecord[] | Fault {
  const unknown = existenceFault(image, resource)
  if (unknown !== null) return unknown
  if (new Set(operations.map(({ name }) => name)).size < operations.length)
    return fault('INVALID_REQUEST', 'Error due to duplicate config keys')
  const was = overridesOf(image.configs, resource)
  const wanted = new Map(replacesAll ? [] : was)
  for (const operation of operations) {
    const value = valueAfter(operation, wanted.get(operation.name), {
      inherited: () => rules.inheritedItems(resource, operation.name, image.configs),
    })
    if (typeof value === 'object' && value !== null) return value
    if (value === null) wanted.delete(operation.name)
    else wanted.set(operation.name, value)
  }
  const checked = rules.check(resource, wanted, image.configs)
  if ('problem' in checked)
    return fault(resource.type === 'topic' ? 'INVALID_CONFIG' : 'INVALID_REQUEST', checked.problem)
  return (
    removedSafetyFault(resource, checked.overrides) ?? differences(resource, was, checked.overrides)
  )
}

function existenceFault(image: MetadataImage, { type, name }: ConfigResource): Fault | null {
  if (type === 'topic')
    return image.topics.byName.has(name)
      ? null
      : fault('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`)
  if (name === CLUSTER_RESOURCE.name) return null
  const isRegistered = [...image.brokers.keys()].some((nodeId) => String(nodeId) === name)
  return isRegistered ? null : fault('INVALID_REQUEST', `there is no broker ${name}`)
}

/** The override after the operation, null for none; append and subtract are for lists only. */
function valueAfter(
  operation: ConfigOperation,
  override: string | undefined,
  { inherited }: { readonly inherited: () => readonly string[] | null },
): string | null | Fault {
  if (operation.type === 'delete') return null
  if (operation.type === 'set') return operation.value
  const { name, type } = operation
  const unset = inherited()
  if (unset === null)
    return fault(
      'INVALID_CONFIG',
      `Can't ${type.toUpperCase()} to key ${name} because its type is not LIST.`,
    )
  const present = override === undefined ? unset : itemsOf(override)
  const named = new Set(itemsOf(operation.value))
  if (type === 'subtract') return present.filter((item) => !named.has(item)).join(',')
  for (const item of present) named.delete(item)
  return [...present, ...named].join(',')
}

function itemsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Without one of them for all brokers, nodes would have to fall back on their files (S12). */
function removedSafetyFault(
  resource: ConfigResource,
  wanted: ReadonlyMap<string, string>,
): Fault | null {
  if (resource.type !== 'broker' || resource.name !== CLUSTER_RESOURCE.name) return null
  const missing = SAFETY_SETTINGS.find((key) => !wanted.has(key))
  return missing === undefined
    ? null
    : fault('INVALID_CONFIG', `${missing} cannot be removed, only changed`)
}

function differences(
  { type: resourceType, name: resourceName }: ConfigResource,
  was: Overrides,
  wanted: ReadonlyMap<string, string>,
): readonly MetadataRecord[] {
  const records: MetadataRecord[] = []
  for (const key of new Set([...was.keys(), ...wanted.keys()])) {
    const value = wanted.get(key) ?? null
    if (value !== (was.get(key) ?? null))
      records.push({ type: 'Config', resourceType, resourceName, key, value })
  }
  return records
}

const touches = (records: readonly MetadataRecord[], key: string) =>
  records.some((record) => record.type === 'Config' && record.key === key)

function imageAfter(image: MetadataImage, records: readonly MetadataRecord[]): MetadataImage {
  const { metadataOffset: offset, controllerEpoch: epoch } = image
  return applyEntry(image, { offset, epoch, records })
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
  if (!touches(records, MIN_ISR)) return []
  const next = imageAfter(image, records)
  return [...image.topics.byName.values()].flatMap(({ name, topicId, partitions }) =>
    partitions.flatMap((was, partition): MetadataRecord[] => {
      const { isr, elr, lastKnownElr } = was
      if (isr.length === 0 || elr.length + lastKnownElr.length === 0) return []
      const effectiveIn = (at: MetadataImage) => effectiveMinIsr(minIsrOf(at, name), was)
      if (effectiveIn(next) >= effectiveIn(image)) return []
      return [
        {
          ...{ type: 'PartitionChange', topicId, partition },
          ...(elr.length > 0 && { elr: [] }),
          ...(lastKnownElr.length > 0 && { lastKnownElr: [] }),
        },
      ]
    }),
  )
}

/**
 * Partitions without a leader that may have one now. Those for which the entry has no room are
 * elected when a broker comes or the controller changes.
 */
function elections(
  image: MetadataImage,
  records: readonly MetadataRecord[],
): readonly MetadataRecord[] {
  if (!touches(records, UNCLEAN_ELECTION)) return []
  const room = Math.max(0, RECORDS_PER_ENTRY_MAX - records.length)
  return electionRecords(imageAfter(image, records)).slice(0, room)
}
