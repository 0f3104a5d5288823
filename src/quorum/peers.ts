/**
 * To whom this replica keeps a stream: the members of every configuration that may be in force, and
 * a few that spoke to it and are in none it knows of. Those are to be answered too: a leader that
 * adds this node, a candidate of a configuration that has not arrived here yet.
 */
import { membersOf, type Configuration, type ReplicaKey } from '../raft/configuration.ts'

const STRANGERS_MAX = 8

export class Peers {
  readonly #self: ReplicaKey
  #configurations: readonly Configuration[] = []
  #members = new Set<ReplicaKey>()
  /** The one that spoke last is the last. */
  readonly #strangers = new Set<ReplicaKey>()

  constructor(self: ReplicaKey) {
    this.#self = self
  }

  get all(): readonly ReplicaKey[] {
    return [...this.#members, ...this.#strangers]
  }

  /** Returns whether `all` changed. */
  heard(from: ReplicaKey): boolean {
    if (from === this.#self || this.#members.has(from)) return false
    const isNews = !this.#strangers.delete(from)
    this.#strangers.add(from)
    for (const oldest of this.#strangers) {
      if (this.#strangers.size <= STRANGERS_MAX) break
      this.#strangers.delete(oldest)
    }
    return isNews
  }

  /** Returns whether `all` changed. */
  follow(configurations: readonly Configuration[]): boolean {
    if (isSame(configurations, this.#configurations)) return false
    this.#configurations = configurations
    this.#members = new Set(configurations.flatMap(membersOf))
    this.#members.delete(this.#self)
    for (const member of this.#members) this.#strangers.delete(member)
    return true
  }
}

/** Configurations are values that are never changed in place. */
function isSame(some: readonly Configuration[], others: readonly Configuration[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index])
}
