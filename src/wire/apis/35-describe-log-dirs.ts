/**
 * DescribeLogDirs: the sizes of the asked broker's own replicas. v2 flexible · v3 an error for the
 * whole request · v4 the sizes of the volume (KIP-827).
 */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  defaulted,
  int16,
  int32,
  int64,
  nullable,
  since,
  string,
  struct,
} from '../schema.ts'

export const describeLogDirs = defineApi({
  key: 35,
  name: 'DescribeLogDirs',
  versions: [1, 4],
  flexibleFrom: 2,
  request: {
    /** Null: all. */
    topics: nullable(array(struct({ topic: string, partitions: array(int32) }))),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: since(3, int16, 0),
    results: array(
      struct({
        errorCode: int16,
        logDir: string,
        topics: array(
          struct({
            name: string,
            partitions: array(
              struct({
                partitionIndex: int32,
                /** Bytes of all its segments. */
                partitionSize: int64,
                /** How many records behind: its high watermark's, or the present replica's. */
                offsetLag: int64,
                /** A replica that is being moved here. */
                isFutureKey: bool,
              }),
            ),
          }),
        ),
        /** Bytes of the volume and of its free space; −1 where unknown. */
        totalBytes: since(4, int64, -1),
        usableBytes: since(4, int64, -1),
      }),
    ),
  },
})
