// Goal: the offsets topic is asked for with as many replicas as its cluster comes to have room for,
// also while that is being founded; and that nobody is asked without pause. Method: whoever creates
// topics notes what it is asked for.
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { readNodeConfig } from '../../../src/config/load.ts'
import type { WantedTopic } from '../../../src/coordinator/ports.ts'
import { OffsetsTopicCreation } from '../../../src/coordinator/runtime/offsets-topic-creation.ts'
import { errors, type ErrorCode } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'

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
  const { wanted, creation } = made(flags)
  await creation.once(brokers)
  expect(wanted).toEqual([replicas])
})

const OF_THREE = ['node.id=1', THREE]

test('founders that do not come are not waited for for ever: they may be no brokers', async () => {
  const { wanted, creation, clock } = made(OF_THREE, errors.INVALID_REPLICATION_FACTOR)
  await creation.once(2)
  await clock.advance(9_999)
  await creation.once(2)
  await clock.advance(251)
  await creation.once(2)
  expect(wanted).toEqual([3, 3, 2])
})

test('what failed is not tried again at once, and is told once', async () => {
  const { wanted, creation, clock, told } = made(OF_THREE, errors.INVALID_REPLICATION_FACTOR)
  for (let count = 0; count < 5; count += 1) await creation.once(3)
  expect(wanted).toHaveLength(1)
  for (let count = 0; count < 5; count += 1) {
    await clock.advance(300)
    await creation.once(3)
  }
  expect([wanted.length, told.length]).toEqual([6, 1])
  await clock.advance(30_000)
  await creation.once(3)
  expect(told).toHaveLength(2)
})

function made(flags: readonly string[], errorCode: ErrorCode = errors.NONE) {
  const wanted: number[] = []
  const told: string[] = []
  const clock = new ManualClock()
  const creator = {
    createTopic: ({ replicationFactor }: WantedTopic) => {
      wanted.push(replicationFactor)
      return Promise.resolve({ errorCode, reason: null })
    },
  }
  const logger = { ...silentLogger, warn: (_: object, message: string) => void told.push(message) }
  const { config } = readNodeConfig({ flags })
  const creation = new OffsetsTopicCreation(config, { creator, clock, logger })
  return { wanted, told, clock, creation }
}
