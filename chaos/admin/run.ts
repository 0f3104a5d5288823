/**
 * One run of the administration's chaos: round after round a plan of many topics is made and
 * carried out while active controllers are killed in the middle of it; in some rounds by two
 * clients whose plans contradict each other. Somebody watches all the time, and is cut off.
 */
import { isDeepStrictEqual } from 'node:util'
import { asError } from '../../src/base/errors.ts'
import type { NodeId } from '../../src/base/ids.ts'
import { isReassigning } from '../../src/controller/reassignment.ts'
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import { clusterMethods, planMethods } from '../../src/rpc/admin/methods.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { eventually, within } from '../../test/support/within.ts'
import type { ChaosRun, Judged, Measurement } from '../quorum/verdict.ts'
import { applyPlan, storyOf, type PlanStory } from './applied.ts'
import { checkLog, checkRivals, checkStory } from './checker.ts'
import { desiredState, otherwise } from './desired.ts'
import { checkDescribed } from './described.ts'
import { Follower, snapshotOf } from './follower.ts'
import { Killer, type Kill } from './killer.ts'
import { Ledger } from './ledger.ts'
import { AdminNodes, NODES, type NodesOptions } from './nodes.ts'

type Plan = lograft.admin.v1.Plan
type MakePlanRequest = lograft.admin.v1.MakePlanRequest

/** A plan, or the peace after it. */
const DONE_WITHIN_MS = 120_000
/** Rounds with two clients: the second, and one in so many. */
const RIVALS_EVERY = 5
const RIVALS_AT = 2
/** Rounds in which nobody watches: one in so many. */
const AWAY_EVERY = 3
/** How often a plan is first sent to the node that is about to die. */
const AT_THE_VICTIM = 0.3

export interface RunOptions extends NodesOptions {
  readonly seed: number
  readonly topics: number
  readonly killsPerRound: number
  /** A client that forgets its key: the verdict must be invalid. */
  readonly isPlanted: boolean
}

export class AdminRun implements ChaosRun, Judged {
  readonly faults: string[] = []
  readonly unknowns: string[] = []
  readonly measured: Measurement[] = []
  readonly loaded = this
  readonly #options: RunOptions
  readonly #random: Dice
  readonly #nodes: AdminNodes
  readonly #ledger: Ledger
  readonly #follower: Follower
  readonly #killer: Killer
  readonly #stories: PlanStory[] = []
  #rounds = 0

