/** DescribeUserScramCredentials (KIP-554): by which mechanisms users can say who they are. */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int8, nullable, string, struct } from '../schema.ts'

export const describeUserScramCredentials = defineApi({
  key: 50,
  name: 'DescribeUserScramCredentials',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    /** Null, or empty: all there are. */
    users: nullable(array(struct({ name: string }))),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
    results: array(
      struct({
        user: string,
        errorCode: int16,
        errorMessage: nullable(string),
        credentialInfos: array(struct({ mechanism: int8, iterations: int32 })),
      }),
    ),
  },
})
