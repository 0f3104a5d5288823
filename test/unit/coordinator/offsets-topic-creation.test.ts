// Goal: the offsets topic is asked for with as many replicas as its cluster comes to have room for,
// also while that is being founded. Method: whoever creates topics notes what it is asked for.
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { readNodeConfig } from '../../../src/config/load.ts'
import type { WantedTopic } from '../../../src/coordinator/ports.ts'
import { OffsetsTopicCreation } from '../../../src/coordinator/runtime/offsets-topic-creation.ts'
import { errors } from '../../../src/wire/errors.ts'

const THREE = 'controller.quorum.voters=1@a:9093,2@b:9093,3@c:9093'
const BROKER_ONLY = ['process.roles=broker', 'controller.quorum.bootstrap.servers=a:9093']

test.each([
  { brokers: 1, flags: [], replicas: 1, why: 'a node alone' },
  { brokers: 2, flags: [], replicas: 2, why: 'a broker has come to it' },
  { brokers: 5, flags: [], replicas: 3, why: 'there are more than are wanted' },
  { brokers: 1, flags: ['node.id=1', THREE], replicas: 3, why: 'two of three are yet to come' },
  { brokers: 1, flags: BROKER_ONLY, replicas: 1, why: 'its controllers may be no brokers' },
  {
    ...{ brokers: 1, flags: ['node.id=1', THREE, 'offsets.topic.replication.factor=1'] },
    ...{ replicas: 1, why: 'so it is wanted' },
  },
])('$why: $replicas replicas', async ({ brokers, flags, replicas }) => {
  const wanted: WantedTopic[] = []
  const creator = {
    createTopic: (topic: WantedTopic) => {
      wanted.push(topic)
      return Promise.resolve({ errorCode: errors.NONE, reason: null })
    },
  }
  const { config } = readNodeConfig({ flags })
  await new OffsetsTopicCreation(config, { creator, logger: silentLogger }).once(brokers)
  expect(wanted.map(({ replicationFactor }) => replicationFactor)).toEqual([replicas])
})