  private constructor(options: RunOptions, nodes: AdminNodes) {
    const onFault = (sentence: string) => void this.faults.push(sentence)
    this.#options = options
    this.#nodes = nodes
    const random = (this.#random = dice(options.seed))
    const anotherDice = () => dice(random.int(0, 0x7fff_ffff))
    this.#ledger = new Ledger(nodes, onFault)
    this.#follower = new Follower(nodes, anotherDice(), onFault)
    this.#killer = new Killer({ nodes, ledger: this.#ledger, random: anotherDice(), onFault })
  }

  static async start(options: RunOptions): Promise<AdminRun> {
    return new AdminRun(options, await AdminNodes.start(options))
  }

  async round(): Promise<boolean> {
    this.#rounds += 1
    await this.#settled()
    const { image } = this.#ledger
    const desired = desiredState(image, this.#options.topics, this.#random)
    const all = [await this.#made(desired)]
    if (this.#rounds % RIVALS_EVERY === RIVALS_AT)
      all.push(await this.#made(otherwise(image, desired, this.#random)))
    const stories = all.map((plan, at) => storyOf(plan, `round-${this.#rounds}.${at}`))
    this.#stories.push(...stories)
    const comeBack = this.#rounds % AWAY_EVERY === 0 ? this.#follower.stayAway() : () => {}
    await this.#carriedOut(stories)
    comeBack()
    await this.#killer.allBack()
    await this.#settled()
    this.#judge(stories)
    const [one, other] = stories
    if (one && other) this.faults.push(...checkRivals(one, other, this.#ledger.entries))
    else if (one?.ending === 'done') await this.#checkState(desired)
    await this.#checkFollower()
    return this.faults.length === 0
  }

  /** Everything dies once more, and is what it was; then everything is stopped. */
  async finish(): Promise<boolean> {
    const before = (await snapshotOf(this.#nodes, NODES[0] as NodeId)).things
    await this.#killer.killAll()
    await this.#settled()
    await this.#checkFollower()
    const topicsOf = (things: Readonly<Record<string, unknown>>) =>
      Object.entries(things).filter(([key]) => key.startsWith('topic ') || key.startsWith('config'))
    if (!isDeepStrictEqual(topicsOf(before), topicsOf(this.#follower.held.things)))
      this.faults.push('topics or configurations are others after a restart of all')
    // Keys of long ago are remembered, by whoever leads now.
    for (const story of this.#stories.filter(({ ending }) => ending === 'done').slice(-3))
      await this.#sentAgain(story)
    this.faults.push(...checkLog(this.#ledger.entries))
    if (this.#ledger.missed > 0)
      this.unknowns.push(`${this.#ledger.missed} entries of the log were not seen`)
    await this.#follower.stop()
    this.faults.push(...(await this.#nodes.stop()))
    return this.faults.length + this.unknowns.length === 0
  }

  figures(): readonly string[] {
    const { held, cuts, endings } = this.#follower
    const sum = (of: (story: PlanStory) => number) =>
      this.#stories.reduce((all, story) => all + of(story), 0)
    const told = [...endings].map(([code, times]) => `${times} by ${code}`).join(', ')
    const count = (of: (story: PlanStory) => readonly unknown[]) => sum((story) => of(story).length)
    const already = count((story) => story.told.filter(({ alreadyApplied }) => alreadyApplied))
    const outdated = this.#stories.filter(({ ending }) => ending?.startsWith('PLAN_OUTDATED'))
    const steps = count(({ plan }) => plan.steps)
    const retries = sum((story) => story.retries)
    return [
      `kills         ${this.#killer.kills} of active controllers`,
      `plans         ${this.#stories.length} of ${steps} steps; ${outdated.length} outdated`,
      `events        ${count((story) => story.told)}, ${already} of them already applied`,
      `sent again    ${retries} times`,
      `watcher       ${cuts} times cut off, ended ${told}`,
      `              ${held.entries} entries, ${held.snapshots} snapshots`,
      `log           ${this.#ledger.entries.length} entries`,
    ]
  }

  async close(): Promise<void> {
    await this.#follower.stop()
    await this.#ledger.close()
    await this.#nodes[Symbol.asyncDispose]()
  }

  // --- the parts of a round

  async #made(desired: MakePlanRequest): Promise<Plan> {
    return this.#nodes.client(this.#random.pick(NODES)).call(planMethods.make, desired)
  }

  /** Carries them out, all at once, while active controllers are killed. */
  async #carriedOut(stories: readonly PlanStory[]): Promise<void> {
    const steps = Math.max(...stories.map(({ plan }) => plan.steps.length))
    const wanted = this.#rounds * this.#options.killsPerRound - this.#killer.kills
    const points = Array.from({ length: wanted }, () => this.#random.int(0, steps - 1)).sort(
      (a, b) => a - b,
    )
    const late = AbortSignal.timeout(DONE_WITHIN_MS)
    let done = 0
    let killing = Promise.resolve()
    const open: Kill[] = []
    const isUnderWay = () => stories.some(({ ending }) => ending === null) && !late.aborted
    const strike = async () => {
      const kill = await this.#killer.killActive(isUnderWay)
      if (kill) open.push(kill)
    }
    const killAtPoints = () => {
      while (points[0] !== undefined && points[0] <= done) {
        points.shift()
        killing = killing.then(strike, strike)
      }
    }
    killAtPoints()
    const applying = stories.map((story) =>
      applyPlan(
        story,
        {
          nodes: this.#nodes,
          choose: () => this.#chosen(),
          keyOf: (key, attempt) => (this.#options.isPlanted ? `${key}.${attempt}` : key),
          onTold: (_, { step, alreadyApplied }) => {
            if (alreadyApplied) return
            for (const kill of open.splice(0)) this.#measure(kill, step, steps)
            done = Math.max(done, step + 1)
            killAtPoints()
          },
        },
        late,
      ),
    )
    await Promise.all(applying)
    await killing.catch((thrown: unknown) => this.faults.push(asError(thrown).message))
  }

  #measure({ nodeId, atMs }: Kill, step: number, steps: number): void {
    const what = `kill -9 of controller ${nodeId} before step ${step + 1} of ${steps}`
    this.measured.push({ kind: 'until the next step', what, gapMs: performance.now() - atMs })
  }

  /** Any node that listens; sometimes the one that is about to die. */
  #chosen(): NodeId {
    const { open } = this.#nodes
    const { target } = this.#killer
    if (target !== null && open.includes(target) && this.#random.next() < AT_THE_VICTIM)
      return target
    return this.#random.pick(open.filter((nodeId) => nodeId !== target || open.length === 1))
  }

  /** All brokers are in service, no replica is on its way, and every node has heard of that. */
  async #settled(): Promise<void> {
    const told = this.#stories.flatMap((story) => story.told)
    const newest = Math.max(0, ...told.map(({ metadataOffset }) => metadataOffset))
    const isSettled = () => {
      const { brokers, topics, metadataOffset } = this.#ledger.image
      return (
        metadataOffset >= newest &&
        NODES.every((nodeId) => brokers.get(nodeId)?.fenced === false) &&
        [...topics.byName.values()].every(({ partitions }) => !partitions.some(isReassigning))
      )
    }
    await within(DONE_WITHIN_MS, 'brokers in service, no moves', this.#ledger.until(isSettled))
    const { metadataOffset } = this.#ledger.image
    for (const nodeId of NODES)
      await eventually(DONE_WITHIN_MS, `news at node ${nodeId}`, async () => {
        const asked = new lograft.admin.v1.DescribeClusterRequest()
        const described = await this.#nodes.client(nodeId).call(clusterMethods.describe, asked)
        return described.metadataOffset >= metadataOffset
      })
  }

  async #sentAgain(story: PlanStory): Promise<void> {
    const again = storyOf(story.plan, story.key)
    const choose = () => this.#random.pick(this.#nodes.open)
    const asItIs = { nodes: this.#nodes, choose, keyOf: (key: string) => key, onTold: () => {} }
    await applyPlan(again, asItIs, AbortSignal.timeout(DONE_WITHIN_MS))
    if (again.ending !== 'done' || again.told.some(({ alreadyApplied }) => !alreadyApplied))
      this.faults.push(`${story.key}, sent again in the end: ${again.ending}, or done anew`)
  }

  // --- what must hold

  #judge(stories: readonly PlanStory[]): void {
    for (const story of stories) {
      this.faults.push(...checkStory(story, this.#ledger.entries))
      const isRefused = stories.length > 1 && story.ending?.startsWith('PLAN_OUTDATED')
      if (story.ending !== 'done' && !isRefused)
        this.faults.push(`${story.key} ended with ${story.ending}`)
    }
  }

  /** On every node nothing is left to do, and topics are described as they are desired. */
  async #checkState(desired: MakePlanRequest): Promise<void> {
    for (const nodeId of NODES) {
      const client = this.#nodes.client(nodeId)
      const { steps } = await client.call(planMethods.make, desired)
      for (const { summary } of steps) this.faults.push(`node ${nodeId} would still: ${summary}`)
    }
    const nodeId = this.#random.pick(NODES)
    this.faults.push(...(await checkDescribed(this.#nodes.client(nodeId), desired)))
  }

  /** What the watcher holds is what every node has, at one offset. */
  async #checkFollower(): Promise<void> {
    const { held } = this.#follower
    let differing = 'nothing was compared'
    await eventually(DONE_WITHIN_MS, 'one state', async () => {
      if (this.faults.length > 0) return true
      const snapshots = await Promise.all(NODES.map((nodeId) => snapshotOf(this.#nodes, nodeId)))
      differing = `offsets ${held.offset}; ${snapshots.map(({ offset }) => offset).join()}`
      if (snapshots.some(({ offset }) => offset !== held.offset)) return false
      for (const [at, { things }] of snapshots.entries())
        if (!isDeepStrictEqual(things, held.things))
          this.faults.push(
            `at ${held.offset} the watcher holds something else than node ${NODES[at]}`,
          )
      return true
    }).catch(() => this.faults.push(`watcher and nodes do not come to one state: ${differing}`))
  }
}
