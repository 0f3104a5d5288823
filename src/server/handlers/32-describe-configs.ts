/**
 * DescribeConfigs. v1 where a value comes from, and its synonyms (KIP-226) · v3 types and
 * documentation (KIP-569) · v4 flexible. Answers from the published image alone. A resource asked
 * for many times is described once, and one answer has a bound: descriptions are a hundred times
 * larger than questions.
 */
import { brokerOverrides, clusterOverrides, topicOverrides } from '../../metadata/image/configs.ts'
import type { ConfigEntry, NodeSettings } from '../../config/config-entries.ts'
import { nodeEntries, sharedEntries, topicDescriber } from '../../config/config-entries.ts'
import { topicNameFault } from '../../controller/topic-control.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { describeConfigs } from '../../wire/apis/32-describe-configs.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { AskedResource, ResourceFault } from '../config-resources.ts'
import { configResource } from '../config-resources.ts'
import type { Services } from '../handler.ts'
import { handler } from '../handler.ts'
import { clipped, logRefusals } from '../refusals.ts'

type Asked = RequestOf<typeof describeConfigs>['resources'][number]
type Refusal = { readonly errorCode: ErrorCode; readonly errorMessage: string | null }
type Described = ResponseOf<typeof describeConfigs>['results'][number]

/** Options in one answer; more than all options of 4,000 topics. */
const OPTIONS_PER_ANSWER_MAX = 100_000

const TOO_MUCH: ResourceFault = {
  errorCode: errors.POLICY_VIOLATION,
  errorMessage:
    `one request is answered with at most ${OPTIONS_PER_ANSWER_MAX} options: ` +
    `ask for fewer resources at a time, or name the options`,
}

export const handleDescribeConfigs = handler(describeConfigs, (request, services, { peer }) => {
  const { includeSynonyms, includeDocumentation, resources } = request
  const entriesOf = describer(services)
  let room = OPTIONS_PER_ANSWER_MAX
  const results = distinct(resources).map((asked): Described => {
    const { resourceType, resourceName, keys } = asked
    const found = entriesOf(asked)
    const answer = ({ errorCode, errorMessage: why }: Refusal) => {
      const errorMessage = why === null ? null : clipped(why)
      return { errorCode, errorMessage, resourceType, resourceName, configs: [] }
    }
    if ('errorCode' in found) return answer(found)
    const wanted = found.filter(({ name }) => keys?.has(name) ?? true)
    if (wanted.length > room) return answer(TOO_MUCH)
    room -= wanted.length
    const configs = wanted.map((entry) => wireEntry(entry, includeSynonyms, includeDocumentation))
    return { ...answer({ errorCode: errors.NONE, errorMessage: null }), configs }
  })
  logRefusals(
    { logger: services.logger, peer, phrase: 'configuration not described' },
    results,
    ({ resourceType, resourceName }) => ({ resourceType, resourceName }),
  )
  return { results }
})

/** Each resource once, with all the keys that any of its entries names; null is all there are. */
function distinct(resources: readonly Asked[]) {
  const byResource = new Map<string, AskedResource & { keys: Set<string> | null }>()
  for (const { configurationKeys, ...asked } of resources) {
    const key = `${asked.resourceType}/${asked.resourceName}`
    const merged = byResource.get(key) ?? { ...asked, keys: new Set<string>() }
    byResource.set(key, merged)
    if (configurationKeys === null) merged.keys = null
    else for (const name of configurationKeys) merged.keys?.add(name)
  }
  return [...byResource.values()]
}

/** Looks up once what all resources of the request share. */
function describer({ metadata, nodeId, config, named }: Services) {
  const { topics, configs } = metadata()
  const settings: NodeSettings = {
    ...{ config, named },
    forAll: clusterOverrides(configs),
    forThis: brokerOverrides(configs, nodeId),
  }
  let describeTopic: ReturnType<typeof topicDescriber> | null = null
  return (asked: AskedResource): readonly ConfigEntry[] | Refusal => {
    const resource = configResource(asked, nodeId)
    if ('errorCode' in resource) return resource
    const { type, name } = resource
    if (type === 'broker') return name === '' ? sharedEntries(settings) : nodeEntries(settings)
    const errorMessage = topicNameFault(name)
    if (errorMessage !== null) return { errorCode: errors.INVALID_TOPIC_EXCEPTION, errorMessage }
    if (!topics.byName.has(name))
      return { errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null }
    describeTopic ??= topicDescriber(settings)
    return describeTopic(topicOverrides(configs, name))
  }
}

function wireEntry(
  { source: configSource, type: configType, doc, synonyms, ...entry }: ConfigEntry,
  includeSynonyms: boolean,
  includeDocumentation: boolean,
): Described['configs'][number] {
  return {
    ...{ ...entry, configSource, configType },
    synonyms: includeSynonyms ? [...synonyms] : [],
    documentation: includeDocumentation ? doc : null,
  }
}
