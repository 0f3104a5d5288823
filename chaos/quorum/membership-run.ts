/**
 * One run of the chaos of voters that come and go. A round takes three of them to five (one of them
 * down meanwhile, every other time), five to three (the leader among those that go), and replaces
 * one that was killed for good, by the same id and by another one in turn. Nodes that were let go
 * come back with what they have stored.
 */
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { longestSilence } from './gaps.ts'
import { LoadedCluster } from './loaded-cluster.ts'
import type { ChaosRun, Measurement } from './verdict.ts'
import { Voters } from './voters.ts'

const FOUNDERS = [1, 2, 3]
/** Two that are added, and one to take the place of a dead one, at the beginning. */
const SPARES = 3

export interface MembershipRunOptions {
  readonly directory: string
  readonly seed: number
  readonly rounds: number
  readonly electionTimeoutMs: number
}

export class MembershipRun implements ChaosRun {
  readonly loaded: LoadedCluster
  readonly measured: Measurement[] = []
  readonly #cluster: ProcessCluster
  readonly #random: Dice
  readonly #voters: Voters
  /** Node ids that may be used: those that do not vote wait to be recruited. */
  #ids: readonly number[]
  #rounds = 0

  private constructor(
    { directory, seed, rounds, electionTimeoutMs }: MembershipRunOptions,
    cluster: ProcessCluster,
  ) {
    const random = dice(seed)
    this.#cluster = cluster
    this.#random = random
    this.#ids = idsUpTo(FOUNDERS.length + sparesFor(rounds))
    const members = (): readonly number[] => this.#voters.ids
    this.loaded = new LoadedCluster({ directory, cluster, random, members })
    const { loaded } = this
    this.#voters = new Voters({ cluster, loaded, random, electionTimeoutMs, founders: FOUNDERS })
  }

  /** Three voters that serve, and load on them. */
  static async start(options: MembershipRunOptions): Promise<MembershipRun> {
    const cluster = await ProcessCluster.start({
      directory: options.directory,
      voters: FOUNDERS.length,
      spares: sparesFor(options.rounds),
      set: {
        'controller.quorum.election.timeout.ms': options.electionTimeoutMs,
        'log.segment.delete.delay.ms': 100,
        // Small enough that whoever is new needs a snapshot.
        'metadata.log.max.record.bytes.between.snapshots': 20_000,
      },
    })
    return new MembershipRun(options, cluster)
  }

  async round(): Promise<boolean> {
    this.#rounds += 1
    const isOdd = this.#rounds % 2 === 1
    const steps = [
      () => this.#grow({ oneIsDown: isOdd }),
      () => this.#transfer(),
      () => this.#shrink({ atOnce: isOdd }),
      () => this.#replace({ sameId: isOdd }),
    ]
    for (const step of steps) {
      if ((await this.loaded.steady()) === null) return false
      await step()
      await this.#agree(`in round ${this.#rounds}`)
      if (!this.loaded.isSound) return false
    }
    return true
  }

