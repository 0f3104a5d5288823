/**
 * Replicas of a quorum as far as their transport goes: a real listener and a real `RaftRpc`, and a
 * recorder in the place of the quorum, on which a test waits for what is told.
 */
import type { Clock } from '../../../src/base/clock.ts'
import type { LogFields, Logger } from '../../../src/base/log.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { uuidFromRandom } from '../../../src/bytes/uuid.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostNet } from '../../../src/host/net.ts'
import { hostRandom } from '../../../src/host/random.ts'
import type { IncomingSnapshot, SnapshotOffer } from '../../../src/quorum/ports.ts'
import type { ReplicaId } from '../../../src/quorum/replica-key.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Content, Message } from '../../../src/raft/messages.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { RaftRpc } from '../../../src/rpc/raft-transport.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { within } from '../../support/within.ts'

export const WAIT_MS = 20_000

export type Told =
  | { readonly event: 'message'; readonly message: Message }
  | { readonly event: 'unreachable'; readonly replica: ReplicaKey }
  | { readonly event: 'gone'; readonly replica: ReplicaKey }

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error' | 'debug'
  readonly fields: LogFields
  readonly message: string
}

export const newUuid = () => uuidFromRandom(hostRandom.bytes(16))

/** What a test may want otherwise. */
export interface ReplicaOptions {
  readonly nodeId: number
  readonly clusterId?: string | null
  readonly directoryId?: string
  readonly port?: number
  /** Where it says that it is; where it listens, unless a proxy stands before it. */
  readonly announces?: (bound: HostPort) => HostPort
  readonly overrides?: ReadonlyMap<number, HostPort>
  readonly clock?: Clock
  readonly onSnapshot?: (offer: SnapshotOffer) => IncomingSnapshot | null
}

/** What others know of one. */
export type Known = Pick<Replica, 'id' | 'key' | 'address'>

/** One that is nowhere, or somewhere where another is. */
export function stranger(nodeId: number, address: HostPort): Known {
  const id = { nodeId: asNodeId(nodeId), directoryId: newUuid() }
  return { id, key: replicaKey(id), address }
}

export class Replica {
  readonly id: ReplicaId
  readonly key: ReplicaKey
  readonly told: Told[] = []
  readonly log: LogLine[] = []
  readonly addresses: AddressBook
  readonly rpc: RaftRpc
  readonly #server: RpcServer
  readonly #options: ReplicaOptions
  readonly #wakers = new Set<() => void>()
  #address: HostPort = { host: '127.0.0.1', port: 0 }

  constructor(options: ReplicaOptions) {
    this.#options = options
    this.id = {
      nodeId: asNodeId(options.nodeId),
      directoryId: options.directoryId ?? newUuid(),
    }
    this.key = replicaKey(this.id)
    const overrides = [...(options.overrides ?? [])]
    this.addresses = new AddressBook({
      overrides: new Map(overrides.map(([id, address]) => [asNodeId(id), address])),
    })
    const fatal = (error: Error) => {
      throw error
    }
    this.rpc = new RaftRpc({
      self: this.id,
      incarnationId: newUuid(),
      clusterId: () => (options.clusterId === undefined ? 'a-cluster' : options.clusterId),
      address: () => options.announces?.(this.#address) ?? this.#address,
      addresses: this.addresses,
      net: hostNet,
      clock: options.clock ?? hostClock,
      random: hostRandom,
      logger: this.#logger(),
      fatal,
    })
    this.#server = new RpcServer({ clock: hostClock, fatal })
    this.#server.add(this.rpc.services)
  }

  get address(): HostPort {
    return this.#address
  }

  async start(): Promise<this> {
    const { port = 0, onSnapshot = () => null } = this.#options
    this.#address = await this.#server.bind({ host: '127.0.0.1', port })
    this.rpc.open({
      onMessage: (message) => this.#tell({ event: 'message', message }),
      onUnreachable: (replica) => this.#tell({ event: 'unreachable', replica }),
      onGone: (replica) => this.#tell({ event: 'gone', replica }),
      onSnapshot,
    })
    return this
  }

  async stop(): Promise<void> {
    await this.rpc.close()
    await this.#server.close()
  }

  /** Tells this replica where the others are, and makes them its peers. */
  meets(...others: readonly Known[]): void {
    this.addresses.setCommitted(new Map(others.map(({ id, address }) => [id.nodeId, address])))
    this.rpc.setPeers(others.map(({ key }) => key))
  }

  send(to: Pick<Replica, 'key'>, term: number, content: Content): void {
    this.rpc.send({ from: this.key, to: to.key, term, ...content })
  }

  get messages(): readonly Message[] {
    return this.told.flatMap((told) => (told.event === 'message' ? [told.message] : []))
  }

  count(event: Told['event']): number {
    return this.told.filter((told) => told.event === event).length
  }

  lines(message: string): readonly LogLine[] {
    return this.log.filter((line) => line.message === message)
  }

  /** Waits until it is so; asked after everything that is told or logged. */
  async until(what: string, isSo: () => boolean, deadlineMs = WAIT_MS): Promise<void> {
    if (isSo()) return
    let waker = () => {}
    const seen = new Promise<void>((resolve) => {
      waker = () => isSo() && resolve()
      this.#wakers.add(waker)
    })
    try {
      await within(deadlineMs, what, seen)
    } finally {
      this.#wakers.delete(waker)
    }
  }

  #tell(told: Told): void {
    this.told.push(told)
    this.#wake()
  }

  #wake(): void {
    for (const waker of this.#wakers) waker()
  }

  #logger(): Logger {
    const say = (level: LogLine['level']) => (fields: LogFields, message: string) => {
      this.log.push({ level, fields, message })
      this.#wake()
    }
    const logger: Logger = {
      fatal: say('error'),
      error: say('error'),
      warn: say('warn'),
      info: say('info'),
      debug: say('debug'),
      trace: () => {},
      child: () => logger,
    }
    return logger
  }
}
