/**
 * DescribeCluster (KIP-700). v1 brokers or controllers (KIP-919) · v2 fenced brokers, too
 * (KIP-1073).
 */
import { defineApi } from '../api.ts'
import {
  array,
  bool,
  defaulted,
  int16,
  int32,
  int8,
  nullable,
  since,
  string,
  struct,
} from '../schema.ts'

export const describeCluster = defineApi({
  key: 60,
  name: 'DescribeCluster',
  versions: [0, 2],
  flexibleFrom: 0,
  request: {
    includeClusterAuthorizedOperations: bool,
    /** 1: brokers · 2: controllers. */
    endpointType: since(1, int8, 1),
    includeFencedBrokers: since(2, bool, false),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
    endpointType: since(1, int8, 1),
    clusterId: string,
    controllerId: defaulted(int32, -1),
    brokers: array(
      struct({
        brokerId: int32,
        host: string,
        port: int32,
        rack: nullable(string),
        isFenced: since(2, bool, false),
      }),
    ),
    clusterAuthorizedOperations: defaulted(int32, -2147483648),
  },
})
