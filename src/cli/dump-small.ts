/**
 * The small files of a data directory: what a producer snapshot, a checkpoint or an identity says.
 * Each is read by the parser the node itself uses, so what is damaged here is damaged there.
 */
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import { parseEpochCheckpoint, parseOffsetCheckpoint } from '../log/checkpoint.ts'
import { parsePartitionMetadata } from '../log/partition-metadata.ts'
import { parseProducerSnapshot } from '../log/producer-snapshot.ts'
import { parseMetaProperties } from '../node/meta-properties.ts'
import { readQuorumState } from '../quorum/quorum-state.ts'
import type { DumpLine } from './dump-line.ts'
import { problem } from './dump-line.ts'
import { printTime } from './format.ts'

const text = (disk: Disk, path: string) =>
  new TextDecoder().decode(readFile(disk, path) ?? new Uint8Array())

export function* dumpProducerSnapshot(disk: Disk, path: string): Generator<DumpLine> {
  const entries = parseProducerSnapshot(readFile(disk, path) ?? new Uint8Array())
  if (entries === null) {
    yield problem('it is torn or damaged: its version or its checksum is wrong')
    return
  }
  if (entries.length === 0) yield said('producers', { count: 0 }, 'no producers')
  for (const entry of entries) {
    const { producerId, producerEpoch, coordinatorEpoch, lastActiveMs, openTransactionOffset } =
      entry
    const last = entry.batches.at(-1) ?? null
    const fields = {
      producerId,
      producerEpoch,
      lastSequence: last?.lastSequence ?? null,
      lastOffset: last?.lastOffset ?? null,
      lastTimestamp: lastActiveMs,
      coordinatorEpoch,
      openTransactionOffset: openTransactionOffset < 0 ? null : openTransactionOffset,
    }
    const batch = last ? `  sequence ${last.lastSequence}  offset ${last.lastOffset}` : ''
    const open =
      openTransactionOffset < 0 ? '' : `  transaction open since ${openTransactionOffset}`
    yield said(
      'producer',
      fields,
      `producer ${producerId}  epoch ${producerEpoch}${batch}  ${printTime(lastActiveMs)}${open}`,
    )
  }
}

export function* dumpOffsetCheckpoint(disk: Disk, path: string): Generator<DumpLine> {
  const entries = parseOffsetCheckpoint(readFile(disk, path) ?? new Uint8Array())
  if (entries === null) {
    yield problem('it is no checkpoint: a version, a count, then lines')
    return
  }
  for (const { topic, partition, offset } of entries)
    yield said('offset', { topic, partition, offset }, `${topic}-${partition}  ${offset}`)
}

export function* dumpEpochCheckpoint(disk: Disk, path: string): Generator<DumpLine> {
  const entries = parseEpochCheckpoint(readFile(disk, path) ?? new Uint8Array())
  if (entries === null) {
    yield problem('it is no checkpoint of ascending epochs')
    return
  }
  for (const { leaderEpoch, startOffset } of entries)
    yield said('epoch', { leaderEpoch, startOffset }, `epoch ${leaderEpoch}  from ${startOffset}`)
}

export function* dumpPartitionMetadata(disk: Disk, path: string): Generator<DumpLine> {
  const topicId = parsePartitionMetadata(text(disk, path))
  if (topicId === null) {
    yield problem('it says no topic id')
    return
  }
  yield said('partition-metadata', { topicId }, `topic id ${topicId}`)
}

export function* dumpMetaProperties(disk: Disk, path: string): Generator<DumpLine> {
  const properties = parseMetaProperties(text(disk, path))
  if (properties === null) {
    yield problem('it is no meta.properties of version 1 with node.id and directory.id')
    return
  }
  const { nodeId, directoryId, clusterId } = properties
  const cluster = clusterId === null ? 'of no cluster yet' : `of cluster ${clusterId}`
  yield said(
    'meta-properties',
    { nodeId, directoryId, clusterId },
    `node ${nodeId} ${cluster}, directory ${directoryId}`,
  )
}

/** Ours is under a checksum; Kafka's has none, and is JSON all the same. */
export function* dumpQuorumState(disk: Disk, path: string): Generator<DumpLine> {
  const content = parseJson(text(disk, path))
  if (content === null) {
    yield problem('it is not JSON')
    return
  }
  try {
    if ('checksum' in content) readQuorumState(disk, path.slice(0, path.lastIndexOf('/')))
  } catch (thrown) {
    if (!(thrown instanceof LograftError)) throw thrown
    yield problem('its checksum does not match')
  }
  yield said('quorum-state', content, asText(content))
}

/** `.kafka_cleanshutdown`, `partition-creations`: JSON of ours. Kafka's marker may be empty. */
export function* dumpJson(disk: Disk, path: string): Generator<DumpLine> {
  const given = text(disk, path)
  const content = given === '' ? {} : parseJson(given)
  if (content === null) yield problem('it is not JSON')
  else yield said('content', content, given === '' ? 'empty' : asText(content))
}

function said(type: string, fields: Readonly<Record<string, unknown>>, line: string): DumpLine {
  return { type, fields, text: line }
}

function parseJson(given: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(given)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function asText(content: Record<string, unknown>): string {
  return Object.entries(content)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join('  ')
}
