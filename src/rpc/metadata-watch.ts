/**
 * How a node that is no replica of the metadata log follows it: a stream from one controller at a
 * time, and from another one as soon as that one is silent, knows no leader or is behind for a
 * second (SAFETY S9). It feeds `QuorumListener`s as the quorum does, goes on where it stopped, and
 * stops the node when the quorum lacks what was delivered: nobody is brought back to an earlier
 * state.
 */
import assert from 'node:assert'
import type { Background } from '../base/background.ts'
import { background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { asError, LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { HostPort } from '../config/addresses.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import { ControllerVerdicts } from './controller-verdicts.ts'
import { NodeChannels } from './node-channels.ts'
import { ObservedLog } from './observed-log.ts'
import { OncePerChange } from './once-per-change.ts'
import { RpcError } from './status.ts'
import type { WatchRequest } from './watch-codec.ts'
import type { WatchEnd } from './watch-stream.ts'
import { watchFrom } from './watch-stream.ts'

/** For a connection to a controller. */
const CONNECT_TIMEOUT_MS = 1_000
/** When no controller is of any use: between two rounds of asking them all. */
const BACKOFF_MIN_MS = 50
const BACKOFF_MAX_MS = 1_000

export interface MetadataWatchOptions {
  readonly self: NodeId
  /** Where nodes are reached (`AddressBook`), and whom to tell what controllers say of it. */
  readonly addresses: {
    candidates(nodeId: NodeId): readonly HostPort[]
    announce(nodeId: NodeId, address: HostPort): void
  }
  /** Who may be watched. */
  readonly controllers: () => readonly NodeId[]
  readonly clock: Clock
  readonly logger: Logger
  /**
   * The node must stop: the quorum lacks what was delivered (METADATA_DIVERGED), what was delivered
   * cannot be read by this release (UNSUPPORTED_VERSION), or a listener failed. Once.
   */
  readonly onFatal: (error: Error) => void
}

export class MetadataWatch {
  readonly #options: MetadataWatchOptions
  readonly #logger: Logger
  readonly #log = new ObservedLog()
  readonly #verdicts = new ControllerVerdicts()
  readonly #channels: NodeChannels
  /** Why controllers were left. */
  readonly #left = new OncePerChange()
  #task: Background | null = null
  #watched: NodeId | null = null
  #turn: number
  /** Everything below is known to be committed. */
  #expected = 0

  constructor(options: MetadataWatchOptions) {
    const { self, addresses, clock, onFatal: fatal } = options
    this.#options = options
    this.#logger = options.logger.child({ component: 'metadata-watch' })
    this.#channels = new NodeChannels({ self, addresses, clock, fatal })
    // Not all brokers of a cluster that starts begin with the same controller.
    this.#turn = self
  }

  /** Never this node. */
  get leadership(): Leadership {
    return this.#log.leadership
  }

  /** Everything below was delivered. */
  get commitOffset(): number {
    return this.#log.nextOffset
  }

  /** The controller that is being watched; null while one is looked for. */
  get watched(): NodeId | null {
    return this.#watched
  }

  /** Before `start`; called in the order of subscription. */
  subscribe(listener: QuorumListener): void {
    assert(this.#task === null, 'listeners subscribe before the start')
    this.#log.subscribe(listener)
  }

  /** Begins to watch, and never ends by itself. */
  start(): void {
    assert(this.#task === null, 'a watch starts once')
    this.#task = background('metadata watch', (signal) => this.#run(signal), this.#options.onFatal)
  }

  /** What is below is committed, somebody said: a controller that does not tell is behind. */
  expect(endOffset: number): void {
    this.#expected = Math.max(this.#expected, endOffset)
  }

  async close(): Promise<void> {
    await this.#task?.stop()
    this.#channels.close()
  }

  // --- one controller after the other

  async #run(signal: AbortSignal): Promise<void> {
    let useless = 0
    while (!signal.aborted) {
      const controllers = this.#options.controllers()
      const nodeId = controllers[this.#turn % controllers.length] ?? null
      const before = this.#log.nextOffset
      const end = nodeId === null ? NOBODY : await this.#watch(nodeId, signal)
      if (signal.aborted || end.isFatal) return
      this.#turn += 1
      const { why } = end
      this.#left.say(String(nodeId), why, () =>
        this.#logger.info({ controller: nodeId, why }, 'watching another controller'),
      )
      useless = end.wasFit || this.#log.nextOffset > before ? 0 : useless + 1
      const rounds = Math.floor(useless / Math.max(1, controllers.length))
      const pauseMs = rounds === 0 ? 0 : Math.min(BACKOFF_MIN_MS * 2 ** rounds, BACKOFF_MAX_MS)
      if (pauseMs > 0) await delay(this.#options.clock, pauseMs, signal)
    }
  }

  async #watch(nodeId: NodeId, signal: AbortSignal): Promise<Ended> {
    const channel = this.#channels.to(nodeId)
    if (channel === null) return { why: 'nobody knows where it is reached', wasFit: false }
    try {
      await channel.ready({ timeoutMs: CONNECT_TIMEOUT_MS, signal })
    } catch (thrown) {
      if (!(thrown instanceof RpcError)) throw thrown
      this.#channels.failed(nodeId)
      return { why: thrown.message, wasFit: false }
    }
    this.#watched = nodeId
    this.#log.beginStream()
    const end = await watchFrom(
      { channel, nodeId, request: this.#request(), signal },
      { ...this.#options, log: this.#log, ...this.#supervision() },
    )
    this.#watched = null
    return this.#judge(nodeId, end)
  }

  #request(): WatchRequest {
    const { clusterId, nextOffset, epoch } = this.#log
    return { nodeId: this.#options.self, clusterId, nextOffset, epoch }
  }

  #supervision() {
    return {
      expected: () => this.#expected,
      /** Who is alone is left only when it is silent. */
      hasOthers: () => this.#options.controllers().length > 1,
      has: () => this.#isFit(),
    }
  }

  #isFit(): void {
    this.#verdicts.clear()
    // The next time that it is of no use is news again.
    this.#left.forget(String(this.#watched))
  }

  /** What its end says of the others. */
  #judge(nodeId: NodeId, end: WatchEnd): Ended {
    const { error, why, wasFit, lacks, leaderEpoch } = end
    if (end.fatal) return this.#stop(end.fatal)
    const isOther = error?.reason === 'DIVERGED'
    if (!isOther && !lacks) return { why, wasFit }
    const leads = isOther && error.facts['is-leader'] === 'true'
    const { epoch, nextOffset } = this.#log
    const isCertain = this.#verdicts.add(
      { nodeId, isOther, leaderEpoch: leads ? (leaderEpoch ?? epoch) : leaderEpoch },
      {
        epoch,
        nowMs: this.#options.clock.monotonicMs(),
        controllers: this.#options.controllers(),
      },
    )
    if (!isCertain) return { why, wasFit: false }
    const has = isOther ? 'another entry there' : 'no such entry'
    return this.#stop(
      new LograftError(
        'METADATA_DIVERGED',
        `This node has entry ${nextOffset - 1} of epoch ${epoch} of the metadata log, and the ` +
          `quorum has ${has} (${why}). It was brought back to an earlier state, or this is ` +
          'another cluster; this node cannot follow it.',
      ),
    )
  }

  #stop(error: Error): Ended {
    this.#options.onFatal(asError(error))
    return { why: error.message, wasFit: false, isFatal: true }
  }
}

/** Why a controller is watched no more. */
interface Ended {
  readonly why: string
  /** It was of use. */
  readonly wasFit: boolean
  readonly isFatal?: true
}

const NOBODY: Ended = { why: 'no controller is known', wasFit: false }
