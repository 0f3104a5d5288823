/**
 * The rules of fetch sessions (KIP-227), apart from who keeps them: how epochs go on, what a client
 * must be told of a partition and what it knows then, and which session gives way to another. Pure.
 * They are Kafka's, to the letter: clients were written against those.
 */
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

/** The session id of an answer that has no session. */
export const NO_SESSION = 0
/** The epoch that asks for a new session. */
export const NEW_SESSION_EPOCH = 0
/** The epoch that asks for none, and ends the one it names. */
export const SESSIONLESS_EPOCH = -1

const EPOCH_MAX = 0x7fff_ffff

/** Epochs wrap to 1: 0 would ask for a new session. */
export function nextEpoch(epoch: number): number {
  return epoch === EPOCH_MAX ? 1 : epoch + 1
}

/** What a client knows of a partition; -1 where it must be told whatever it is. */
export interface Told {
  readonly highWatermark: number
  readonly logStartOffset: number
}

export const TOLD_NOTHING: Told = { highWatermark: -1, logStartOffset: -1 }

/** The part of an answer that decides whether it is news. */
export interface Tellable extends Told {
  readonly errorCode: ErrorCode
  readonly divergingEpoch?: unknown
  readonly sizeBytes: number
}

/** Whether an incremental answer must name the partition. Errors are told each time. */
export function isNews(told: Told, now: Tellable): boolean {
  return (
    now.sizeBytes > 0 ||
    now.highWatermark !== told.highWatermark ||
    now.logStartOffset !== told.logStartOffset ||
    mustBeToldAgain(now)
  )
}

/** What the client knows after this answer. When an error goes away, that is news too. */
export function toldBy(now: Tellable): Told {
  const { highWatermark, logStartOffset } = now
  return { highWatermark: mustBeToldAgain(now) ? -1 : highWatermark, logStartOffset }
}

/**
 * There is more than was told: what a follower is told of at once. Never so of whoever was told
 * nothing yet, or an error: that is answered anyway. A high watermark counts as far as the follower
 * has records.
 */
export function isBeyond(told: Told, now: Told, logEndOffset: number): boolean {
  if (told.highWatermark < 0) return false
  const highWatermark = Math.min(now.highWatermark, logEndOffset)
  return highWatermark > told.highWatermark || now.logStartOffset > told.logStartOffset
}

function mustBeToldAgain({ errorCode, divergingEpoch }: Tellable): boolean {
  return errorCode !== errors.NONE || divergingEpoch !== undefined
}

/** What a session is worth, as far as its place in the cache goes. */
export interface Worth {
  /** A follower's: worth more than any consumer's. */
  readonly privileged: boolean
  /** Its partitions: the more, the more a full fetch would cost. */
  readonly size: number
}

/** A session in the cache, in milliseconds of one clock. */
export interface Aged extends Worth {
  readonly createdMs: number
  readonly lastUsedMs: number
}

/** For this long a session is safe from one that is merely worth more. */
export const EVICTION_MIN_MS = 120_000

/** A session nobody used for long gives way to any other. */
export function isStale({ lastUsedMs }: Aged, nowMs: number): boolean {
  return nowMs - lastUsedMs > EVICTION_MIN_MS
}

/**
 * The session that `newcomer` may take the place of, or null: the one worth least of those that
 * have had their time, and of consumers' sessions also the young ones where a follower comes. It
 * has to be worth less than the newcomer.
 */
export function leastWorthy<Session extends Aged>(
  sessions: Iterable<Session>,
  newcomer: Worth,
  nowMs: number,
): Session | null {
  let least: Session | null = null
  for (const session of sessions) {
    const isRipe = nowMs - session.createdMs > EVICTION_MIN_MS
    const isOutranked = newcomer.privileged && !session.privileged
    if ((isRipe || isOutranked) && (least === null || compareWorth(session, least) < 0))
      least = session
  }
  return least !== null && compareWorth(newcomer, least) > 0 ? least : null
}

function compareWorth(a: Worth, b: Worth): number {
  return Number(a.privileged) - Number(b.privileged) || a.size - b.size
}
