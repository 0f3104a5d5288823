/**
 * Goal: a desired state is read as it is written, YAML or JSON, and whatever is not known or does
 * not fit is an error that says where, and what was meant.
 * Method: texts by hand.
 */
import { expect, test } from 'vitest'
import { desiredState } from '../../../src/cli/plan/desired-file.ts'

const YAML = `
topics:
  orders:
    partitions: 6
    replication-factor: 3
    configs:
      retention.ms: 9007199254740993
      cleanup.policy: compact
    exact-configs: true
  plain:
delete-others-with-prefix: [team-a.]
cluster-configs:
  auto.create.topics.enable: false
`

const WANTED = {
  topics: [
    {
      name: 'orders',
      partitions: 6,
      replicationFactor: 3,
      configs: { 'retention.ms': '9007199254740993', 'cleanup.policy': 'compact' },
      exactConfigs: true,
    },
    { name: 'plain', partitions: 0, replicationFactor: 0, configs: {}, exactConfigs: false },
  ],
  deleteOthersWithPrefix: ['team-a.'],
  clusterConfigs: { 'auto.create.topics.enable': 'false' },
}

test('YAML and JSON say the same', () => {
  expect(desiredState(YAML)).toMatchObject(WANTED)
  expect(desiredState('{"topics":{"a":{"partitions":2}}}')).toMatchObject({
    topics: [{ name: 'a', partitions: 2 }],
  })
})

test.each([
  ['', 'it says nothing; there is topics'],
  ['topcis: {}', 'there is no "topcis"; did you mean topics?'],
  ['topics: {a: {partition: 1}}', 'topics.a: there is no "partition"; did you mean partitions?'],
  ['topics: {a: {replication.factor: 1}}', 'did you mean replication-factor?'],
  ['topics: {a: {zzz: 1}}', 'there is partitions, replication-factor, configs, exact-configs'],
  ['topics: [a]', 'topics: names are expected here'],
  ['topics: {a: {partitions: 0}}', 'topics.a.partitions: it is a whole number from 1'],
  ['topics: {a: {partitions: 1.5}}', 'topics.a.partitions: it is a whole number from 1'],
  ['topics: {a: {partitions: 2147483648}}', 'topics.a.partitions: it is a whole number from 1'],
  ['topics: {a: {exact-configs: maybe}}', 'topics.a.exact-configs: it is true or false'],
  ['topics: {a: {configs: {x: [1]}}}', 'topics.a.configs.x: it is a text'],
  ['topics: {a: , a: }', 'unique'],
  ['delete-others-with-prefix: ""', 'it is a list of beginnings'],
  ['delete-others-with-prefix: [""]', 'it is a list of beginnings'],
  ['topics: {', 'at line 1'],
])('%j is refused', (text, message) => {
  expect(() => desiredState(text)).toThrow(message)
})
