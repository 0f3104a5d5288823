/**
 * A coordinator of one partition, as whoever drives it sees it: a pure state machine that turns
 * requests into records and answers. Groups are the first tenant, transactions can be the second.
 *
 * What the driver owes (SAFETY S15, S16; every step in one turn of the event loop, without
 * waiting):
 *
 * 1. It makes a shard when its broker leads the partition, gives it what is stored (`replay`), and
 *    calls `start` when the high watermark has reached the start of its leader epoch and all up to
 *    there was replayed. Before that it answers COORDINATOR_LOAD_IN_PROGRESS.
 * 2. It calls `handle` and `timers`, as often as it likes, then appends all their records, in
 * order,
 *    and tells the shard: `appended`, or `refused` when the log took none of them. The shard's own
 *    state (the pending one) has changed at once: the next request is judged by it.
 * 3. It gives `answers` when everything appended so far is committed, and it leads still, in the
 *    same epoch; also where there were no records, for the answer may rest on earlier ones. What is
 *    in `answersNow` rests on nothing that could be lost.
 * 4. When it does not lead any more it calls `end`, drops the shard and all it has not answered.
 */
import type { ErrorCode } from '../wire/errors.ts'

/** A record of a coordinator's topic. No value: what the key said before holds no more. */
export interface CoordinatorRecord {
  readonly key: Uint8Array
  readonly value: Uint8Array | null
}

/** Names a request until it is answered. The driver makes them; each is used once. */
export type Ticket = number

export interface Answer<Response> {
  readonly ticket: Ticket
  readonly response: Response
}

/** What was decided. Not every request is answered by its own outcome: some wait for others. */
export interface Outcome<Response> {
  readonly records: readonly CoordinatorRecord[]
  /** Wait until everything that was appended so far is committed. */
  readonly answers: readonly Answer<Response>[]
  readonly answersNow: readonly Answer<Response>[]
}

export interface CoordinatorShard<Request, Response> {
  /** Decides, and changes the pending state. What it keeps of the request it has copied. */
  handle(request: Request, ticket: Ticket, nowMs: number): Outcome<Response>
  /** Does what is due. */
  timers(nowMs: number): Outcome<Response>
  /**
   * Before this moment `timers` has nothing to do; Infinity: nothing is waited for. Being late does
   * no harm but to those who wait; a call may look at everything there is, so some tens of
   * milliseconds should lie between two of them.
   */
  readonly nextTimerMs: number
  /** The records of all outcomes since the last call are in the log, the first at this offset. */
  appended(firstOffset: number): void
  /**
   * The log took none of them. Everything decided since the last call is undone, and these answers
   * are given instead of those that were decided. `code` is what the append failed with.
   */
  refused(code: ErrorCode, nowMs: number): readonly Answer<Response>[]
  /**
   * Everything before this offset is committed and in the view that the driver reads from, also in
   * every reading of it that has begun: nothing of it needs to be remembered here.
   */
  applied(offset: number): void
  /** Takes in what is stored, the last record of each key, before `start`. */
  replay(record: CoordinatorRecord): void
  /** Begins to coordinate: from now on time passes. */
  start(nowMs: number): Outcome<Response>
  /** Refuses with `code` all that waits in the shard. */
  end(code: ErrorCode): readonly Answer<Response>[]
}
