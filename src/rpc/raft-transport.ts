/**
 * How replicas reach each other: `RaftTransport` and `FoundingPeers` of `quorum/ports.ts`, over
 * gRPC. It owns a link to each peer, what others open to this node, and the snapshots on their way;
 * it decides nothing. `services` go into the node's `RpcServer`, which outlives it.
 */
import type { Clock } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import type {
  FoundingPeers,
  Introduction,
  OutgoingSnapshot,
  RaftTransport,
  RaftTransportEvents,
  VoterAddress,
} from '../quorum/ports.ts'
import type { ReplicaId } from '../quorum/replica-key.ts'
import { replicaIdOf, replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { Message } from '../raft/messages.ts'
import type { AddressBook } from './address-book.ts'
import { PEER_KEEPALIVE, RpcChannel } from './channel.ts'
import type { Served } from './handlers.ts'
import { serveBidi, serveUnary } from './handlers.ts'
import type { Hello, Identity } from './raft-hello.ts'
import { RaftLink } from './raft-link.ts'
import { exchange, introduce, sendSnapshot } from './raft-methods.ts'
import { RaftService } from './raft-service.ts'
import { SnapshotReceiver } from './snapshot-receiver.ts'
import { SnapshotSender } from './snapshot-sender.ts'
import { RpcError } from './status.ts'

/** How long a node that is introduced to may take to answer. */
const INTRODUCE_TIMEOUT_MS = 2_000

export interface RaftRpcOptions {
  readonly self: ReplicaId
  /** Of this life of the process. */
  readonly incarnationId: string
  /** As soon as it is known. */
  readonly clusterId: () => string | null
  /** Where this node's gRPC listener is reached; known once it is bound. */
  readonly address: () => HostPort
  readonly addresses: AddressBook
  readonly net: Net
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Hears what the quorum throws from its events: a broken invariant. */
  readonly fatal: (error: Error) => void
}

type Answer = Parameters<FoundingPeers['onIntroduction']>[0]

export class RaftRpc implements RaftTransport, FoundingPeers {
  readonly #options: RaftRpcOptions
  readonly #service: RaftService
  readonly #receiver: SnapshotReceiver
  readonly #sender: SnapshotSender
  readonly #links = new Map<ReplicaKey, RaftLink>()
  readonly #closing = new AbortController()
  #events: RaftTransportEvents | null = null
  #answer: Answer | null = null

  constructor(options: RaftRpcOptions) {
    this.#options = options
    const { clock, logger } = options
    const self = () => this.#identity()
    this.#service = new RaftService({
      self,
      clock,
      logger,
      onHello: (hello) => this.#met(hello),
      onMessage: (message) => this.#opened().onMessage(message),
    })
    this.#receiver = new SnapshotReceiver({
      clock,
      logger,
      greet: (hello, peer) => this.#service.greet(hello, peer),
      offer: (snapshot) => this.#opened().onSnapshot(snapshot),
    })
    this.#sender = new SnapshotSender({ ...options, self })
  }

  /** For the server, before it is bound. */
  get services(): readonly Served[] {
    return [
      serveBidi(exchange, (stream) => {
        this.#opened()
        this.#service.serve(stream)
      }),
      serveBidi(sendSnapshot, (stream) => {
        this.#opened()
        this.#receiver.serve(stream)
      }),
      serveUnary(introduce, ({ introduction, proposed }) => {
        if (!this.#answer) throw new RpcError('UNAVAILABLE', 'this node is not ready yet')
        return this.#answer(introduction, proposed)
      }),
    ]
  }

  /** Where this node's own stream to another replica of the quorum led last, or null. */
  reachedAt(nodeId: NodeId): HostPort | null {
    const links = [...this.#links].filter(([peer]) => replicaIdOf(peer).nodeId === nodeId)
    return links.map(([, link]) => link.reached).find((address) => address !== null) ?? null
  }

  /** Bytes that wait for all peers together. */
  get queuedBytes(): number {
    return [...this.#links.values()].reduce((sum, link) => sum + link.queuedBytes, 0)
  }

  // --- RaftTransport

  open(events: RaftTransportEvents): void {
    this.#events = events
  }

  setPeers(peers: readonly ReplicaKey[]): void {
    if (this.#isClosed) return
    for (const [peer, link] of this.#links)
      if (!peers.includes(peer)) {
        link.close()
        this.#links.delete(peer)
      }
    for (const peer of peers) if (!this.#links.has(peer)) this.#links.set(peer, this.#linkTo(peer))
  }

  send(message: Message): void {
    this.#links.get(message.to)?.send(message)
  }

  sendSnapshot(to: ReplicaKey, snapshot: OutgoingSnapshot, signal: AbortSignal): Promise<boolean> {
    return this.#sender.send(to, snapshot, AbortSignal.any([signal, this.#closing.signal]))
  }

  /** Everything of this node's own ends at once; the streams of others, as soon as they may. */
  close(): Promise<void> {
    this.#closing.abort()
    for (const link of this.#links.values()) link.close()
    this.#links.clear()
    this.#service.close()
    this.#receiver.close()
    return Promise.resolve()
  }

  // --- FoundingPeers

  async introduce(
    to: VoterAddress,
    introduction: Introduction,
    proposed: readonly ReplicaKey[] | null,
    signal: AbortSignal,
  ): Promise<Introduction> {
    const { addresses, clock, fatal } = this.#options
    const address = addresses.overriding(to.nodeId, { host: to.host, port: to.port })
    const ends = {
      from: introduction.replica,
      to: `node ${to.nodeId} at ${formatHostPort(address)}`,
    }
    const channel = new RpcChannel({ to: address, ends, clock, keepalive: PEER_KEEPALIVE, fatal })
    try {
      const timeoutMs = INTRODUCE_TIMEOUT_MS
      const request = { introduction, proposed }
      return await channel.unary(introduce, request, { timeoutMs, signal })
    } finally {
      channel.close()
    }
  }

  onIntroduction(answer: Answer): void {
    this.#answer = answer
  }

  // --- inside

  get #isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  #identity(): Identity {
    const { self: replica, incarnationId, clusterId, address } = this.#options
    return { replica, incarnationId, clusterId: clusterId(), address: address() }
  }

  #opened(): RaftTransportEvents {
    if (this.#events && !this.#isClosed) return this.#events
    throw new RpcError('UNAVAILABLE', this.#isClosed ? 'this node stops' : 'this node is starting')
  }

  #met({ replica, address }: Hello): void {
    this.#options.addresses.announce(replica.nodeId, address)
    this.#links.get(replicaKey(replica))?.peerCalled()
  }

  #linkTo(peer: ReplicaKey): RaftLink {
    const told = (event: 'onUnreachable' | 'onGone') => (replica: ReplicaKey) => {
      try {
        if (!this.#isClosed) this.#events?.[event](replica)
      } catch (thrown) {
        this.#options.fatal(asError(thrown))
      }
    }
    const events = { onUnreachable: told('onUnreachable'), onGone: told('onGone') }
    return new RaftLink({ ...this.#options, self: () => this.#identity(), peer, events })
  }
}
