/**
 * Features: what all nodes of a cluster agree to do alike, each at a level (KIP-584). This version
 * knows one, at one level, so a change is granted where it changes nothing, and refused with
 * Kafka's error and reason otherwise. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { METADATA_VERSION, METADATA_VERSION_LEVEL } from './config-control.ts'

export interface SupportedFeature {
  readonly name: string
  readonly minLevel: number
  readonly maxLevel: number
}

/** What this version can do. */
export const SUPPORTED_FEATURES: readonly SupportedFeature[] = [
  { name: METADATA_VERSION, minLevel: METADATA_VERSION_LEVEL, maxLevel: METADATA_VERSION_LEVEL },
]

export interface FeatureUpdate {
  readonly feature: string
  readonly level: number
  /** Null for a kind that nobody knows. */
  readonly type: 'upgrade' | 'safe-downgrade' | 'unsafe-downgrade' | null
}

/** What would become of one update; `nodeId` names who cannot do it. */
export function judgeUpdate(
  { features }: Pick<MetadataImage, 'features'>,
  { feature, level, type }: FeatureUpdate,
  nodeId: number,
): { readonly errorCode: ErrorCode; readonly errorMessage: string | null } {
  const refused = (why: string) => ({
    errorCode: errors.INVALID_UPDATE_VERSION,
    errorMessage: `Invalid update version ${level} for feature ${feature}. ${why}`,
  })
  if (type === null) return refused('The type of upgrade is not known.')
  if (level < 0) return refused('A level is not below 0.')
  const known = SUPPORTED_FEATURES.find(({ name }) => name === feature)
  if (known === undefined) return refused(`Node ${nodeId} does not support this feature.`)
  const { minLevel, maxLevel } = known
  if (level < minLevel || level > maxLevel)
    return refused(`Node ${nodeId} only supports levels ${minLevel} to ${maxLevel}.`)
  const present = features.get(feature) ?? 0
  if (level < present && type === 'upgrade') return refused('That is a downgrade: say so.')
  if (level > present && type !== 'upgrade') return refused('That is no downgrade.')
  return { errorCode: errors.NONE, errorMessage: null }
}
