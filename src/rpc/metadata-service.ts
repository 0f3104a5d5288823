/**
 * Serves committed metadata to observers, on every controller, whether it leads or not
 * (proto/lograft/metadata/v1/watch.proto). It owns the watchers: it wakes them when something was
 * committed, lets none of them be silent, and cuts those that do not read.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { CommittedLog } from '../quorum/committed-log.ts'
import type { Served } from './handlers.ts'
import { serveStream } from './handlers.ts'
import { MetadataWatcher } from './metadata-watcher.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'
import type { WatchEvent, WatchRequest } from './watch-codec.ts'
import { watchMethod } from './watch-codec.ts'

/** Something is sent in every other of these intervals at least. */
const BEAT_MS = 250
/** An observer that has taken nothing for so long is told no more. */
const STALLED_MS = 10_000
/** Also those count that take nothing, and so cannot be told that they were cut. */
const WATCHERS_MAX = 500

export interface MetadataServiceOptions {
  readonly log: CommittedLog
  readonly clock: Clock
  readonly logger: Logger
  /** What is stored cannot be read: the node must stop. */
  readonly fatal: (error: Error) => void
}

interface Watching {
  readonly watcher: MetadataWatcher
  readonly stream: RpcStream<never, WatchEvent>
  blockedBeats: number
}

export class MetadataService {
  readonly services: readonly Served[] = [
    serveStream(watchMethod, (request, stream) => this.#watch(request, stream)),
  ]
  readonly #options: MetadataServiceOptions
  readonly #logger: Logger
  readonly #watching = new Set<Watching>()
  #pumping: Timer | null = null
  #beating: Timer | null = null
  #isClosed = false

  constructor(options: MetadataServiceOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'metadata-service' })
    options.log.subscribe(() => this.#plan())
  }

  /** Observers that are being told. */
  get watchers(): number {
    return this.#watching.size
  }

  /** Sends everybody to another controller. Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#pumping?.cancel()
    this.#beating?.cancel()
    const stopping = new RpcError('UNAVAILABLE', 'this controller is stopping')
    for (const { stream } of this.#watching) stream.fail(stopping)
  }

  #watch(request: WatchRequest, stream: RpcStream<never, WatchEvent>): void {
    this.#mayWatch(request)
    const { nodeId, nextOffset } = request
    const watcher = new MetadataWatcher(this.#options.log, stream, request)
    const watching: Watching = { watcher, stream, blockedBeats: 0 }
    this.#watching.add(watching)
    this.#logger.debug({ nodeId, nextOffset }, 'an observer watches')
    stream.open({
      message: () => {},
      drained: () => watcher.drained(),
      closed: (error) => {
        this.#watching.delete(watching)
        this.#logger.debug({ nodeId, why: error?.message }, 'an observer watches no more')
      },
    })
    watcher.pump()
    this.#beating ??= this.#options.clock.timer(BEAT_MS, () => this.#beat())
  }

  #mayWatch({ clusterId: theirs }: WatchRequest): void {
    const { log } = this.#options
    if (this.#isClosed) throw new RpcError('UNAVAILABLE', 'this controller is stopping')
    if (!log.isReady) throw new RpcError('UNAVAILABLE', 'this controller has no log yet')
    if (this.#watching.size >= WATCHERS_MAX)
      throw new RpcError('RESOURCE_EXHAUSTED', `${WATCHERS_MAX} observers watch already`)
    const { clusterId: ours } = log.image
    if (ours !== null && theirs !== null && ours !== theirs)
      throw new RpcError('FAILED_PRECONDITION', `this is cluster ${ours}, not ${theirs}`, {
        reason: 'INCONSISTENT_CLUSTER_ID',
      })
  }

  /** Once, behind everything that is being committed now. */
  #plan(): void {
    if (this.#isClosed || this.#watching.size === 0) return
    this.#pumping ??= this.#options.clock.timer(0, () => {
      this.#pumping = null
      this.#each(({ watcher }) => watcher.pump())
    })
  }

  #beat(): void {
    this.#beating = null
    this.#each((watching) => {
      const { watcher, stream } = watching
      watching.blockedBeats = watcher.isBlocked ? watching.blockedBeats + 1 : 0
      if (watching.blockedBeats * BEAT_MS < STALLED_MS) return watcher.beat()
      stream.fail(new RpcError('RESOURCE_EXHAUSTED', `nothing was read for ${STALLED_MS} ms`))
    })
    if (this.#watching.size > 0)
      this.#beating = this.#options.clock.timer(BEAT_MS, () => this.#beat())
  }

  #each(act: (watching: Watching) => void): void {
    try {
      for (const watching of this.#watching) act(watching)
    } catch (thrown) {
      this.#options.fatal(asError(thrown))
    }
  }
}
