/**
 * Goal: a quorum is founded by all of its voters or by nobody; whatever is lost in between, there
 * are never two (SAFETY S1), and a founder that was wiped waits to be added.
 * Method: the real founding over peers whose calls the test lets through in an order it draws;
 * nodes stop, lose their disks and start in any order.
 */
import { describe, expect, test } from 'vitest'
import { asError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { foundQuorum, mayBind, type FoundingResult } from '../../../src/quorum/founding.ts'
import type { FoundingPeers, Introduction, VoterAddress } from '../../../src/quorum/ports.ts'
import { NO_QUORUM_STATE, type QuorumState } from '../../../src/quorum/quorum-state.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { dice, type Dice } from '../../support/log-text.ts'
import { uuid } from '../metadata/images.ts'

const VOTERS: readonly VoterAddress[] = [1, 2, 3].map((id) => ({
  nodeId: asNodeId(id),
  host: 'localhost',
  port: id,
}))

/**
 * Sets of founders that were ever believed to be complete. A second one is another cluster, unless
 * every disk of the first one is lost: then there is nothing left to be at odds with.
 */
class Foundings {
  readonly sets = new Set<string>()
  violations = 0

  note({ founded, founders }: QuorumState, disks: readonly ReplicaKey[]): void {
    if (!founded) return
    const set = [...(founders ?? [])].sort().join()
    if (this.sets.has(set)) return
    const isLeft = (other: string) => disks.some((disk) => other.split(',').includes(disk))
    if ([...this.sets].some(isLeft)) this.violations += 1
    this.sets.add(set)
  }
}

class Founder {
  readonly nodeId
  readonly #world: World
  #disks = 0
  /** On its disk. */
  state: QuorumState = NO_QUORUM_STATE
  self: ReplicaKey
  /** Of this life; null while it does not run. */
  #life: AbortController | null = null
  result: FoundingResult | null = null
  failure: Error | null = null

  constructor(world: World, nodeId: number) {
    this.#world = world
    this.nodeId = asNodeId(nodeId)
    this.self = this.#key()
  }

  #key(): ReplicaKey {
    return replicaKey({ nodeId: this.nodeId, directoryId: uuid(100 * this.nodeId + this.#disks) })
  }

  get isUp(): boolean {
    return this.#life !== null
  }

  start(): void {
    const life = new AbortController()
    this.#life = life
    this.result = null
    if (this.state.founded) return
    const change = (changes: Partial<QuorumState>) => {
      this.state = { ...this.state, ...changes }
      const disks = this.#world.founders.map(({ self }) => self)
      this.#world.foundings.note(this.state, disks)
    }
    const storage = {
      get state() {
        return owner.state
      },
      bind: (founders: readonly ReplicaKey[]) => change({ founders }),
      found: () => change({ founded: true }),
    }
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the getter above has its own
    const owner = this
    const peers: FoundingPeers = {
      introduce: (to, introduction, proposed) =>
        this.#world.carry(() => {
          if (life.signal.aborted) throw new Error('gone')
          return this.#world.founder(to.nodeId).answer(introduction, proposed)
        }),
      onIntroduction() {},
    }
    const { clock } = this.#world
    const introduction = () => this.introduction
    const options = { self: this.self, voters: VOTERS, storage, peers, introduction, clock }
    void foundQuorum({ ...options, logger: silentLogger }, life.signal).then(
      (result) => {
        if (!life.signal.aborted) this.result = result
      },
      (thrown: unknown) => {
        this.failure = asError(thrown)
      },
    )
  }

  stop(): void {
    this.#life?.abort()
    this.#life = null
  }

  wipe(): void {
    this.stop()
    this.#disks += 1
    this.self = this.#key()
    this.state = NO_QUORUM_STATE
  }

  /** Its log is gone; what says whose directory it is stays. */
  forget(): void {
    this.stop()
    this.state = NO_QUORUM_STATE
  }

  get introduction(): Introduction {
    const { founders, founded } = this.state
    return { replica: this.self, incarnationId: uuid(9), clusterId: null, founders, founded }
  }

  answer(_from: Introduction, proposed: readonly ReplicaKey[] | null): Introduction {
    if (!this.isUp) throw new Error('refused')
    const storage = { state: this.state, bind() {}, found() {} }
    if (proposed && mayBind({ self: this.self, voters: VOTERS, storage }, proposed))
      this.state = { ...this.state, founders: proposed }
    return this.introduction
  }
}

/** The network: calls wait until they are let through, in any order. */
class World {
  readonly clock = new ManualClock()
  readonly foundings = new Foundings()
  readonly founders = VOTERS.map(({ nodeId }) => new Founder(this, nodeId))
  #waiting: (() => void)[] = []

  founder(nodeId: number): Founder {
    const found = this.founders[nodeId - 1]
    if (found === undefined) throw new Error(`there is no node ${nodeId}`)
    return found
  }

  carry<Result>(call: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          const result = call()
          // The answer travels too.
          this.#waiting.push(() => resolve(result))
        } catch (thrown) {
          reject(asError(thrown))
        }
      })
    })
  }

  /** Lets one call or answer through; returns whether there was one. */
  async deliver(random: Dice): Promise<boolean> {
    const [next] = this.#waiting.splice(random.int(0, Math.max(0, this.#waiting.length - 1)), 1)
    next?.()
    await settle()
    return next !== undefined
  }

  /** Everything arrives, for so long that everybody has asked everybody a few times. */
  async calm(random: Dice): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      while (await this.deliver(random));
      await this.clock.advance(1_000)
    }
  }
}

