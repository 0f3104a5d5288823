/**
 * The administration of the quorum as every node has it: by the leader, wherever it is. Changes are
 * asked for once, or it is said that it is open whether they take effect; they wait as long as
 * whoever asked does.
 */
import type { NodeId } from '../../base/ids.ts'
import type { NewVoter, QuorumAdmin, QuorumDescription } from '../../quorum/admin.ts'
import type { CallOptions, LeaderCalls } from '../leader-calls.ts'
import { NotControllerError } from '../not-controller.ts'
import { QuorumClient } from './quorum-client.ts'

/** A new voter may have much to catch up with. */
const CHANGE_TIMEOUT_MS = 60 * 60_000
/** Whoever asks waits, and wants to know that nobody leads. */
const SEARCH_MS = 10_000

export class ActiveQuorum implements QuorumAdmin {
  readonly #calls: LeaderCalls
  readonly #local: QuorumAdmin | null
  readonly #limits: CallOptions

  /**
   * `local`: the quorum's own administration, when this node is a replica of it. `limits`: of the
   * one for whom it is asked.
   */
  constructor(calls: LeaderCalls, local: QuorumAdmin | null, limits: CallOptions) {
    this.#calls = calls
    this.#local = local
    this.#limits = limits
  }

  describe(): Promise<QuorumDescription> {
    return this.#ask((quorum) => quorum.describe(), { repeatable: true }, { searchMs: SEARCH_MS })
  }

  transfer(to: NodeId | null, signal: AbortSignal): Promise<void> {
    return this.#change((quorum, ends) => quorum.transfer(to, ends), signal)
  }

  add(voter: NewVoter, replaces: NodeId | null, signal: AbortSignal): Promise<void> {
    return this.#change((quorum, ends) => quorum.add(voter, replaces, ends), signal)
  }

  remove(
    nodeIds: readonly NodeId[],
    signal: AbortSignal,
    directoryId: string | null = null,
  ): Promise<void> {
    return this.#change((quorum, ends) => quorum.remove(nodeIds, ends, directoryId), signal)
  }

  #change(
    change: (quorum: QuorumAdmin, signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const options = { timeoutMs: CHANGE_TIMEOUT_MS, searchMs: SEARCH_MS, signal }
    return this.#ask((quorum) => change(quorum, signal), { repeatable: false }, options)
  }

  #ask<Result>(
    ask: (quorum: QuorumAdmin) => Promise<Result>,
    { repeatable }: { readonly repeatable: boolean },
    options: CallOptions,
  ): Promise<Result> {
    const here = async () => {
      if (this.#local === null) throw new NotControllerError('this node is no controller', null)
      return ask(this.#local)
    }
    return this.#calls.call(
      {
        here,
        there: (channel, limits) => ask(new QuorumClient(channel, limits, { hereOnly: true })),
        repeatable,
      },
      { ...this.#limits, ...options },
    )
  }
}
