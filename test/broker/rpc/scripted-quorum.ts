/**
 * A node that administers the quorum over real gRPC, and does what a test says: the service and all
 * below it are ours, the quorum behind it is the test's.
 */
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import type { NewVoter, QuorumAdmin, QuorumDescription } from '../../../src/quorum/admin.ts'
import type { Leadership } from '../../../src/quorum/ports.ts'
import { ActiveQuorum } from '../../../src/rpc/admin/active-quorum.ts'
import { quorumService } from '../../../src/rpc/admin/quorum-service.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { LeaderCalls, type CallOptions } from '../../../src/rpc/leader-calls.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { uuid } from '../../unit/metadata/images.ts'

export const DESCRIPTION: QuorumDescription = {
  clusterId: uuid(1),
  leaderId: asNodeId(2),
  epoch: 7,
  highWatermark: 1_200,
  logEndOffset: 1_203,
  replicas: [
    replica(1, { logEndOffset: 1_190, silentMs: 40, behindMs: 2_500 }),
    replica(2, { logEndOffset: 1_203, silentMs: 0, behindMs: 0 }),
    {
      ...replica(3, { logEndOffset: null, silentMs: 7_200_000, behindMs: 7_200_000 }),
      address: null,
      role: 'learner',
    },
  ],
}

function replica(
  nodeId: number,
  state: { logEndOffset: number | null; silentMs: number; behindMs: number },
) {
  return {
    nodeId: asNodeId(nodeId),
    directoryId: uuid(100 + nodeId),
    role: 'voter' as const,
    address: { host: `controller-${nodeId}`, port: 9093 },
    ...state,
  }
}

/** Writes down what it is asked for. */
export class ScriptedQuorum implements QuorumAdmin {
  readonly asked: string[] = []
  /** Instead of what is asked for. */
  refusal: LograftError | null = null
  /** Changes wait for it, and for the one who asked. */
  held: Promise<void> = Promise.resolve()
  /** Signals of changes under way. */
  readonly signals: AbortSignal[] = []
  description = DESCRIPTION

  describe() {
    this.#ask('describe')
    return Promise.resolve(this.description)
  }

  transfer(to: number | null, signal: AbortSignal) {
    return this.#change(`transfer to ${to}`, signal)
  }

  add({ nodeId, host, port, directoryId }: NewVoter, replaces: number | null, signal: AbortSignal) {
    const disk = directoryId ? ` (${directoryId})` : ''
    return this.#change(`add ${nodeId}@${host}:${port}${disk}, replaces ${replaces}`, signal)
  }

  remove(nodeIds: readonly number[], signal: AbortSignal, directoryId?: string | null) {
    const disk = directoryId ? ` (${directoryId})` : ''
    return this.#change(`remove ${nodeIds.join()}${disk}`, signal)
  }

  async #change(what: string, signal: AbortSignal): Promise<void> {
    this.signals.push(signal)
    this.#ask(what)
    await this.held
  }

  #ask(what: string): void {
    this.asked.push(what)
    if (this.refusal) throw this.refusal
  }
}

/** A leader that refuses to be one. */
export function notLeading(): ScriptedQuorum {
  const quorum = new ScriptedQuorum()
  quorum.refusal = new LograftError('NOT_CONTROLLER', 'this node does not lead')
  return quorum
}

export interface QuorumNode {
  readonly address: HostPort
  readonly calls: LeaderCalls
  close(): Promise<void>
}

/** Serves a node; `leads`: what it says of itself. `others`: where it finds other controllers. */
export async function serveQuorum(
  nodeId: number,
  {
    local,
    leads,
    leadership = { epoch: 7, leaderId: null, isLeader: leads },
    others = {},
    fatal,
  }: {
    readonly local: QuorumAdmin | null
    readonly leads: boolean
    readonly leadership?: Leadership
    readonly others?: Readonly<Record<number, { readonly address: HostPort }>>
    readonly fatal: (error: Error) => void
  },
): Promise<QuorumNode> {
  const configured = new Map(
    Object.entries(others).map(([id, { address }]) => [asNodeId(Number(id)), address] as const),
  )
  const calls = new LeaderCalls({
    self: asNodeId(nodeId),
    addresses: new AddressBook({ configured }),
    clock: hostClock,
    fatal,
    controllers: () => [...configured.keys()],
    isLeader: () => leads,
    requestTimeoutMs: 2_000,
  })
  const server = new RpcServer({ clock: hostClock, fatal })
  const anywhere = (limits: CallOptions) => new ActiveQuorum(calls, local, limits)
  server.add(quorumService({ local, anywhere, leadership: () => leadership, node: null }))
  const address = await server.bind({ host: '127.0.0.1', port: 0 })
  const close = async () => {
    calls.close()
    await server.close()
  }
  return { address, calls, close }
}
