/**
 * NOT_CONTROLLER across processes: certainly nothing was done, and perhaps it is known who leads.
 * Travels as a status whose trailers name the leader; a node that could not be reached, or does not
 * serve what was asked, counts as one that is not the controller.
 */
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import type { Leadership } from '../quorum/ports.ts'
import { RpcError } from './status.ts'

/** Who leads, in which epoch. */
export interface KnownLeader {
  readonly nodeId: NodeId
  readonly epoch: number
}

export class NotControllerError extends LograftError<'NOT_CONTROLLER'> {
  override readonly name = 'NotControllerError'
  /** As the node that was asked knows it. */
  readonly leader: KnownLeader | null

  /** It was not even asked: there was no connection. */
  readonly isUnreachable: boolean

  constructor(
    message: string,
    leader: KnownLeader | null,
    { isUnreachable = false, ...options }: ErrorOptions & { readonly isUnreachable?: boolean } = {},
  ) {
    super('NOT_CONTROLLER', message, options)
    this.leader = leader
    this.isUnreachable = isUnreachable
  }
}

/** What a handler throws instead of `thrown`: the same, and who leads. */
export function withLeader(
  thrown: unknown,
  { epoch, leaderId }: Pick<Leadership, 'epoch' | 'leaderId'>,
): unknown {
  if (!(thrown instanceof LograftError) || thrown.code !== 'NOT_CONTROLLER') return thrown
  const facts =
    leaderId === null ? {} : { 'leader-id': String(leaderId), 'leader-epoch': String(epoch) }
  return new RpcError('UNAVAILABLE', thrown.message, { reason: 'NOT_CONTROLLER', facts })
}

/** The leader that such a status names. */
export function leaderIn({ facts }: RpcError): KnownLeader | null {
  const { 'leader-id': id = '', 'leader-epoch': epoch = '' } = facts
  if (!/^\d{1,10}$/.test(id) || !/^\d{1,15}$/.test(epoch)) return null
  return { nodeId: asNodeId(Number(id)), epoch: Number(epoch) }
}