  /** Stops the load, checks everything, and once more after all nodes were killed and started. */
  async finish(): Promise<boolean> {
    const { ids } = this.#voters
    await this.loaded.stopLoad()
    await this.#agree('at the end')
    await Promise.all(ids.map((nodeId) => this.#cluster.kill(nodeId)))
    await this.#cluster.startAll(ids)
    await this.#agree('after a restart of all')
    await this.loaded.stopNodes(ids)
    return this.loaded.isSound
  }

  async #agree(when: string): Promise<void> {
    if (this.loaded.isSound) await this.#voters.areShown(when)
    if (this.loaded.isSound) await this.loaded.check(when)
  }

  // --- from three to five

  async #grow({ oneIsDown }: { readonly oneIsDown: boolean }): Promise<void> {
    const [first = 0, second = 0] = this.#shuffled(this.#spares())
    if (oneIsDown) await this.#addWithOneDown(first)
    else await this.#add(first, 'add')
    if (!this.loaded.isSound || !(await this.#add(second, 'add'))) return
    const everybody = this.#voters.ids
    await this.#voters.isRefused(
      ['remove', ...everybody.map(String)],
      /5 voters, \d down: removing 5 leaves no majority/,
    )
  }

  /** A voter is down, and so no other can be let go; another one can come. */
  async #addWithOneDown(nodeId: number): Promise<void> {
    const [down = 0, up = 0] = this.#shuffled(this.#voters.ids)
    await this.#measure('kill', `kill of voter ${down}`, async () => {
      await this.#cluster.kill(down)
      await this.#voters.areMissing(down)
      return true
    })
    const arithmetic =
      /3 voters, 1 down: removing 1 leaves no majority \(2 voters, 1 of them up, 2 needed\)/
    if (!(await this.#voters.isRefused(['remove', String(up)], arithmetic))) return
    if (await this.#add(nodeId, 'add, one down')) await this.#cluster.start(down)
  }

  async #add(nodeId: number, kind: string): Promise<boolean> {
    const place = await this.#recruit(nodeId)
    const isAdded = await this.#measure(kind, `${kind}: node ${nodeId}`, () =>
      this.#voters.change(['add', place], [...this.#voters.ids, nodeId]),
    )
    if (isAdded) await this.#cluster.ready(nodeId)
    return isAdded
  }

  // --- from five to three

  async #shrink({ atOnce }: { readonly atOnce: boolean }): Promise<void> {
    const leader = await this.loaded.steady()
    if (leader === null) return
    const [other = 0] = this.#shuffled(this.#voters.ids.filter((nodeId) => nodeId !== leader))
    const leaving = this.#shuffled([leader, other])
    const steps = atOnce ? [leaving] : leaving.map((nodeId) => [nodeId])
    for (const step of steps) {
      const kind = step.includes(leader) ? 'remove, the leader too' : 'remove'
      const ids = this.#voters.ids.filter((nodeId) => !step.includes(nodeId))
      const isDone = await this.#measure(kind, `remove of ${step.join(' and ')}`, () =>
        this.#voters.change(['remove', ...step.map(String)], ids),
      )
      if (!isDone) return
    }
    await this.loaded.stopNodes(leaving)
  }

  // --- a machine that is lost

  async #replace({ sameId }: { readonly sameId: boolean }): Promise<void> {
    const leader = await this.loaded.steady()
    if (leader === null) return
    const lost = this.#random.next() < 0.5 ? leader : this.#random.pick(this.#voters.ids)
    const kind = sameId ? 'kill and replace by the same id' : 'kill and replace by another id'
    const nodeId = sameId ? lost : this.#random.pick(this.#spares())
    const left = this.#voters.ids.filter((voter) => voter !== lost)
    const what = `kill of ${lost}${lost === leader ? ', the leader' : ''}, replaced by ${nodeId}`
    const isReplaced = await this.#measure(kind, what, async () => {
      await this.#cluster.kill(lost)
      this.#cluster.wipe(lost)
      // Its broker stays registered, and so its id is not free.
      if (!sameId) this.#ids = this.#ids.filter((id) => id !== lost)
      const place = await (sameId ? this.#recruit(nodeId, true) : this.#recruit(nodeId))
      return this.#voters.change(['replace', String(lost), place], [...left, nodeId])
    })
    if (isReplaced) await this.#cluster.ready(nodeId)
  }

  // ---

  async #transfer(): Promise<void> {
    const to = this.#random.next() < 0.5 ? null : this.#random.pick(this.#voters.ids)
    const what = `transfer to ${to ?? 'the best prepared'}`
    await this.#measure('transfer', what, () => this.#voters.transfer(to))
  }

  /** The longest silence while something is done, and until it is seen to go on. */
  async #measure(kind: string, what: string, act: () => Promise<boolean>): Promise<boolean> {
    const { history } = this.loaded
    const fromMs = history.nowMs()
    history.note(what)
    if (!(await act())) return false
    const gapMs = await this.loaded.gapSince(history.nowMs(), () => true)
    if (gapMs === null) return false
    const bounds = { fromMs, toMs: history.nowMs() }
    this.measured.push({ kind, what, gapMs: longestSilence(history.operations, bounds) })
    return true
  }

  /** Starts a node that waits to be added; as `lograft quorum` takes it. */
  async #recruit(nodeId: number, isNew = !this.#cluster.nodeIds.includes(nodeId)): Promise<string> {
    if (isNew) this.#cluster.recruit(nodeId)
    else this.#cluster.spawn(nodeId)
    return `${nodeId}@${formatHostPort(await this.#cluster.bound(nodeId))}`
  }

  #spares(): readonly number[] {
    return this.#ids.filter((nodeId) => !this.#voters.ids.includes(nodeId))
  }

  #shuffled(ids: readonly number[]): readonly number[] {
    return ids
      .map((id) => ({ id, rank: this.#random.next() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ id }) => id)
  }
}

/** One more for each id that is lost for good. */
const sparesFor = (rounds: number) => SPARES + Math.floor(rounds / 2)

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
