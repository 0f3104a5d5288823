/**
 * The one answer to "does this role serve?": for /readyz, and for whoever tells others
 * (grpc.health.v1). It is worked out from what the roles say each time it is asked; `changed` is
 * called whenever it may have become another one, and tells those who watch what has.
 */
import type { MetadataLoader } from '../metadata/loader.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'

export type RoleName = 'broker' | 'controller'

export interface RoleStanding {
  readonly role: RoleName
  /** Why it does not serve, in words for an operator; null when it does. */
  readonly notServing: string | null
}

/** Called with those that serve no longer, serve again, or do not serve for another reason. */
type Watcher = (changed: readonly RoleStanding[]) => void

export class Readiness {
  /** Null: the role has not begun. */
  readonly #ask = new Map<RoleName, () => string | null>()
  readonly #told = new Map<RoleName, string | null>()
  readonly #watchers = new Set<Watcher>()
  #isStopping = false

  constructor(roles: readonly RoleName[]) {
    for (const role of roles) this.#ask.set(role, () => 'starting')
    for (const { role, notServing } of this.roles) this.#told.set(role, notServing)
  }

  /** From now on `why` says what keeps this role of the node from serving; null for nothing. */
  take(role: RoleName, why: () => string | null): void {
    this.#ask.set(role, why)
    this.changed()
  }

  /** In the order in which the node has them. */
  get roles(): readonly RoleStanding[] {
    return Array.from(this.#ask, ([role, why]) => ({
      role,
      notServing: this.#isStopping ? 'stopping' : why(),
    }))
  }

  /** The node has begun to stop. */
  stopping(): void {
    this.#isStopping = true
    this.changed()
  }

  /** Looks again after every update of metadata: what roles see then is what is published. */
  publisher(loader: () => MetadataLoader): MetadataPublisher {
    return {
      name: 'readiness',
      onMetadataUpdate: (_, { metadataOffset }) =>
        void loader()
          .published(metadataOffset)
          .then(() => this.changed()),
    }
  }

  onLeadership(): void {
    this.changed()
  }

  /** Something that roles look at has moved: looks again. */
  changed(): void {
    const changed = this.roles.filter(({ role, notServing }) => {
      return this.#told.get(role) !== notServing
    })
    if (changed.length === 0) return
    for (const { role, notServing } of changed) this.#told.set(role, notServing)
    for (const watcher of this.#watchers) watcher(changed)
  }

  /** Calls `watcher` after every change; what it returns ends that. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }
}
