/**
 * Serves committed metadata to observers, on every controller, whether it leads or not
 * (proto/lograft/metadata/v1/watch.proto).
 */
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import type { CommittedLog } from '../quorum/committed-log.ts'
import type { Served } from './handlers.ts'
import { serveStream } from './handlers.ts'
import { MetadataWatcher } from './metadata-watcher.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'
import type { WatchEvent, WatchRequest } from './watch-codec.ts'
import { watchMethod } from './watch-codec.ts'
import { Watchers } from './watchers.ts'

/** Something is sent in every other of these intervals at least. */
const BEAT_MS = 250
const WATCHERS_MAX = 500

export interface MetadataServiceOptions {
  readonly log: CommittedLog
  readonly clock: Clock
  readonly logger: Logger
  /** What is stored cannot be read: the node must stop. */
  readonly fatal: (error: Error) => void
}

export class MetadataService {
  readonly services: readonly Served[] = [
    serveStream(watchMethod, (request, stream) => this.#watch(request, stream)),
  ]
  readonly #log: CommittedLog
  readonly #logger: Logger
  readonly #watchers: Watchers

  constructor({ log, clock, logger, fatal }: MetadataServiceOptions) {
    this.#log = log
    this.#logger = logger.child({ component: 'metadata-service' })
    this.#watchers = new Watchers({ clock, beatMs: BEAT_MS, max: WATCHERS_MAX, fatal })
    log.subscribe(() => this.#watchers.plan())
  }

  /** Observers that are being told. */
  get watchers(): number {
    return this.#watchers.size
  }

  /** Sends everybody to another controller. Idempotent. */
  close(): void {
    this.#watchers.close()
  }

  #watch(request: WatchRequest, stream: RpcStream<never, WatchEvent>): void {
    this.#watchers.checkRoom()
    this.#checkCluster(request)
    const { nodeId, nextOffset } = request
    this.#logger.debug({ nodeId, nextOffset }, 'an observer watches')
    this.#watchers.add(new MetadataWatcher(this.#log, stream, request), stream, (error) =>
      this.#logger.debug({ nodeId, why: error?.message }, 'an observer watches no more'),
    )
  }

  #checkCluster({ clusterId: theirs }: WatchRequest): void {
    if (!this.#log.isReady) throw new RpcError('UNAVAILABLE', 'this controller has no log yet')
    const { clusterId: ours } = this.#log.image
    if (ours !== null && theirs !== null && ours !== theirs)
      throw new RpcError('FAILED_PRECONDITION', `this is cluster ${ours}, not ${theirs}`, {
        reason: 'INCONSISTENT_CLUSTER_ID',
      })
  }
}