async function drawn(seed: number): Promise<World> {
  const random = dice(seed)
  const world = new World()
  for (let step = 0; step < 120; step += 1) {
    const node = world.founder(random.int(1, 3))
    const what = random.int(0, 19)
    if (what === 0) node.wipe()
    else if (what < 3) node.stop()
    else if (what < 6 && !node.isUp) node.start()
    else if (what < 8) await world.clock.advance(200)
    else await world.deliver(random)
  }
  for (const node of world.founders) if (!node.isUp) node.start()
  await world.calm(random)
  return world
}

describe('a founding', () => {
  test('happens once all are there, and not before', async () => {
    const world = new World()
    const random = dice(1)
    world.founder(1).start()
    world.founder(2).start()
    await world.calm(random)
    expect(world.founders.map(({ state }) => state.founders)).toEqual([null, null, null])
    world.founder(3).start()
    await world.calm(random)
    expect(world.founders.map(({ result }) => result)).toEqual(['founded', 'founded', 'founded'])
    expect(world.foundings.sets.size).toBe(1)
  })

  test('that lost a disk on the way waits for nobody else to take its place', async () => {
    const world = new World()
    const random = dice(2)
    // 1 and 2 run, 3 never did. 2 loses its disk as 3 starts.
    world.founder(1).start()
    world.founder(2).start()
    await world.calm(random)
    world.founder(2).wipe()
    world.founder(3).start()
    world.founder(2).start()
    await world.calm(random)
    expect(world.foundings.sets.size).toBe(1)
  })

  test('is over: who lost its disk after it waits to be added', async () => {
    const world = new World()
    const random = dice(3)
    for (const founder of world.founders) founder.start()
    await world.calm(random)
    world.founder(2).wipe()
    world.founder(2).start()
    await world.calm(random)
    expect(world.founder(2).result).toBe('apart')
    expect(world.founder(2).state).toEqual(NO_QUORUM_STATE)
    expect(world.foundings.sets.size).toBe(1)
  })

  test('is over: who forgot that it is a founder does not become one again', async () => {
    const world = new World()
    const random = dice(4)
    for (const founder of world.founders) founder.start()
    await world.calm(random)
    const founder = world.founder(2)
    founder.forget()
    founder.start()
    await world.calm(random)
    expect(founder.failure).toMatchObject({ code: 'METADATA_UNUSABLE' })
    expect(founder.state).toEqual(NO_QUORUM_STATE)
  })

  test('never happens twice, whatever stops and is lost in between', async () => {
    let founded = 0
    for (let seed = 1; seed <= 200; seed += 1) {
      const { foundings } = await drawn(seed)
      expect(foundings.violations, `seed ${seed}`).toBe(0)
      founded += Math.min(1, foundings.sets.size)
    }
    // Most histories do get there.
    expect(founded).toBeGreaterThan(100)
  })
})
