/**
 * AlterConfigs: replaces all that is set for a resource; what the request does not name goes back
 * to its default. IncrementalAlterConfigs (44) is the one to use. v1 throttle before the answer
 * (KIP-219) · v2 flexible.
 */
import { defineApi } from '../api.ts'
import { array, bool, defaulted, int16, int32, int8, nullable, string, struct } from '../schema.ts'

export const alterConfigs = defineApi({
  key: 33,
  name: 'AlterConfigs',
  versions: [0, 2],
  flexibleFrom: 2,
  request: {
    resources: array(
      struct({
        /** 2: topic · 4: broker. */
        resourceType: int8,
        resourceName: string,
        configs: array(struct({ name: string, value: nullable(string) })),
      }),
    ),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    responses: array(
      struct({
        errorCode: int16,
        errorMessage: nullable(string),
        resourceType: int8,
        resourceName: string,
      }),
    ),
  },
})
