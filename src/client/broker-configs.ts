/** The options of one broker, asked of that broker. */
import { describeConfigs } from '../wire/apis/32-describe-configs.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { refuseUnlessNone } from './errors.ts'

/** Kafka's number of what is configured. */
const BROKER_RESOURCE = 4

/** With documentation, and what each value overrides. Throws BrokerError, ClientError. */
export async function describeBrokerConfigs(cluster: Cluster, brokerId: number) {
  const { results } = await cluster.call(brokerId, describeConfigs, {
    resources: [
      { resourceType: BROKER_RESOURCE, resourceName: String(brokerId), configurationKeys: null },
    ],
    includeSynonyms: true,
    includeDocumentation: true,
  })
  const [answer] = results
  const what = `configuration of broker ${brokerId}`
  refuseUnlessNone(answer?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, what, answer?.errorMessage)
  return (answer?.configs ?? []).map(({ configSource, documentation, ...entry }) => ({
    ...entry,
    source: configSource,
    doc: documentation ?? '',
  }))
}
