/**
 * `meta.properties`: whose directory this is (KIP-631, KIP-858). An identity: missing or bad beside
 * existing logs, the node refuses to start (SAFETY S2); of another node or cluster, it is refused,
 * never adopted. `cluster.id` is absent until the first committed record named it.
 */
import type { Disk } from '../base/disk.ts'
import { readFile, writeFileAtomically } from '../base/disk.ts'
import { crc32c } from '../bytes/crc32c.ts'

export const META_PROPERTIES_FILE = 'meta.properties'

export interface MetaProperties {
  readonly nodeId: number
  readonly directoryId: string
  readonly clusterId: string | null
}

export function printMetaProperties({ nodeId, directoryId, clusterId }: MetaProperties): string {
  const cluster = clusterId === null ? [] : [`cluster.id=${clusterId}`]
  const checksum = checksumOf({ nodeId, directoryId, clusterId })
  const ours = [`directory.id=${directoryId}`, `node.id=${nodeId}`, `checksum=${checksum}`]
  return [...cluster, ...ours, 'version=1', ''].join('\n')
}

/** Of our own, and of no meaning to Kafka: one letter that rots would make it another disk. */
const checksumOf = ({ nodeId, directoryId, clusterId }: MetaProperties): number =>
  crc32c(new TextEncoder().encode([nodeId, directoryId, clusterId ?? ''].join(' ')))

/** Null when it is not a meta.properties of version 1. */
export function parseMetaProperties(text: string): MetaProperties | null {
  const values = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*[#!]/.test(line)) continue
    const at = line.indexOf('=')
    if (at < 0) return null
    values.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  const nodeId = Number(values.get('node.id') ?? NaN)
  const directoryId = values.get('directory.id')
  if (values.get('version') !== '1' || !Number.isInteger(nodeId) || nodeId < 0) return null
  if (directoryId === undefined || directoryId === '') return null
  const properties = { nodeId, directoryId, clusterId: values.get('cluster.id') ?? null }
  const checksum = values.get('checksum')
  const isWhole = checksum === undefined || checksum === String(checksumOf(properties))
  return isWhole ? properties : null
}

/** `missing`, `bad`, or what it says. */
export function readMetaProperties(
  disk: Disk,
  directory: string,
): MetaProperties | 'missing' | 'bad' {
  const bytes = readFile(disk, `${directory}/${META_PROPERTIES_FILE}`)
  if (bytes === null) return 'missing'
  return parseMetaProperties(new TextDecoder().decode(bytes)) ?? 'bad'
}

/** Durable when it returns. */
export function writeMetaProperties(
  disk: Disk,
  directory: string,
  properties: MetaProperties,
): void {
  const bytes = new TextEncoder().encode(printMetaProperties(properties))
  writeFileAtomically(disk, `${directory}/${META_PROPERTIES_FILE}`, bytes)
}
