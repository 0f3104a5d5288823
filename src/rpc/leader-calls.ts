/**
 * Finding the leader of the quorum, and asking it: here when this node leads, else over the
 * network. It asks again, at once when another leader becomes known, else 10 ms after that and then
 * doubling to 250 ms, but only what certainly did nothing: NOT_CONTROLLER. REQUEST_TIMED_OUT
 * (whether it took effect is open) is given to the caller, unless the call says of itself that
 * doing it twice is doing it once.
 */
import type { Clock } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Leadership } from '../quorum/ports.ts'
import type { RpcChannel } from './channel.ts'
import type { CommandLimits } from './command-call.ts'
import { NodeChannels, type NodeChannelsOptions } from './node-channels.ts'
import type { KnownLeader } from './not-controller.ts'
import { NotControllerError } from './not-controller.ts'

/** Kafka's `request.timeout.ms` of an administrative request. */
const CALL_TIMEOUT_MS = 30_000

/** Of what is left to the caller, so much is for the answer to arrive in time: at most a tenth. */
const ANSWER_MS = 100

const BACKOFF_MIN_MS = 10
const BACKOFF_MAX_MS = 250

export interface LeaderCallsOptions extends NodeChannelsOptions {
  /** Nodes that may lead, or know who does. */
  readonly controllers: () => readonly NodeId[]
  /** Whether this node leads and can be asked. */
  readonly isLeader: () => boolean
  /** `controller.quorum.request.timeout.ms`: for a connection, or a call that may be repeated. */
  readonly requestTimeoutMs: number
}

export interface LeaderCall<Result> {
  /** Rejects with a LograftError. */
  readonly here: () => Promise<Result>
  /** Rejects with a LograftError. */
  readonly there: (channel: RpcChannel, limits: CommandLimits) => Promise<Result>
  /** Doing it twice is doing it once: it is asked again when it is open whether it took effect. */
  readonly repeatable: boolean
}

export interface CallOptions {
  readonly timeoutMs?: number
  /** For finding a leader that can be asked; not more than all of it. */
  readonly searchMs?: number
  /** When the one for whom this is asked wants an answer at the latest, by the wall clock. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** Nobody that leads was found in time, and nothing was changed. */
export class NoLeaderFound extends LograftError<'REQUEST_TIMED_OUT'> {
  override readonly name = 'NoLeaderFound'
}

export class LeaderCalls {
  readonly #options: LeaderCallsOptions
  readonly #clock: Clock
  readonly #channels: NodeChannels
  /** Ends what is under way: of each call its own. */
  readonly #underWay = new Set<AbortController>()
  #isClosed = false
  readonly #waiting = new Set<() => void>()
  #leader: KnownLeader | null = null
  /** Of what is known; rises with every change of it. */
  #version = 0
  #rotation = 0

  constructor(options: LeaderCallsOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#channels = new NodeChannels(options)
  }

  /** Who leads, as it becomes known here; a `QuorumListener` has the same method. */
  onLeadership({ epoch, leaderId, isLeader }: Leadership): void {
    if (leaderId !== null) this.#learn({ nodeId: leaderId, epoch })
    // It is known longer than it can be asked.
    if (isLeader) this.#news()
  }

  /** Calls that are not over. */
  get underWay(): number {
    return this.#underWay.size
  }

