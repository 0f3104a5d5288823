/**
 * Those who are told what changes, for as long as they like: all the streams of one service. It
 * wakes them when there is something to tell, lets none of them be silent, and cuts those that do
 * not read.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

/** A watcher that has taken nothing for so long is told no more. */
const STALLED_MS = 10_000

/** One who is told, and what it was told so far. */
export interface Watcher {
  /** What was written has not been taken: nothing more is. */
  readonly isBlocked: boolean
  /** What was written has been taken. */
  drained(): void
  /** Sends whatever there is, as long as it is taken. */
  pump(): void
  /** A sign of life, unless there was one since this was called last. */
  beat(): void
}

export interface WatchersOptions {
  readonly clock: Clock
  /** Between two beats. */
  readonly beatMs: number
  /** Also those count that take nothing, and so cannot be told that they were cut. */
  readonly max: number
  /** A watcher failed: what it is told of cannot be read. */
  readonly fatal: (error: Error) => void
}

interface Watching {
  readonly watcher: Watcher
  readonly stream: RpcStream<never, never>
  blockedBeats: number
}

export class Watchers {
  readonly #options: WatchersOptions
  readonly #watching = new Set<Watching>()
  #pumping: Timer | null = null
  #beating: Timer | null = null
  #isClosed = false

  constructor(options: WatchersOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#watching.size
  }

  /** Throws when nobody more may watch. */
  checkRoom(): void {
    if (this.#isClosed) throw stopping()
    const { max } = this.#options
    if (this.#watching.size >= max)
      throw new RpcError('RESOURCE_EXHAUSTED', `${max} watch this node already`)
  }

  /** Opens the stream and begins. `closed` hears of its end. */
  add(
    watcher: Watcher,
    stream: RpcStream<never, never>,
    closed: (error: RpcError | null) => void = () => {},
  ): void {
    const watching: Watching = { watcher, stream, blockedBeats: 0 }
    this.#watching.add(watching)
    stream.open({
      message: () => {},
      drained: () => watcher.drained(),
      closed: (error) => {
        this.#watching.delete(watching)
        closed(error)
      },
    })
    watcher.pump()
    this.#beatLater()
  }

  /** Tells everybody, once, behind everything that is happening now. */
  plan(): void {
    if (this.#isClosed || this.#watching.size === 0) return
    this.#pumping ??= this.#options.clock.timer(0, () => {
      this.#pumping = null
      this.#each(({ watcher }) => watcher.pump())
    })
  }

  /** Sends everybody to another node. Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#pumping?.cancel()
    this.#beating?.cancel()
    for (const { stream } of this.#watching) stream.fail(stopping())
  }

  #beatLater(): void {
    this.#beating ??= this.#options.clock.timer(this.#options.beatMs, () => this.#beat())
  }

  #beat(): void {
    this.#beating = null
    const blockedBeatsMax = STALLED_MS / this.#options.beatMs
    this.#each((watching) => {
      const { watcher, stream } = watching
      watching.blockedBeats = watcher.isBlocked ? watching.blockedBeats + 1 : 0
      if (watching.blockedBeats < blockedBeatsMax) return watcher.beat()
      stream.fail(new RpcError('RESOURCE_EXHAUSTED', `nothing was read for ${STALLED_MS} ms`))
    })
    if (this.#watching.size > 0) this.#beatLater()
  }

  #each(act: (watching: Watching) => void): void {
    try {
      for (const watching of this.#watching) act(watching)
    } catch (thrown) {
      this.#options.fatal(asError(thrown))
    }
  }
}

const stopping = () => new RpcError('UNAVAILABLE', 'this node is stopping')
