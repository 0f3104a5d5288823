/** RemoveRaftVoter (KIP-853): a node that is to vote on the metadata log no more. */
import { defineApi } from '../api.ts'
import { defaulted, int16, int32, nullable, string, uuid } from '../schema.ts'

export const removeRaftVoter = defineApi({
  key: 81,
  name: 'RemoveRaftVoter',
  versions: [0, 0],
  flexibleFrom: 0,
  request: { clusterId: nullable(string), voterId: int32, voterDirectoryId: uuid },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
  },
})
