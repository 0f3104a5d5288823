/** DescribeClientQuotas (KIP-546): quotas by user, client id and address. v1 flexible. */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  defaulted,
  float64,
  int16,
  int32,
  int8,
  nullable,
  string,
  struct,
} from '../schema.ts'

export const describeClientQuotas = defineApi({
  key: 48,
  name: 'DescribeClientQuotas',
  versions: [0, 1],
  flexibleFrom: 1,
  request: {
    components: array(
      struct({
        entityType: string,
        /** 0: the name in `match` · 1: the default · 2: any name. */
        matchType: int8,
        match: nullable(string),
      }),
    ),
    /** Nothing that has more kinds of names than are asked for. */
    strict: bool,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
    /** Null beside an error. */
    entries: nullable(
      array(
        struct({
          entity: array(struct({ entityType: string, entityName: nullable(string) })),
          values: array(struct({ key: string, value: float64 })),
        }),
      ),
    ),
  },
})
