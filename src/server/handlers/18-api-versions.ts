/**
 * ApiVersions. v1 throttle · v3 flexible, client software (KIP-511). The list is what the handlers
 * serve, sorted. Versions beyond ours are answered by `server/dispatch.ts`.
 */
import { errors } from '../../wire/errors.ts'
import { apiVersions } from '../../wire/apis/18-api-versions.ts'
import { handler } from '../handler.ts'

/** Kafka's rule for the name and version that clients give of themselves. */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/

export const handleApiVersions = handler(apiVersions, (request, { apis }, { apiVersion }) => {
  const { clientSoftwareName, clientSoftwareVersion } = request
  const named = SOFTWARE.test(clientSoftwareName) && SOFTWARE.test(clientSoftwareVersion)
  if (apiVersion >= 3 && !named) return { errorCode: errors.INVALID_REQUEST, apiKeys: [] }
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
  }
})
