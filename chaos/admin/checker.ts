/**
 * Judges plans by the committed metadata log: whether each step was carried out once, in its order,
 * in one entry with its key; whether clients were told so; whether nothing but plans changed what
 * plans are about. Everything that is wrong is a sentence. Pure.
 */
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import type { CommittedEntry, MetadataRecord } from '../../src/metadata/records.ts'
import type { PlanStory } from './applied.ts'
import { PREFIX } from './desired.ts'

const { ResourceType } = lograft.admin.v1
type PlanStep = lograft.admin.v1.PlanStep

/** What two plans of one state cannot both change. */
function thingsOf(step: PlanStep): readonly string[] {
  const { createTopic, deleteTopic, addPartitions, alterConfigs, reassign } = step
  if (createTopic) return [`topic ${createTopic.name}`]
  if (deleteTopic) return [`topic ${deleteTopic.name}`]
  if (addPartitions) return [`size of ${addPartitions.topic}`]
  if (alterConfigs)
    return [...Object.keys(alterConfigs.set), ...alterConfigs.unset].map(
      (key) => `${key} of ${alterConfigs.resource?.name}`,
    )
  return (reassign?.partitions ?? []).map(
    ({ topic, partition }) => `replicas of ${topic}-${partition}`,
  )
}

/** Offsets of the entries that hold a key: more than one is what must not be. */
function keyOffsets(entries: readonly CommittedEntry[]): ReadonlyMap<string, readonly number[]> {
  const offsets = new Map<string, number[]>()
  for (const { offset, records } of entries)
    for (const record of records)
      if (record.type === 'RequestKey')
        offsets.set(record.key, [...(offsets.get(record.key) ?? []), offset])
  return offsets
}

/** One plan, by the log and by what its client was told. */
export function checkStory(
  { key, plan, told, ending }: PlanStory,
  entries: readonly CommittedEntry[],
): readonly string[] {
  const wrong: string[] = []
  const offsets = keyOffsets(entries)
  const byOffset = new Map(entries.map((entry) => [entry.offset, entry]))
  const doneAt = plan.steps.map((_, step) => offsets.get(`${key}/${step}`) ?? [])
  let before = -1
  for (const [index, step] of plan.steps.entries()) {
    const what = `step ${index} of ${key} (${step.summary})`
    const [offset, ...again] = doneAt[index] ?? []
    if (again.length > 0) wrong.push(`${what} was carried out at ${[offset, ...again].join()}`)
    if (offset === undefined) {
      if (ending === 'done') wrong.push(`${what} was not carried out, and the plan is done`)
      if (doneAt.slice(index).some(({ length }) => length > 0))
        wrong.push(`${what} was left out, and a later one carried out`)
      break
    }
    if (offset <= before) wrong.push(`${what} at ${offset} is not behind the one before`)
    before = offset
    const { records = [] } = byOffset.get(offset) ?? {}
    if (!records.some((record) => isDoneBy(step, record)))
      wrong.push(`${what}: the entry at ${offset} has its key and not what it does`)
  }
  return [...wrong, ...checkTold(key, told, doneAt)]
}

function checkTold(
  key: string,
  told: PlanStory['told'],
  doneAt: readonly (readonly number[])[],
): readonly string[] {
  const fresh = new Set<number>()
  return told.flatMap(({ step, alreadyApplied, metadataOffset }) => {
    const what = `step ${step} of ${key}`
    const [offset] = doneAt[step] ?? []
    if (offset === undefined) return [`${what} was told, and is not in the log`]
    const isRight = alreadyApplied ? metadataOffset === offset : metadataOffset >= offset
    const wrong = isRight ? [] : [`${what} was told at ${metadataOffset} and is at ${offset}`]
    if (!alreadyApplied && fresh.has(step)) wrong.push(`${what} was told twice as done now`)
    if (!alreadyApplied) fresh.add(step)
    return wrong
  })
}

function isDoneBy(step: PlanStep, record: MetadataRecord): boolean {
  const { createTopic, deleteTopic, addPartitions, alterConfigs, reassign } = step
  if (createTopic) return record.type === 'Topic' && record.name === createTopic.name
  if (deleteTopic) return record.type === 'RemoveTopic' && record.topicId === deleteTopic.topicId
  const topicId = step.expects?.topic?.topicId
  if (addPartitions) return record.type === 'Partition' && record.topicId === topicId
  if (reassign) return record.type === 'PartitionChange' && record.topicId === topicId
  if (record.type !== 'Config') return false
  const isCluster = alterConfigs?.resource?.type === ResourceType.RESOURCE_TYPE_CLUSTER
  return record.resourceName === (isCluster ? '' : alterConfigs?.resource?.name)
}

/** Whether plans alone change their topics, and each topic comes and goes in turn. */
export function checkLog(entries: readonly CommittedEntry[]): readonly string[] {
  const wrong: string[] = []
  const names = new Map<string, string>()
  for (const { offset, records } of entries) {
    const keys = records.filter(({ type }) => type === 'RequestKey').length
    for (const record of records) {
      const name = topicOf(record, names)
      if (!name?.startsWith(PREFIX)) continue
      if (keys !== 1) wrong.push(`${record.type} of ${name} at ${offset} with ${keys} keys`)
      if (record.type === 'Topic') {
        if ([...names.values()].includes(name)) wrong.push(`${name} is created twice, at ${offset}`)
        names.set(record.topicId, name)
      }
      if (record.type === 'RemoveTopic') names.delete(record.topicId)
    }
  }
  return wrong
}

/** Of what only a request can do. */
function topicOf(record: MetadataRecord, names: ReadonlyMap<string, string>): string | undefined {
  if (record.type === 'Topic') return record.name
  if (record.type === 'Config') return record.resourceName
  return record.type === 'RemoveTopic' || record.type === 'Partition'
    ? names.get(record.topicId)
    : undefined
}

/** Two plans of one state: of what both would change, at most one did. */
export function checkRivals(
  one: PlanStory,
  other: PlanStory,
  entries: readonly CommittedEntry[],
): readonly string[] {
  const offsets = keyOffsets(entries)
  const changed = ({ key, plan }: PlanStory) =>
    plan.steps.flatMap((step, index) => (offsets.has(`${key}/${index}`) ? thingsOf(step) : []))
  const done = new Set(changed(one))
  const both = changed(other).filter((thing) => done.has(thing))
  return both.map((thing) => `${one.key} and ${other.key} both changed ${thing}`)
}
