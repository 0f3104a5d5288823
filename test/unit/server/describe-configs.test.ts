/**
 * Goal: one answer of DescribeConfigs has a bound, and says of each resource whether it fits in.
 * Method: the handler on an image of thousands of topics, which no disk has to hold.
 */
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { loadNodeConfig } from '../../../src/config/load.ts'
import type { Services } from '../../../src/server/handler.ts'
import { ProducerGaps } from '../../../src/replication/producer-gaps.ts'
import { handleDescribeConfigs } from '../../../src/server/handlers/32-describe-configs.ts'
import type { IncomingResponse } from '../../../src/wire/api.ts'
import type { describeConfigs } from '../../../src/wire/apis/32-describe-configs.ts'
import { imageWith, topic } from '../metadata/images.ts'

const TOPICS = 5_000
const names = Array.from({ length: TOPICS }, (_, at) => `t${at}`)
const image = imageWith(...names.map((name, at) => topic(at, name)))

/** All that this handler looks at. */
const services = {
  nodeId: asNodeId(1),
  config: loadNodeConfig(),
  named: new Set(),
  logger: silentLogger,
  metadata: () => image,
} as unknown as Services

function codes(keys: readonly string[] | null): readonly number[] {
  const resources = names.map((resourceName) => ({
    ...{ resourceType: 2, resourceName, configurationKeys: keys },
  }))
  const request = { resources, includeSynonyms: false, includeDocumentation: true }
  const call = {
    apiVersion: 4,
    clientId: null,
    peer: 'test',
    whenLeaving: () => () => {},
    whenHurried: () => () => {},
    producerGaps: new ProducerGaps(),
  }
  const response = handleDescribeConfigs.handle(request, services, call)
  const { results } = response as IncomingResponse<typeof describeConfigs>
  return results.map(({ errorCode }) => errorCode)
}

test('what does not fit in is refused, and the rest described', () => {
  const counts = new Map<number, number>()
  for (const code of codes(null)) counts.set(code, (counts.get(code) ?? 0) + 1)
  // 24 options each, 100,000 in all.
  expect(counts).toEqual(
    new Map([
      [0, 4_166],
      [44, 834],
    ]),
  )
})

test('fewer options of more topics do', () => {
  expect(new Set(codes(['flush.ms', 'retention.ms']))).toEqual(new Set([0]))
})