  /** Fails whatever waits. Idempotent. */
  close(): void {
    this.#isClosed = true
    for (const end of this.#underWay) end.abort()
    this.#channels.close()
  }

  /** Rejects with what the leader refuses with, or with REQUEST_TIMED_OUT. */
  async call<Result>(call: LeaderCall<Result>, options: CallOptions = {}): Promise<Result> {
    const end = new AbortController()
    const cancel = () => end.abort()
    if (this.#isClosed || options.signal?.aborted) cancel()
    options.signal?.addEventListener('abort', cancel, { once: true })
    this.#underWay.add(end)
    try {
      return await this.#search(call, options, end.signal)
    } finally {
      this.#underWay.delete(end)
      options.signal?.removeEventListener('abort', cancel)
    }
  }

  async #search<Result>(
    call: LeaderCall<Result>,
    options: CallOptions,
    signal: AbortSignal,
  ): Promise<Result> {
    const beganMs = this.#clock.monotonicMs()
    const timeoutMs = Math.min(options.timeoutMs ?? CALL_TIMEOUT_MS, this.#leftOf(options))
    const searchMs = Math.min(options.searchMs ?? timeoutMs, timeoutMs)
    const unknown = { last: null, isOpen: false }
    const search: Search = { asked: new Set(), version: this.#version, ...unknown }
    let backoffMs = BACKOFF_MIN_MS
    for (;;) {
      const passedMs = this.#clock.monotonicMs() - beganMs
      const leftMs = timeoutMs - passedMs
      if (passedMs >= searchMs || signal.aborted) throw givenUp(search, searchMs, signal)
      const nodeId = this.#choose(search)
      try {
        return await this.#ask(nodeId, call, { leftMs, signal })
      } catch (thrown) {
        search.last = mayAskAgain(thrown, call)
        search.isOpen ||= search.last.code === 'REQUEST_TIMED_OUT'
        if (thrown instanceof NotControllerError && thrown.leader) this.#learn(thrown.leader)
      }
      if (search.version === this.#version)
        await this.#pause(Math.min(backoffMs, searchMs - passedMs), signal)
      // Who leads since a moment ago may not be ready yet, and is soon.
      const isNews = search.version !== this.#version
      backoffMs = isNews ? BACKOFF_MIN_MS : Math.min(2 * backoffMs, BACKOFF_MAX_MS)
    }
  }

  #leftOf({ deadlineMs = Infinity }: CallOptions): number {
    const leftMs = Math.max(0, deadlineMs - this.#clock.wallMs())
    return leftMs === Infinity ? leftMs : leftMs - Math.min(ANSWER_MS, leftMs / 10)
  }

  /** The leader; when that did not help, others in turn; null when nobody is known. */
  #choose(search: Search): NodeId | null {
    const { self, isLeader, controllers } = this.#options
    const { asked } = search
    if (search.version !== this.#version) asked.clear()
    search.version = this.#version
    if (isLeader()) return self
    const others = controllers().filter((id) => id !== self && id !== this.#leader?.nodeId)
    const turned = [...others.slice(this.#rotation), ...others.slice(0, this.#rotation)]
    const all = [...(this.#leader ? [this.#leader.nodeId] : []), ...turned]
    if (all.every((id) => asked.has(id))) asked.clear()
    const chosen = all.find((id) => !asked.has(id)) ?? null
    if (chosen === null) return null
    if (chosen !== this.#leader?.nodeId) this.#rotation = (this.#rotation + 1) % others.length
    asked.add(chosen)
    return chosen
  }

  async #ask<Result>(
    nodeId: NodeId | null,
    { here, there, repeatable }: LeaderCall<Result>,
    { leftMs, signal }: { readonly leftMs: number; readonly signal: AbortSignal },
  ): Promise<Result> {
    const { self, requestTimeoutMs } = this.#options
    if (nodeId === null) throw new NotControllerError('no controller is known', null)
    const timeoutMs = repeatable ? Math.min(requestTimeoutMs, leftMs) : leftMs
    if (nodeId === self) return this.#atMost(here(), { timeoutMs, signal })
    const channel = this.#channels.to(nodeId)
    if (channel === null)
      throw new NotControllerError(`nobody knows where node ${nodeId} is reached`, null)
    try {
      return await there(channel, { connectTimeoutMs: requestTimeoutMs, timeoutMs, signal })
    } catch (thrown) {
      if (thrown instanceof NotControllerError && thrown.isUnreachable)
        this.#channels.failed(nodeId)
      throw thrown
    }
  }

  /** What this node is asked for may wait for a majority that does not come. */
  #atMost<Result>(
    asked: Promise<Result>,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const open = () => {
        end()
        reject(
          new LograftError(
            'REQUEST_TIMED_OUT',
            'not done in time; whether this took effect is open',
          ),
        )
      }
      const timer = this.#clock.timer(timeoutMs, open)
      signal.addEventListener('abort', open, { once: true })
      const end = () => {
        timer.cancel()
        signal.removeEventListener('abort', open)
      }
      asked.then(resolve, reject).finally(end)
    })
  }

  // --- what is known

  #learn(leader: KnownLeader): void {
    // An epoch has one leader.
    if (this.#leader !== null && leader.epoch <= this.#leader.epoch) return
    this.#leader = leader
    this.#news()
  }

  #news(): void {
    this.#version += 1
    for (const wake of this.#waiting) wake()
  }

  /** Until something becomes known, or the time is up. */
  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        timer.cancel()
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = this.#clock.timer(ms, done)
      this.#waiting.add(done)
      signal.addEventListener('abort', done, { once: true })
      if (signal.aborted) done()
    })
  }
}

/** What one call knows while it looks for the leader. */
interface Search {
  /** Those that did not help, since something became known. */
  readonly asked: Set<NodeId>
  version: number
  /** Why the last attempt did not help. */
  last: LograftError | null
  /** Some attempt may have taken effect. */
  isOpen: boolean
}

/** Rethrows what may not be asked again. */
function mayAskAgain(thrown: unknown, { repeatable }: { readonly repeatable: boolean }) {
  if (!(thrown instanceof LograftError)) throw thrown
  const { code } = thrown as LograftError
  if (code === 'NOT_CONTROLLER') return thrown
  if (code === 'REQUEST_TIMED_OUT' && repeatable) return thrown
  throw thrown
}

function givenUp({ last, isOpen }: Search, searchMs: number, signal: AbortSignal): Error {
  const what = signal.aborted ? 'given up' : `no active controller found within ${searchMs} ms`
  const why = last === null ? '' : ` (${last.message})`
  const options = last ? { cause: last } : {}
  const message = `${what}${why}; `
  return isOpen
    ? new LograftError('REQUEST_TIMED_OUT', `${message}whether this took effect is open`, options)
    : new NoLeaderFound('REQUEST_TIMED_OUT', `${message}nothing was changed`, options)
}
