/** AddRaftVoter (KIP-853): a node that is to vote on the metadata log. */
import { defineApi } from '../api.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  nullable,
  string,
  struct,
  uint16,
  uuid,
} from '../schema.ts'

export const addRaftVoter = defineApi({
  key: 80,
  name: 'AddRaftVoter',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    clusterId: nullable(string),
    timeoutMs: int32,
    voterId: int32,
    voterDirectoryId: uuid,
    /** Of its gRPC listener; of several, the first. */
    listeners: array(struct({ name: string, host: string, port: uint16 })),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
  },
})
