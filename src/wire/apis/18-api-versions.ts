/**
 * ApiVersions: which keys and versions this broker serves. May be the first thing a client says,
 * also before it authenticates. Its response header is v0 at every version, and a request of a
 * version too high is answered with the body of v0 and error 35 (KIP-511).
 * v1 throttle · v3 flexible, software names, features (KIP-584) · v4 features from version 0.
 */
import { defineApi } from '../api.ts'
import { array, bool, int16, int32, int64, since, string, struct, tagged } from '../schema.ts'

export const apiVersions = defineApi({
  key: 18,
  name: 'ApiVersions',
  versions: [0, 4],
  flexibleFrom: 3,
  request: {
    clientSoftwareName: since(3, string, ''),
    clientSoftwareVersion: since(3, string, ''),
  },
  response: {
    errorCode: int16,
    apiKeys: array(struct({ apiKey: int16, minVersion: int16, maxVersion: int16 })),
    throttleTimeMs: since(1, int32, 0),
    supportedFeatures: tagged(
      0,
      3,
      array(struct({ name: string, minVersion: int16, maxVersion: int16 })),
      [],
    ),
    /** The metadata offset of the finalized features; −1: unknown. */
    finalizedFeaturesEpoch: tagged(1, 3, int64, -1),
    finalizedFeatures: tagged(
      2,
      3,
      array(struct({ name: string, maxVersionLevel: int16, minVersionLevel: int16 })),
      [],
    ),
    zkMigrationReady: tagged(3, 3, bool, false),
  },
})
