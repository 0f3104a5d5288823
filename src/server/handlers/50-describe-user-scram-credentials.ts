/**
 * DescribeUserScramCredentials (KIP-554). Nobody has credentials here; `kafka-configs --entity-type
 * users` asks beside the quotas.
 */
import { describeUserScramCredentials } from '../../wire/apis/50-describe-user-scram-credentials.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

export const handleDescribeUserScramCredentials = handler(
  describeUserScramCredentials,
  ({ users }) => ({
    errorCode: errors.NONE,
    errorMessage: null,
    results: [...new Set(users?.map(({ name }) => name))].map((user) => ({
      user,
      errorCode: errors.RESOURCE_NOT_FOUND,
      errorMessage: 'no user has credentials: there is no authentication',
      credentialInfos: [],
    })),
  }),
)
