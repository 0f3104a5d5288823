/**
 * Goal: the active controller fences who is silent or gone, and nobody else; lets in who has come
 * up, and lets go who wants to stop, in the order in which nothing is lost; a new one gives
 * everybody time, except those whose process is gone (S23, S24).
 * Method: the real controller over a quorum that commits when the test says so, a clock that stands
 * still, and a network where processes are gone by name of their port.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { BrokerLiveness } from '../../../src/controller/broker-liveness.ts'
import { Controller } from '../../../src/controller/controller.ts'
import type { BrokerPlace } from '../../../src/controller/heartbeats.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { broker, partition, topic } from '../metadata/images.ts'
import { ManualQuorum } from './manual-quorum.ts'
import { seededRandom } from './seeded-random.ts'

const SESSION_MS = 9_000
const SELF = 1

const placeOf = (nodeId: number): BrokerPlace => ({
  kafka: { host: '127.0.0.1', port: nodeId },
  grpc: { host: '127.0.0.1', port: 1_000 + nodeId },
})

/** Nodes in a cluster; those in `gone` refuse connections. */
class Cluster {
  readonly clock = new ManualClock()
  readonly quorum = new ManualQuorum()
  readonly gone = new Set<number>()
  readonly probes: number[] = []
  /** Of the dials that were begun. */
  readonly signals: AbortSignal[] = []
  readonly controller: Controller
  readonly liveness: BrokerLiveness
  readonly #fatal: Error[] = []

  constructor(...records: MetadataRecord[]) {
    this.controller = new Controller({
      quorum: this.quorum,
      random: seededRandom(1),
      logger: silentLogger,
      settings: {
        defaultPartitions: 1,
        defaultReplicationFactor: null,
        foundingConfigs: new Map(),
      },
      configRules: {
        check: (_resource, overrides) => ({ overrides }),
        inheritedItems: () => null,
        effective: () => [],
      },
      onFatal: (error) => this.#fatal.push(error),
    })
    this.liveness = new BrokerLiveness({
      controller: this.controller,
      clock: this.clock,
      logger: silentLogger,
      sessionTimeoutMs: SESSION_MS,
      isGone: ({ kafka: { port } }, signal) => {
        this.probes.push(port)
        this.signals.push(signal)
        return Promise.resolve(this.gone.has(port))
      },
      reachedAt: (nodeId) => (nodeId === asNodeId(SELF) ? null : placeOf(nodeId).grpc),
    })
    this.quorum.subscribe(this.liveness)
    this.quorum.receive(1, { type: 'ClusterId', clusterId: 'c' }, ...records)
    // Behind all their epochs.
    for (let offset = 1; offset < 10; offset += 1) this.quorum.receive(1)
  }

  /** This node is the active controller from now on. */
  lead(epoch = 2): this {
    this.quorum.lead(epoch)
    this.quorum.commit()
    return this
  }

  /** A broker's connection. */
  connect(nodeId: number, brokerEpoch = nodeId) {
    const ended: string[] = []
    const line = this.liveness.open((why) => ended.push(why.message))
    return {
      ended,
      line,
      beat: ({ wantsShutdown = false, metadataOffset = this.offset } = {}) =>
        line.beat(
          {
            ...{ nodeId: asNodeId(nodeId), brokerEpoch, wantsShutdown, metadataOffset },
            incarnationId: broker(nodeId).incarnationId,
          },
          placeOf(nodeId),
        ),
    }
  }

  /** Connects brokers that beat once. */
  connectAll(...nodeIds: number[]) {
    return nodeIds.map((nodeId) => {
      const connection = this.connect(nodeId)
      connection.beat()
      return connection
    })
  }

  /** Lets what was begun go on, and commits what was appended; the records. */
  async commit(): Promise<readonly (readonly MetadataRecord[])[]> {
    await settle()
    const { waiting } = this.quorum
    this.quorum.commit()
    await settle()
    expect(this.#fatal).toEqual([])
    return waiting
  }

  /** Time passes while these brokers beat, and everything commits. */
  async pass(ms: number, ...beating: { beat(): unknown }[]): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 500) {
      await this.clock.advance(Math.min(500, ms - passedMs))
      for (const { beat } of beating) beat()
      await this.commit()
    }
  }

  get offset(): number {
    return this.controller.committedImage.metadataOffset
  }

  get standings(): string {
    return [...this.controller.committedImage.brokers.values()]
      .map(({ nodeId, fenced, inControlledShutdown }) => {
        return `${nodeId}${inControlledShutdown ? '~' : ''}${fenced ? '-' : ''}`
      })
      .join(' ')
  }

  get partitions(): readonly string[] {
    return [...this.controller.committedImage.topics.byName.values()].flatMap(({ partitions }) =>
      [...partitions.values()].map(({ leader, leaderEpoch, isr }) => {
        return `${leader}/${leaderEpoch} [${isr.join()}]`
      }),
    )
  }
}

const three = [1, 2, 3].map((id) => broker(id, { port: id }))

