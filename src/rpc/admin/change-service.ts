/**
 * Serves the watching of metadata on every node (proto/lograft/admin/v1/changes.proto). It says who
 * may watch; what they are told is the watcher's affair.
 */
import type { Clock } from '../../base/clock.ts'
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import type { Served } from '../handlers.ts'
import { serveStream } from '../handlers.ts'
import { RpcError } from '../status.ts'
import type { RpcStream } from '../stream.ts'
import { Watchers } from '../watchers.ts'
import type { ChangeFeed } from './change-feed.ts'
import { ChangeWatcher } from './change-watcher.ts'
import { changeMethods } from './methods.ts'

type WatchRequest = lograft.admin.v1.WatchRequest
type WatchEvent = lograft.admin.v1.WatchEvent

/** Something is sent in every other of these intervals at least. */
const BEAT_MS = 500
const WATCHERS_MAX = 100

export interface ChangeServiceOptions {
  readonly feed: ChangeFeed
  /** After everything that the feed has heard of. */
  readonly newest: () => MetadataImage
  readonly clock: Clock
  readonly fatal: (error: Error) => void
}

export class ChangeService {
  readonly services: readonly Served[] = [
    serveStream(changeMethods.watch, (request, stream) => this.#watch(request, stream)),
  ]
  readonly #options: ChangeServiceOptions
  readonly #watchers: Watchers

  constructor(options: ChangeServiceOptions) {
    const { feed, clock, fatal } = options
    this.#options = options
    this.#watchers = new Watchers({ clock, beatMs: BEAT_MS, max: WATCHERS_MAX, fatal })
    feed.subscribe(() => this.#watchers.plan())
  }

  get watchers(): number {
    return this.#watchers.size
  }

  /** Sends everybody to another node. Idempotent. */
  close(): void {
    this.#watchers.close()
  }

  #watch(request: WatchRequest, stream: RpcStream<never, WatchEvent>): void {
    const { feed, newest } = this.#options
    this.#watchers.checkRoom()
    const { clusterId: ours } = newest()
    if (ours === null) throw new RpcError('UNAVAILABLE', 'this node has not heard of a cluster yet')
    const { clusterId: theirs, afterOffset, neverSnapshot } = request
    if (theirs !== '' && theirs !== ours)
      throw new RpcError('FAILED_PRECONDITION', `this is cluster ${ours}, not ${theirs}`, {
        reason: 'INCONSISTENT_CLUSTER_ID',
        field: 'cluster_id',
      })
    const options = { afterOffset, neverSnapshot, newest }
    this.#watchers.add(new ChangeWatcher(feed, stream, options), stream)
  }
}
