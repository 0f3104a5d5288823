/**
 * One channel to each node that is asked for something now and then. A node's address may be known
 * from several sources: after a failure the next one is tried. Bounded: the channel not asked for
 * longest is closed when there are too many.
 */
import type { Clock } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import type { Tracer } from '../base/tracing.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import { PEER_KEEPALIVE, RpcChannel } from './channel.ts'

const CHANNELS_MAX = 32

export interface NodeChannelsOptions {
  /** This node, as it is called in errors. */
  readonly self: NodeId
  /** Where a node may be reached, the best first (`AddressBook`). */
  readonly addresses: { candidates(nodeId: NodeId): readonly HostPort[] }
  readonly clock: Clock
  readonly fatal: (error: Error) => void
  readonly tracer?: Tracer
}

interface Open {
  readonly address: HostPort
  readonly channel: RpcChannel
}

export class NodeChannels {
  readonly #options: NodeChannelsOptions
  /** The one asked for longest ago comes first. */
  readonly #open = new Map<NodeId, Open>()
  /** Which candidate is in turn, for nodes that could not be reached. */
  readonly #failures = new Map<NodeId, number>()

  constructor(options: NodeChannelsOptions) {
    this.#options = options
  }

  /** Null when nobody knows where that node is. */
  to(nodeId: NodeId): RpcChannel | null {
    const address = this.#addressOf(nodeId)
    const open = this.#open.get(nodeId)
    this.#open.delete(nodeId)
    if (address === null || (open && !isSame(open.address, address))) open?.channel.close()
    if (address === null) return null
    const isKept = open !== undefined && isSame(open.address, address)
    const channel = isKept ? open.channel : this.#dial(nodeId, address)
    this.#open.set(nodeId, { address, channel })
    this.#limit()
    return channel
  }

  /** It could not be reached where it was looked for. */
  failed(nodeId: NodeId): void {
    this.#failures.set(nodeId, (this.#failures.get(nodeId) ?? 0) + 1)
  }

  close(): void {
    for (const { channel } of this.#open.values()) channel.close()
    this.#open.clear()
  }

  #addressOf(nodeId: NodeId): HostPort | null {
    const candidates = this.#options.addresses.candidates(nodeId)
    return candidates[(this.#failures.get(nodeId) ?? 0) % candidates.length] ?? null
  }

  #dial(nodeId: NodeId, to: HostPort): RpcChannel {
    const { self, clock, fatal, tracer } = this.#options
    const ends = { from: `node ${self}`, to: `node ${nodeId} at ${formatHostPort(to)}` }
    const traced = tracer && { tracer }
    return new RpcChannel({ to, ends, clock, keepalive: PEER_KEEPALIVE, fatal, ...traced })
  }

  #limit(): void {
    for (const [nodeId, { channel }] of this.#open) {
      if (this.#open.size <= CHANNELS_MAX) return
      channel.close()
      this.#open.delete(nodeId)
      this.#failures.delete(nodeId)
    }
  }
}

function isSame(one: HostPort, other: HostPort): boolean {
  return one.host === other.host && one.port === other.port
}
