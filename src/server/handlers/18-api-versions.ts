/**
 * ApiVersions. v1 throttle · v3 flexible, client software (KIP-511). The list is what the handlers
 * serve, sorted; features are those of the cluster (KIP-584). Versions beyond ours are answered by
 * `server/dispatch.ts`.
 */
import { SUPPORTED_FEATURES } from '../../controller/features.ts'
import { errors } from '../../wire/errors.ts'
import { apiVersions } from '../../wire/apis/18-api-versions.ts'
import { handler } from '../handler.ts'

/** Kafka's rule for the name and version that clients give of themselves. */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/

export const handleApiVersions = handler(
  apiVersions,
  (request, { apis, metadata }, { apiVersion }) => {
    const { clientSoftwareName, clientSoftwareVersion } = request
    const named = SOFTWARE.test(clientSoftwareName) && SOFTWARE.test(clientSoftwareVersion)
    if (apiVersion >= 3 && !named) return { errorCode: errors.INVALID_REQUEST, apiKeys: [] }
    const { features, metadataOffset } = metadata()
    return {
      errorCode: errors.NONE,
      apiKeys: apis()
        .map(({ api, advertised: [minVersion, maxVersion] }) => ({
          apiKey: api.key,
          minVersion,
          maxVersion,
        }))
        .sort((a, b) => a.apiKey - b.apiKey),
      throttleTimeMs: 0,
      supportedFeatures: SUPPORTED_FEATURES.map(({ name, minLevel, maxLevel }) => ({
        ...{ name, minVersion: minLevel, maxVersion: maxLevel },
      })),
      finalizedFeaturesEpoch: metadataOffset,
      finalizedFeatures: Array.from(features, ([name, level]) => ({
        ...{ name, maxVersionLevel: level, minVersionLevel: level },
      })),
    }
  },
)
