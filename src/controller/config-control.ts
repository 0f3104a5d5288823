/**
 * What is written when a cluster is founded. The safety settings live in metadata only: files seed
 * them once, and a later difference in a file is a start error (SAFETY S12). Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import { clusterOverrides } from '../metadata/image/configs.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { MIN_ISR, UNCLEAN_ELECTION } from './partition-control.ts'

/** The feature that says which record kinds may be written. */
export const METADATA_VERSION = 'metadata.version'
export const METADATA_VERSION_LEVEL = 1

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
