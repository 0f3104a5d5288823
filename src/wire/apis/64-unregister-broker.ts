/** UnregisterBroker (KIP-631): the cluster forgets a broker. */
import { defineApi } from '../api.ts'
import { defaulted, int16, int32, nullable, string } from '../schema.ts'

export const unregisterBroker = defineApi({
  key: 64,
  name: 'UnregisterBroker',
  versions: [0, 0],
  flexibleFrom: 0,
  request: { brokerId: int32 },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
  },
})
