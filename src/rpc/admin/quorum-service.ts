/**
 * Serves the administration of the quorum, on every node. What was passed on once is not passed on
 * again: two nodes that take each other for the leader would otherwise ask each other for ever.
 */
import { LograftError } from '../../base/errors.ts'
import type { NodeId } from '../../base/ids.ts'
import type { QuorumAdmin, QuorumDescription } from '../../quorum/admin.ts'
import type { Leadership } from '../../quorum/ports.ts'
import type { ErrorName } from '../../wire/errors.ts'
import type { Caller, Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { NotControllerError, withLeader } from '../not-controller.ts'
import type { Unary } from '../service.ts'
import { hasKey, onceElsewhere } from './mutation.ts'
import type { AdminNode } from './ports.ts'
import {
  quorumMethods,
  type AddRequest,
  type QuorumChange,
  type RemoveRequest,
  type TransferRequest,
} from './quorum-methods.ts'
import { limitsOf, serveAdmin } from './serving.ts'

export interface QuorumServiceOptions {
  /** The quorum's own, when this node is a replica of it. */
  readonly local: QuorumAdmin | null
  /** The leader's (`ActiveQuorum`), asked for somebody with these limits. */
  readonly anywhere: (limits: CallOptions) => QuorumAdmin
  readonly leadership: () => Leadership
  /** Where keys of requests are noted; null: nowhere. */
  readonly node: AdminNode | null
}

export function quorumService(options: QuorumServiceOptions): readonly Served[] {
  const { describe, transfer, add, remove } = quorumMethods
  return [
    served(options, describe, (quorum) => quorum.describe()),
    change(options, transfer, {
      name: 'Quorum.Transfer',
      act: (quorum, { to }, signal) => quorum.transfer(to, signal),
      isSo: transferred,
    }),
    change(options, add, {
      name: 'Quorum.Add',
      act: (quorum, { voter, replaces }, signal) => quorum.add(voter, replaces, signal),
      isSo: added,
    }),
    change(options, remove, {
      name: 'Quorum.Remove',
      act: (quorum, { nodeIds, directoryId }, signal) =>
        quorum.remove(nodeIds, signal, directoryId),
      isSo: removed,
    }),
  ]
}

function served<Request extends { readonly hereOnly: boolean }, Response>(
  { local, anywhere, leadership }: QuorumServiceOptions,
  method: Unary<Request, Response>,
  answer: (quorum: QuorumAdmin, request: Request, caller: Caller) => Promise<Response>,
): Served {
  return serveAdmin(method, async (request, caller) => {
    try {
      const quorum = request.hereOnly ? local : anywhere(limitsOf(caller))
      if (quorum === null) throw new NotControllerError('this node is no controller', null)
      return await answer(quorum, request, caller)
    } catch (thrown) {
      throw withLeader(thrown, leadership())
    }
  })
}

interface Changing<Request> {
  readonly name: string
  readonly act: (quorum: QuorumAdmin, request: Request, signal: Caller['signal']) => Promise<void>
  /** Whether there is nothing to do. Throws when it cannot be done. */
  readonly isSo: (quorum: QuorumDescription, request: Request) => boolean
}

/** Passed on it is carried out as it comes: the node that was asked first has seen to its key. */
function change<Request extends QuorumChange>(
  options: QuorumServiceOptions,
  method: Unary<Request, Awaited<ReturnType<typeof onceElsewhere>>['mutated'] | null>,
  { name, act, isSo }: Changing<Request>,
): Served {
  return served(options, method, async (quorum, request, caller) => {
    const { node } = options
    const { mutation = null } = request
    const carryOut = () => act(quorum, request, caller.signal)
    if (request.hereOnly || node === null || mutation === null) {
      await carryOut()
      return null
    }
    const mayBeSo = hasKey({ mutation })
    const look = async () => {
      if (mutation.validateOnly) isSo(await quorum.describe(), request)
    }
    const unlessSo = async () => {
      if (!mayBeSo || !isSo(await quorum.describe(), request)) await carryOut()
    }
    const { hereOnly: _hereOnly, ...content } = request
    const wanted = { method: name, request: { ...content, mutation }, look, act: unlessSo }
    return (await onceElsewhere(node, wanted, limitsOf(caller))).mutated
  })
}

function transferred(quorum: QuorumDescription, { to }: TransferRequest): boolean {
  if (to !== null && !isVoter(quorum, to)) throw unfit('VOTER_NOT_FOUND', `no voter ${to}`)
  // Without a name it is somebody else that is wanted, whoever leads.
  return to === quorum.leaderId
}

function added(quorum: QuorumDescription, { voter, replaces }: AddRequest): boolean {
  const { nodeId, directoryId } = voter
  if (replaces !== null && replaces !== nodeId && !isVoter(quorum, replaces))
    if (!isVoter(quorum, nodeId)) throw unfit('VOTER_NOT_FOUND', `no voter ${replaces}`)
  // The same node on another disk is told only by that disk's id.
  if (replaces === nodeId && directoryId === null) return false
  return quorum.replicas.some(
    (replica) =>
      replica.role === 'voter' &&
      replica.nodeId === nodeId &&
      (directoryId === null || replica.directoryId === directoryId),
  )
}

function removed(quorum: QuorumDescription, { nodeIds }: RemoveRequest): boolean {
  const voters = quorum.replicas.filter(({ role }) => role === 'voter')
  if (voters.every(({ nodeId }) => nodeIds.includes(nodeId)))
    throw unfit('INVALID_REQUEST', 'nobody would be left to vote')
  return !quorum.replicas.some(({ nodeId }) => nodeIds.includes(nodeId))
}

function isVoter({ replicas }: QuorumDescription, nodeId: NodeId): boolean {
  return replicas.some((replica) => replica.role === 'voter' && replica.nodeId === nodeId)
}

const unfit = (code: ErrorName, message: string) => new LograftError(code, message)
