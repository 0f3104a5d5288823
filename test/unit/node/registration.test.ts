/**
 * Goal: a node that starts registers as soon as there is a controller, and waits for one without a
 * limit: the others may start long after it.
 * Method: the real controller, over a quorum that leads when the test says so; time is the test's.
 */
import { expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { Controller } from '../../../src/controller/controller.ts'
import { BrokerLiveness } from '../../../src/controller/broker-liveness.ts'
import { createLoader, registerBroker, untilInService } from '../../../src/node/metadata.ts'
import { ActiveController } from '../../../src/rpc/active-controller.ts'
import { Heartbeats } from '../../../src/rpc/heartbeats.ts'
import { LeaderCalls } from '../../../src/rpc/leader-calls.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { ManualQuorum } from '../controller/manual-quorum.ts'
import { seededRandom } from '../controller/seeded-random.ts'
import { uuid } from '../metadata/images.ts'

const NODE = asNodeId(1)
const LONG_MS = 120_000

const FIRST_LIFE = { restart: 'unclean', previousBrokerEpoch: -1 } as const

test('a broker that starts waits for a controller for as long as there is none', async () => {
  const clock = new ManualClock()
  const quorum = new ManualQuorum()
  const fatal = (error: Error) => expect.unreachable(error.message)
  const loader = createLoader([], fatal)
  quorum.subscribe(loader)
  const controller = new Controller({
    ...{ quorum, random: seededRandom(1), logger: silentLogger, onFatal: fatal },
    settings: {
      ...{ defaultPartitions: 1, defaultReplicationFactor: 1 },
      foundingConfigs: new Map(),
    },
    configRules: {
      check: (_resource, overrides) => ({ overrides }),
      inheritedItems: () => null,
      effective: () => [],
    },
  })
  const liveness = new BrokerLiveness({
    ...{ controller, clock, logger: silentLogger, sessionTimeoutMs: 9_000 },
    isGone: () => Promise.resolve(false),
    reachedAt: () => null,
  })
  quorum.subscribe(liveness)
  const calls = new LeaderCalls({
    ...{ self: NODE, clock, fatal, addresses: { candidates: () => [] } },
    ...{ controllers: () => [], isLeader: () => controller.isActive, requestTimeoutMs: 1_000 },
  })
  const cluster = { commands: new ActiveController(calls, controller), loader }
  const place = { host: 'localhost', port: 9092, rack: null, ...FIRST_LIFE }
  const identity = { nodeId: NODE, incarnationId: uuid(1), directoryId: uuid(2) }

  const registration = registerBroker(cluster, { ...identity, ...place })
  await clock.advance(LONG_MS)
  quorum.lead(1)
  loader.onCaughtUp()
  await clock.advance(1_000)
  quorum.commit()
  const brokerEpoch = await registration

  const inService = untilInService(loader, { nodeId: NODE, brokerEpoch })
  const heartbeats = new Heartbeats({
    ...{ calls, clock, local: liveness, logger: silentLogger, onFatal: fatal },
    ...{ intervalMs: 2_000, sessionTimeoutMs: 9_000, onCommitted: () => {} },
    broker: { nodeId: NODE, brokerEpoch, incarnationId: identity.incarnationId },
    listeners: { kafka: place, grpc: place },
    publishedOffset: () => loader.publishedImage.metadataOffset,
  })
  heartbeats.start()
  await settle()
  quorum.lose(2)
  await clock.advance(LONG_MS)
  quorum.lead(3)
  await clock.advance(1_000)
  quorum.commit()
  await inService
  expect(loader.committedImage.brokers.get(NODE)).toMatchObject({ fenced: false })
  const closed = heartbeats.close()
  await clock.advance(1_000)
  await closed
  liveness.close()
  calls.close()
})

test('a node that stops waits no longer', async () => {
  const clock = new ManualClock()
  const fatal = (error: Error) => expect.unreachable(error.message)
  const calls = new LeaderCalls({
    ...{ self: NODE, clock, fatal, addresses: { candidates: () => [] } },
    ...{ controllers: () => [], isLeader: () => false, requestTimeoutMs: 1_000 },
  })
  const cluster = { commands: new ActiveController(calls, null), loader: createLoader([], fatal) }
  const place = { host: 'localhost', port: 9092, rack: null, ...FIRST_LIFE }
  const identity = { nodeId: NODE, incarnationId: uuid(1), directoryId: uuid(2) }
  const registration = registerBroker(cluster, { ...identity, ...place })
  await clock.advance(1_000)
  calls.close()
  await expect(registration).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
})
