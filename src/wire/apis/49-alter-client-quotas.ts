/** AlterClientQuotas (KIP-546): quotas set and removed. v1 flexible. */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  defaulted,
  float64,
  int16,
  int32,
  nullable,
  string,
  struct,
} from '../schema.ts'

export const alterClientQuotas = defineApi({
  key: 49,
  name: 'AlterClientQuotas',
  versions: [0, 1],
  flexibleFrom: 1,
  request: {
    entries: array(
      struct({
        /** A name of null: the default of its kind. */
        entity: array(struct({ entityType: string, entityName: nullable(string) })),
        ops: array(struct({ key: string, value: float64, remove: bool })),
      }),
    ),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    entries: array(
      struct({
        errorCode: int16,
        errorMessage: nullable(string),
        entity: array(struct({ entityType: string, entityName: nullable(string) })),
      }),
    ),
  },
})
