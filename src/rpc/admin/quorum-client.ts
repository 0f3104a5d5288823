/**
 * The administration of the quorum behind a channel: one call to one node for each, made once. That
 * node passes on what only the leader can do, unless it is told to answer by itself.
 */
import type { NodeId } from '../../base/ids.ts'
import type { NewVoter, QuorumAdmin, QuorumDescription } from '../../quorum/admin.ts'
import type { RpcChannel } from '../channel.ts'
import type { CommandLimits } from '../command-call.ts'
import { callCommand } from '../command-call.ts'
import type { Unary } from '../service.ts'
import { quorumMethods } from './quorum-methods.ts'

/** Rejects as `QuorumAdmin` says; NOT_CONTROLLER as `NotControllerError`. */
export class QuorumClient implements QuorumAdmin {
  readonly #channel: RpcChannel
  readonly #limits: CommandLimits
  readonly #hereOnly: boolean

  constructor(channel: RpcChannel, limits: CommandLimits, { hereOnly = false } = {}) {
    this.#channel = channel
    this.#limits = limits
    this.#hereOnly = hereOnly
  }

  describe(): Promise<QuorumDescription> {
    return this.#call(quorumMethods.describe, {}, null)
  }

  async transfer(to: NodeId | null, signal: AbortSignal): Promise<void> {
    await this.#call(quorumMethods.transfer, { to }, signal)
  }

  async add(voter: NewVoter, replaces: NodeId | null, signal: AbortSignal): Promise<void> {
    await this.#call(quorumMethods.add, { voter, replaces }, signal)
  }

  async remove(
    nodeIds: readonly NodeId[],
    signal: AbortSignal,
    directoryId: string | null = null,
  ): Promise<void> {
    await this.#call(quorumMethods.remove, { nodeIds, directoryId }, signal)
  }

  #call<Request extends { readonly hereOnly: boolean }, Response>(
    method: Unary<Request, Response>,
    request: Omit<Request, 'hereOnly'>,
    signal: AbortSignal | null,
  ): Promise<Response> {
    const signals = [signal, this.#limits.signal].filter((one) => one instanceof AbortSignal)
    const asked = { ...request, hereOnly: this.#hereOnly } as Request
    return callCommand(this.#channel, method, asked, {
      ...this.#limits,
      signal: AbortSignal.any(signals),
    })
  }
}