describe('a broker that comes up', () => {
  test('is let in once it has published its registration, and not before', async () => {
    const cluster = new Cluster(broker(1, { fenced: true, brokerEpoch: 40 })).lead()
    const { beat } = cluster.connect(1, 40)
    expect(beat({ metadataOffset: 39 })).toMatchObject({ fenced: true, caughtUp: false })
    expect(await cluster.commit()).toEqual([])
    expect(beat({ metadataOffset: 40 })).toMatchObject({ fenced: true, caughtUp: true })
    beat({ metadataOffset: 41 })
    expect(await cluster.commit()).toHaveLength(1)
    expect(beat()).toMatchObject({ fenced: false, controllerEpoch: 2 })
    expect(cluster.standings).toBe('1')
  })

  test('under an earlier epoch, or as another process, is refused', () => {
    const cluster = new Cluster(broker(1, { brokerEpoch: 40 })).lead()
    expect(() => cluster.connect(1, 39).beat()).toThrow('broker 1 is in epoch 40, not 39')
    expect(() => cluster.connect(2).beat()).toThrow('broker 2 is not registered')
    const { line } = cluster.connect(1, 40)
    const beat = { nodeId: asNodeId(1), brokerEpoch: 40, metadataOffset: 1, wantsShutdown: false }
    expect(() => line.beat({ ...beat, incarnationId: 'other' }, null)).toThrow('another process')
  })
})

describe('a broker that is silent', () => {
  test('is fenced after a session; its next beat lets it in again', async () => {
    const cluster = new Cluster(...three, topic(1), partition(1, 0, [2, 3])).lead()
    const [one, two, silent] = cluster.connectAll(1, 3, 2)
    await cluster.pass(SESSION_MS - 500, one!, two!)
    expect(cluster.standings).toBe('1 2 3')
    await cluster.pass(1_000, one!, two!)
    expect(cluster.standings).toBe('1 2- 3')
    expect(cluster.partitions).toEqual(['3/1 [3]'])
    expect(silent!.beat()).toMatchObject({ fenced: true, caughtUp: true })
    await cluster.commit()
    expect(cluster.standings).toBe('1 2 3')
  })

  test('does not keep its connection for ever', async () => {
    const cluster = new Cluster(...three).lead()
    const [one, silent] = cluster.connectAll(1, 2)
    await cluster.pass(2 * SESSION_MS - 500, one!)
    expect(silent!.ended).toEqual([])
    await cluster.pass(1_000, one!)
    expect(silent!.ended).toEqual([`silent for ${2 * SESSION_MS} ms`])
    expect(() => silent!.beat()).toThrow('not the active controller')
    cluster.connect(2).beat()
    await cluster.commit()
    expect(cluster.standings).toBe('1 2 3-')
  })

  test('that speaks while its fence waits for its turn is not fenced', async () => {
    const cluster = new Cluster(...three).lead()
    const [one, two, three_] = cluster.connectAll(1, 2, 3)
    await cluster.pass(SESSION_MS - 500, one!, two!)
    const registering = cluster.controller.founded()
    await cluster.clock.advance(490)
    // The look at the end of the session and the beat fall together.
    const looked = cluster.clock.advance(10)
    three_!.beat()
    await looked
    await cluster.commit()
    await registering
    expect(cluster.standings).toBe('1 2 3')
  })

  test('is not, when it was this process that stood still', async () => {
    const cluster = new Cluster(...three).lead()
    cluster.connectAll(1, 2, 3)
    const { clock } = cluster
    const began = clock.monotonicMs()
    // A stopped process sees one jump, and its timers all at once.
    clock.monotonicMs = () => began + 60_000
    await clock.advance(500)
    await cluster.commit()
    expect(cluster.standings).toBe('1 2 3')
  })
})

describe('a broken line', () => {
  test('and a process that is gone: fenced at once', async () => {
    const cluster = new Cluster(...three, topic(1), partition(1, 0, [2, 3])).lead()
    const [, two] = cluster.connectAll(1, 2, 3)
    cluster.gone.add(2)
    two!.line.broke()
    await cluster.commit()
    expect(cluster.standings).toBe('1 2- 3')
    expect(cluster.partitions).toEqual(['3/1 [3]'])
    expect(cluster.clock.monotonicMs()).toBe(0)
  })

  test('of a process that listens waits for the session, or for its end', async () => {
    const cluster = new Cluster(...three).lead()
    const [one, two, three_] = cluster.connectAll(1, 2, 3)
    two!.line.broke()
    await cluster.pass(SESSION_MS / 3, one!, three_!)
    expect(cluster.standings).toBe('1 2 3')
    // The listener of a process that dies may be closed behind its connections.
    cluster.gone.add(2)
    await cluster.pass(1_000, one!, three_!)
    expect(cluster.standings).toBe('1 2- 3')
  })

  test('that is replaced is not asked about any more', async () => {
    const cluster = new Cluster(...three).lead()
    const [, two] = cluster.connectAll(1, 2, 3)
    cluster.connectAll(2)
    cluster.gone.add(2)
    two!.line.broke()
    await cluster.commit()
    expect(cluster.probes).toEqual([])
    expect(cluster.standings).toBe('1 2 3')
  })

  test('of most brokers at once fences nobody before the session is over', async () => {
    const cluster = new Cluster(...three).lead()
    const [one, two, three_] = cluster.connectAll(1, 2, 3)
    for (const nodeId of [2, 3]) cluster.gone.add(nodeId)
    for (const { line } of [two!, three_!]) line.broke()
    await cluster.pass(SESSION_MS - 500, one!)
    expect(cluster.standings).toBe('1 2 3')
    await cluster.pass(1_000, one!)
    expect(cluster.standings).toBe('1 2- 3-')
  })
})

