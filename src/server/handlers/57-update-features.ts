/**
 * UpdateFeatures (KIP-584). All or nothing, as in Kafka 4: the first that is refused refuses all.
 * As this version supports one level of each feature, what is granted changes nothing.
 */
import type { FeatureUpdate } from '../../controller/features.ts'
import { judgeUpdate } from '../../controller/features.ts'
import { updateFeatures } from '../../wire/apis/57-update-features.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { clipped, logRefusals } from '../refusals.ts'

const TYPES: Readonly<Record<number, FeatureUpdate['type']>> = {
  1: 'upgrade',
  2: 'safe-downgrade',
  3: 'unsafe-downgrade',
}

export const handleUpdateFeatures = handler(
  updateFeatures,
  ({ featureUpdates }, { metadata, nodeId, logger }, { apiVersion, peer }) => {
    const judged = featureUpdates.map(({ feature, maxVersionLevel, ...update }) => {
      const { allowDowngrade, upgradeType } = update
      const before = allowDowngrade ? 'safe-downgrade' : 'upgrade'
      const type = apiVersion === 0 ? before : (TYPES[upgradeType] ?? null)
      const verdict = judgeUpdate(metadata(), { feature, level: maxVersionLevel, type }, nodeId)
      return { feature, ...verdict }
    })
    const refused = judged.find(({ errorCode }) => errorCode !== errors.NONE)
    logRefusals({ logger, peer, phrase: 'feature not changed' }, judged, ({ feature }) => ({
      feature,
    }))
    const { errorCode, errorMessage } = refused ?? { errorCode: errors.NONE, errorMessage: null }
    const verdict = {
      errorCode,
      errorMessage: errorMessage === null ? null : clipped(errorMessage),
    }
    return { ...verdict, results: judged.map(({ feature }) => ({ feature, ...verdict })) }
  },
)
