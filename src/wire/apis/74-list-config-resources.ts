/**
 * ListConfigResources: the names of all that has a configuration. v0 of client metrics only
 * (KIP-714) · v1 of the kinds that are asked for (KIP-1142).
 */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int8, since, string, struct } from '../schema.ts'

export const listConfigResources = defineApi({
  key: 74,
  name: 'ListConfigResources',
  versions: [0, 1],
  flexibleFrom: 0,
  request: {
    /** Empty: all there are. */
    resourceTypes: since(1, array(int8), []),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    configResources: array(
      struct({
        resourceName: string,
        /** By default 16: client metrics. */
        resourceType: since(1, int8, 16),
      }),
    ),
  },
})
