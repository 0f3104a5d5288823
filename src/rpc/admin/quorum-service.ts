/**
 * Serves the administration of the quorum, on every node. What was passed on once is not passed on
 * again: two nodes that take each other for the leader would otherwise ask each other for ever.
 */
import type { QuorumAdmin } from '../../quorum/admin.ts'
import type { Leadership } from '../../quorum/ports.ts'
import type { Caller, Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { NotControllerError, withLeader } from '../not-controller.ts'
import type { Unary } from '../service.ts'
import { quorumMethods } from './quorum-methods.ts'
import { limitsOf, serveAdmin } from './serving.ts'

export interface QuorumServiceOptions {
  /** The quorum's own, when this node is a replica of it. */
  readonly local: QuorumAdmin | null
  /** The leader's (`ActiveQuorum`), asked for somebody with these limits. */
  readonly anywhere: (limits: CallOptions) => QuorumAdmin
  readonly leadership: () => Leadership
}

export function quorumService({
  local,
  anywhere,
  leadership,
}: QuorumServiceOptions): readonly Served[] {
  const serve = <Request extends { readonly hereOnly: boolean }, Response>(
    method: Unary<Request, Response>,
    act: (quorum: QuorumAdmin, request: Request, signal: Caller['signal']) => Promise<Response>,
  ): Served =>
    serveAdmin(method, async (request, caller) => {
      const { signal } = caller
      try {
        const quorum = request.hereOnly ? local : anywhere(limitsOf(caller))
        if (quorum === null) throw new NotControllerError('this node is no controller', null)
        return await act(quorum, request, signal)
      } catch (thrown) {
        throw withLeader(thrown, leadership())
      }
    })
  const { describe, transfer, add, remove } = quorumMethods
  const done = () => null
  return [
    serve(describe, (quorum) => quorum.describe()),
    serve(transfer, (quorum, { to }, signal) => quorum.transfer(to, signal).then(done)),
    serve(add, (quorum, { voter, replaces }, signal) =>
      quorum.add(voter, replaces, signal).then(done),
    ),
    serve(remove, (quorum, { nodeIds, directoryId }, signal) =>
      quorum.remove(nodeIds, signal, directoryId).then(done),
    ),
  ]
}
