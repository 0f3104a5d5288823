/**
 * Who votes, as a person has it: `lograft quorum`, real processes, through any node that votes. A
 * change that ends open is looked at and asked for again; any other failure is a fault.
 */
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import type { QuorumDescription } from '../../src/quorum/admin.ts'
import { run, type CommandResult } from '../../test/support/command.ts'
import type { Dice } from '../../test/support/log-text.ts'
import { eventually } from '../../test/support/within.ts'
import type { LoadedCluster } from './loaded-cluster.ts'

/** Less than what a command is waited for, so that it says why. */
const TIMEOUT = '40s'
const CHANGED_WITHIN_MS = 90_000
const SHOWN_WITHIN_MS = 30_000

/** Nobody knows what came of it, or nothing did and it may be asked for again. */
const IS_PASSING = /try again|is open|may still take effect|did not take over|leads now|again later/

export interface VotersOptions {
  readonly cluster: ProcessCluster
  readonly loaded: LoadedCluster
  readonly random: Dice
  readonly electionTimeoutMs: number
  readonly founders: readonly number[]
}

export class Voters {
  readonly #options: VotersOptions
  #ids: readonly number[]

  constructor(options: VotersOptions) {
    this.#options = options
    this.#ids = options.founders
  }

  /** As they are by now. */
  get ids(): readonly number[] {
    return this.#ids
  }

  /** Changes them to `ids` by this command; false, and a fault, when that cannot be done. */
  async change(args: readonly string[], ids: readonly number[]): Promise<boolean> {
    const isDone = await this.#until(args, async () => sameIds(await this.#shownIds(), ids))
    if (isDone) this.#ids = ids
    return isDone
  }

  /** Lets another voter lead: that one, or whoever is best prepared. */
  transfer(to: number | null): Promise<boolean> {
    return this.#until(['transfer', ...(to === null ? [] : [String(to)])], () => false)
  }

  /** Asks for what must be refused with this arithmetic; anything else is a fault. */
  async isRefused(args: readonly string[], arithmetic: RegExp): Promise<boolean> {
    const { code, stderr } = await this.#lograft(args)
    if (code === 1 && arithmetic.test(stderr)) return true
    this.#options.loaded.faults.push(
      `quorum ${args.join(' ')} was to be refused with ${arithmetic.source}, ended with ${code}: ` +
        stderr.trim(),
    )
    return false
  }

  /** Waits until the leader has not heard of a node for longer than an election takes. */
  async areMissing(nodeId: number): Promise<void> {
    await eventually(SHOWN_WITHIN_MS, `silence of node ${nodeId}`, async () => {
      const shown = (await this.#status())?.replicas.find((one) => one.nodeId === nodeId)
      return shown !== undefined && shown.silentMs > 2 * this.#options.electionTimeoutMs
    })
  }

  /** Waits until `quorum status` shows the voters, all of them there; a fault when it does not. */
  async areShown(when: string): Promise<void> {
    const { loaded, electionTimeoutMs } = this.#options
    let shown: QuorumDescription | null = null
    try {
      await eventually(SHOWN_WITHIN_MS, 'the voters in `quorum status`', async () => {
        shown = await this.#status()
        return shown !== null && isExpected(shown, this.#ids, electionTimeoutMs)
      })
    } catch {
      const found = shown === null ? 'nothing' : JSON.stringify(shown)
      loaded.faults.push(`${when}: voters ${this.#ids.join()} expected, status shows ${found}`)
    }
  }

  async #until(
    args: readonly string[],
    isSeen: () => Promise<boolean> | boolean,
  ): Promise<boolean> {
    const { loaded } = this.#options
    const deadlineMs = loaded.history.nowMs() + CHANGED_WITHIN_MS
    for (;;) {
      const { code, stderr } = await this.#lograft(args)
      if (code === 0) return true
      if (await isSeen()) return true
      if (IS_PASSING.test(stderr) && loaded.history.nowMs() < deadlineMs) continue
      loaded.faults.push(`quorum ${args.join(' ')} ended with ${code}: ${stderr.trim()}`)
      return false
    }
  }

  /** Everybody who votes, if no change is under way. */
  async #shownIds(): Promise<readonly number[] | null> {
    const shown = await this.#status()
    if (shown?.replicas.every(({ role }) => role === 'voter') !== true) return null
    return shown.replicas.map(({ nodeId }) => nodeId)
  }

  /** Null when nobody could say. */
  async #status(): Promise<QuorumDescription | null> {
    const { code, stdout } = await this.#lograft(['status', '--json'])
    return code === 0 ? (JSON.parse(stdout.toString()) as QuorumDescription) : null
  }

  /** Through voters that run, whoever answers first in a random order. */
  async #lograft(args: readonly string[]): Promise<CommandResult> {
    const { cluster, loaded, random } = this.#options
    const running = this.#ids.filter((nodeId) => cluster.isRunning(nodeId))
    const turn = random.int(0, Math.max(0, running.length - 1))
    const places = await Promise.all(
      [...running.slice(turn), ...running.slice(0, turn)].map((id) => cluster.node(id).grpc),
    )
    const grpc = places.map(formatHostPort).join()
    const result = await run(['quorum', ...args, '--grpc', grpc, '--timeout', TIMEOUT])
    const { code, stdout, stderr } = result
    loaded.history.note(`quorum ${args.join(' ')}`, { code, stdout: stdout.toString(), stderr })
    return result
  }
}

function isExpected(
  { leaderId, replicas }: QuorumDescription,
  ids: readonly number[],
  electionTimeoutMs: number,
): boolean {
  const isThere = replicas.every(
    ({ role, address, silentMs, behindMs }) =>
      role === 'voter' &&
      address !== null &&
      silentMs < electionTimeoutMs &&
      behindMs < electionTimeoutMs,
  )
  const shown = replicas.map(({ nodeId }) => nodeId)
  return isThere && sameIds(shown, ids) && ids.includes(leaderId)
}

function sameIds(some: readonly number[] | null, others: readonly number[]): boolean {
  return some?.length === others.length && others.every((id) => some.includes(id))
}
