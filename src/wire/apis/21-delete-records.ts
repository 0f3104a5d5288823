/** DeleteRecords: the log begins later from now on. v2 flexible. */
import { defineApi } from '../api.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  int64,
  saturatingInt64,
  string,
  struct,
} from '../schema.ts'

export const deleteRecords = defineApi({
  key: 21,
  name: 'DeleteRecords',
  versions: [0, 2],
  flexibleFrom: 2,
  request: {
    topics: array(
      struct({
        name: string,
        /**
         * The first offset that stays; −1: the high watermark, so that none does. Any other is in
         * range or not, also Long.MAX_VALUE.
         */
        partitions: array(struct({ partitionIndex: int32, offset: saturatingInt64 })),
      }),
    ),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            /** Where the log begins now; −1 beside an error. */
            lowWatermark: int64,
            errorCode: int16,
          }),
        ),
      }),
    ),
  },
})
