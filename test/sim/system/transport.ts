/**
 * How the replica of one process reaches the others: the simulated side of `RaftTransport` and
 * `FoundingPeers`. Messages go over the network of the world, as copies, only to peers it was
 * given; introductions are questions with answers, and either may be lost.
 */
import { asError } from '../../../src/base/errors.ts'
import type {
  FoundingPeers,
  Introduction,
  OutgoingSnapshot,
  RaftTransport,
  RaftTransportEvents,
  VoterAddress,
} from '../../../src/quorum/ports.ts'
import { replicaIdOf } from '../../../src/quorum/replica-key.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Network } from '../network.ts'
import type { Courier } from './courier.ts'
import type { Process } from './process.ts'

type Answer = (from: Introduction, proposed: readonly ReplicaKey[] | null) => Introduction

export interface TransportOptions {
  readonly node: number
  readonly process: Process
  readonly network: Network
  readonly courier: Courier
  /** The transport of the process that runs on that node now. */
  readonly transportOf: (node: number) => Transport | null
  /** The quorum has opened it: its core is there. */
  readonly opened: () => void
  readonly sending: (message: Message) => void
}

/** Between the loss of a question and its being noticed, where anybody notices. */
const REFUSED_US = 500

export class Transport implements RaftTransport, FoundingPeers {
  readonly #of: TransportOptions
  readonly #peers = new Set<ReplicaKey>()
  #events: RaftTransportEvents | null = null
  #answer: Answer | null = null
  #isClosed = false

  constructor(of: TransportOptions) {
    this.#of = of
  }

  get process(): Process {
    return this.#of.process
  }

  /** Null before it was opened, and once it is closed. */
  get events(): RaftTransportEvents | null {
    return this.#isClosed || !this.#of.process.isAlive ? null : this.#events
  }

  // --- RaftTransport

  open(events: RaftTransportEvents): void {
    this.#events = events
    this.#of.opened()
  }

  setPeers(peers: readonly ReplicaKey[]): void {
    this.#peers.clear()
    for (const peer of peers) this.#peers.add(peer)
  }

  send(message: Message): void {
    const { process, network, sending } = this.#of
    if (!process.isAlive || this.#isClosed) return
    sending(message)
    if (this.#peers.has(message.to)) network.send(copyOf(message))
  }

  sendSnapshot(to: ReplicaKey, snapshot: OutgoingSnapshot, signal: AbortSignal): Promise<boolean> {
    const { node, process, courier } = this.#of
    return courier.carry({ from: node, process, to, snapshot, signal })
  }

  close(): Promise<void> {
    this.#isClosed = true
    return Promise.resolve()
  }

  // --- FoundingPeers

  onIntroduction(answer: Answer): void {
    this.#answer = answer
  }

  introduce(
    to: VoterAddress,
    introduction: Introduction,
    proposed: readonly ReplicaKey[] | null,
    signal: AbortSignal,
  ): Promise<Introduction> {
    const { node, process, network } = this.#of
    const receiver = to.nodeId - 1
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no answer')), { once: true })
      const refuse = () => process.later(REFUSED_US, () => reject(new Error('connection refused')))
      const ask = () => this.#of.transportOf(receiver)?.askedBy(introduction, proposed) ?? null
      network.carry(node, receiver, () => {
        const asked = ask()
        if (asked === null) return refuse()
        void asked.then(
          (answer) => network.carry(receiver, node, () => process.happen(() => resolve(answer))),
          refuse,
        )
      })
    })
  }

  /** Rejects with what the answer throws; null when nobody answers here. */
  askedBy(
    from: Introduction,
    proposed: readonly ReplicaKey[] | null,
  ): Promise<Introduction> | null {
    const { process } = this.#of
    const answer = this.#answer
    if (!process.isAlive || answer === null || this.#isClosed) return null
    return new Promise((resolve, reject) => {
      process.happen(() => {
        try {
          resolve(answer(from, proposed))
        } catch (thrown) {
          reject(asError(thrown))
        }
      })
    })
  }
}

/** As it comes out of a socket: nothing in it is shared with whoever sent it. */
function copyOf(message: Message): Message {
  if (message.type !== 'append') return message
  const entries = message.entries.map((entry) =>
    entry.kind === 'data' ? { ...entry, data: entry.data.slice() } : entry,
  )
  return { ...message, entries }
}

/** The node that a key lives on, or lived on. */
export function nodeOf(key: ReplicaKey): number {
  return replicaIdOf(key).nodeId - 1
}
