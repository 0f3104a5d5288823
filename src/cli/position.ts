/**
 * `--from`: where reading begins, as people write it. Which offsets that means is asked of the
 * brokers later (start-offsets.ts).
 */
import { InvalidArgumentError } from 'commander'
import { hostClock } from '../host/clock.ts'
import { parseDuration } from './client-flags.ts'

export type Position =
  | { readonly type: 'beginning' | 'end' }
  | { readonly type: 'offset'; readonly offset: number }
  /** So many records before the end of each partition. */
  | { readonly type: 'last'; readonly count: number }
  /** The first record that is not older. */
  | { readonly type: 'time'; readonly timestampMs: number }

const EXPECTED =
  'Expected beginning, end, an offset, -N for the last N, or a time: 2026-11-25T14:30, @EPOCH-MS, "10m ago".'

/** Reads what stands behind `--from`. A time without a zone is local. */
export function parsePosition(text: string, nowMs = hostClock.wallMs()): Position {
  const word = text.trim()
  if (['beginning', 'earliest', 'start'].includes(word)) return { type: 'beginning' }
  if (['end', 'latest', 'now'].includes(word)) return { type: 'end' }
  const number = /^([-@]?)(\d{1,16})$/.exec(word)
  if (number) return fromNumber(number[1] ?? '', Number(number[2]))
  const ago = /^(.*?)\s*ago$/.exec(word)
  const durationMs = parseDuration(ago?.[1] ?? word)
  if (durationMs !== null) return { type: 'time', timestampMs: nowMs - durationMs }
  const timestampMs = parseTime(word)
  if (timestampMs !== null) return { type: 'time', timestampMs }
  throw new InvalidArgumentError(EXPECTED)
}

function fromNumber(sign: string, value: number): Position {
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError(EXPECTED)
  if (sign === '-') return { type: 'last', count: value }
  return sign === '@' ? { type: 'time', timestampMs: value } : { type: 'offset', offset: value }
}

const TIME =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds since 1970; null when it is no time. Without a zone it is local. */
function parseTime(text: string): number | null {
  if (!TIME.test(text)) return null
  // A date alone would be taken for midnight in Greenwich, unlike a date with a time.
  const local = text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')
  const timestampMs = new Date(local).getTime()
  if (Number.isNaN(timestampMs) || timestampMs < 0) return null
  // 2026-02-31 would silently become a day in March.
  const day = Number(text.slice(8, 10))
  const lastDay = new Date(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0).getDate()
  return day >= 1 && day <= lastDay ? timestampMs : null
}
