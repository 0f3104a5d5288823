/**
 * Where a node is dialled. Several know, and some of them late: in order of strength, what the
 * operator insists on (`controller.quorum.address.overrides`: nothing else is tried), what the node
 * itself announced in its last hello, what committed metadata says, and what it was configured to
 * be found at when the quorum began. Whoever dials tries them in turn. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import type { HostPort } from '../config/addresses.ts'

/** Nodes whose announcement is remembered; those that announced themselves longest ago go first. */
const ANNOUNCED_MAX = 1_000

type Addresses = ReadonlyMap<NodeId, HostPort>

export class AddressBook {
  readonly #overrides: Addresses
  readonly #configured: Addresses
  readonly #announced = new Map<NodeId, HostPort>()
  #committed: Addresses = new Map()

  constructor({
    overrides = new Map(),
    configured = new Map(),
  }: { readonly overrides?: Addresses; readonly configured?: Addresses } = {}) {
    this.#overrides = overrides
    this.#configured = configured
  }

  /** What a node said of itself. */
  announce(nodeId: NodeId, address: HostPort): void {
    this.#announced.delete(nodeId)
    this.#announced.set(nodeId, address)
    for (const oldest of this.#announced.keys()) {
      if (this.#announced.size <= ANNOUNCED_MAX) break
      this.#announced.delete(oldest)
    }
  }

  /** What metadata says; replaces what it said before. */
  setCommitted(addresses: Addresses): void {
    this.#committed = addresses
  }

  /** Where to try, the best first; each address once. Empty when nobody knows. */
  candidates(nodeId: NodeId): readonly HostPort[] {
    const override = this.#overrides.get(nodeId)
    if (override) return [override]
    const known = [this.#announced, this.#committed, this.#configured]
      .map((addresses) => addresses.get(nodeId))
      .filter((address) => address !== undefined)
    return known.filter(
      ({ host, port }, index) =>
        known.findIndex((other) => other.host === host && other.port === port) === index,
    )
  }

  /** Where the operator says that it is, or `configured`. */
  overriding(nodeId: NodeId, configured: HostPort): HostPort {
    return this.#overrides.get(nodeId) ?? configured
  }
}