describe('a new active controller', () => {
  test('fences who is gone, and gives the silent a full session', async () => {
    const cluster = new Cluster(...three).lead()
    const before = cluster.connectAll(1, 2, 3)
    await cluster.pass(SESSION_MS - 500, ...before)
    cluster.quorum.lose(3)
    // 2 led meanwhile, and died; 3 is slow.
    cluster.gone.add(2)
    cluster.lead(4)
    const [one] = cluster.connectAll(1)
    await cluster.clock.advance(199)
    expect(cluster.probes).toEqual([])
    await cluster.clock.advance(1)
    await cluster.commit()
    expect(cluster.probes).toEqual([2, 3])
    // Without 3 it could be this node that is cut off.
    expect(cluster.standings).toBe('1 2 3')
    const [three_] = cluster.connectAll(3)
    await cluster.commit()
    expect(cluster.standings).toBe('1 2- 3')
    await cluster.pass(SESSION_MS - 700, one!)
    expect(cluster.standings).toBe('1 2- 3')
    await cluster.pass(1_000, one!)
    expect(cluster.standings).toBe('1 2- 3-')
    expect(three_!.beat()).toMatchObject({ fenced: true })
  })

  test('dials many, each on a signal of its own, until it is not active any more', async () => {
    const many = Array.from({ length: 20 }, (_, index) => broker(index + 1, { port: index + 1 }))
    const cluster = new Cluster(...many).lead()
    await cluster.clock.advance(200)
    await settle()
    const { signals } = cluster
    expect(signals).toHaveLength(many.length - 1)
    // What listens on one signal is counted, and more than ten pass for a leak.
    expect(new Set(signals).size).toBe(signals.length)
    expect(signals.some(({ aborted }) => aborted)).toBe(false)
    cluster.liveness.close()
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
  })

  test('hangs up on nobody it does not know, and knows no line of its former time', async () => {
    const cluster = new Cluster(...three).lead()
    const [one] = cluster.connectAll(1)
    cluster.quorum.lose(3)
    expect(one!.ended).toEqual(['this node is not the active controller'])
    expect(() => one!.beat()).toThrow('not the active controller')
    expect(() => cluster.connect(1)).toThrow('not the active controller')
    cluster.lead(4)
    expect(() => one!.beat()).toThrow('not the active controller')
    await cluster.pass(500, ...cluster.connectAll(1, 2, 3))
    expect(cluster.standings).toBe('1 2 3')
  })
})

describe('a broker that wants to stop', () => {
  test('hands over, is let go when all know, and is fenced before it goes', async () => {
    const cluster = new Cluster(...three, topic(1), partition(1, 0, [2, 3])).lead()
    const [one, two, three_] = cluster.connectAll(1, 2, 3)
    expect(two!.beat({ wantsShutdown: true })).toMatchObject({ shouldShutDown: false })
    await cluster.commit()
    expect(cluster.standings).toBe('1 2~ 3')
    expect(cluster.partitions).toEqual(['3/1 [3]'])

    const known = cluster.offset
    one!.beat({ metadataOffset: known })
    three_!.beat({ metadataOffset: known - 1 })
    expect(two!.beat({ wantsShutdown: true })).toMatchObject({ shouldShutDown: false })
    expect(await cluster.commit()).toEqual([])
    three_!.beat({ metadataOffset: known })
    two!.beat({ wantsShutdown: true })
    await cluster.commit()
    expect(cluster.standings).toBe('1 2~- 3')
    expect(two!.beat({ wantsShutdown: true })).toMatchObject({ fenced: true, shouldShutDown: true })
    expect(await cluster.commit()).toEqual([])
  })

  test('and has no heir is fenced at once', async () => {
    const cluster = new Cluster(...three, topic(1), partition(1, 0, [2])).lead()
    const [, two] = cluster.connectAll(1, 2, 3)
    two!.beat({ wantsShutdown: true })
    await cluster.commit()
    expect(cluster.standings).toBe('1 2- 3')
    expect(two!.beat({ wantsShutdown: true })).toMatchObject({ shouldShutDown: true })
    expect(cluster.partitions).toEqual(['-1/1 []'])
  })
})
