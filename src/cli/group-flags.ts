/**
 * What the flags of `lograft group` mean: states, topics with some of their partitions, and where
 * offsets are to be reset to. Read before anything is dialled.
 */
import { InvalidArgumentError } from 'commander'
import { LograftError } from '../base/errors.ts'
import { hostClock } from '../host/clock.ts'
import { oneOf, parseDuration, type ClientFlags } from './client-flags.ts'
import { parsePosition, type Position } from './position.ts'

export interface ChosenTopic {
  readonly topic: string
  /** Null: all of them. */
  readonly partitions: readonly number[] | null
}

/** Where offsets go. */
export type ResetTarget =
  | { readonly type: 'earliest' | 'latest' }
  | { readonly type: 'offset'; readonly offset: number }
  | { readonly type: 'time'; readonly timestampMs: number }
  | { readonly type: 'shift'; readonly by: number }

export interface ResetFlags extends ClientFlags {
  readonly topic?: readonly ChosenTopic[]
  readonly allTopics?: true
  readonly toEarliest?: true
  readonly toLatest?: true
  readonly toOffset?: number
  readonly toDatetime?: ResetTarget
  readonly byDuration?: ResetTarget
  readonly shiftBy?: number
  readonly execute?: true
}

/** Kafka's names of what a classic group is in. */
export const STATES = [
  'preparingrebalance',
  'completingrebalance',
  'stable',
  'empty',
  'dead',
] as const

export const stateName = oneOf(STATES)

/** `orders`, or `orders:0,3` for two of its partitions. */
export function chosenTopic(text: string): ChosenTopic {
  const [, topic, numbers] = /^([^:]+)(?::(\d{1,9}(?:,\d{1,9})*))?$/.exec(text) ?? []
  if (topic === undefined)
    throw new InvalidArgumentError('Expected a topic, or a topic and partitions: orders:0,3.')
  const partitions = numbers?.split(',').map(Number)
  return { topic, partitions: partitions ? [...new Set(partitions)] : null }
}

/** A time, as `--from` of `consume` takes it. */
export function pointInTime(text: string, nowMs = hostClock.wallMs()): ResetTarget {
  const position = /^\d+$/.test(text.trim()) ? null : timeOrNull(text, nowMs)
  if (position?.type === 'time') return position
  throw new InvalidArgumentError(
    'Expected a time: 2026-11-25T14:30, 2026-11-25T14:30:00Z, @EPOCH-MS, "2h ago".',
  )
}

function timeOrNull(text: string, nowMs: number): Position | null {
  try {
    return parsePosition(text, nowMs)
  } catch (thrown) {
    if (thrown instanceof InvalidArgumentError) return null
    throw thrown
  }
}

/** So long before now. */
export function ago(text: string, nowMs = hostClock.wallMs()): ResetTarget {
  const durationMs = parseIsoDuration(text.trim()) ?? parseDuration(text)
  if (durationMs !== null) return { type: 'time', timestampMs: Math.max(0, nowMs - durationMs) }
  throw new InvalidArgumentError('Expected a duration: PT1H30M, P1D, or 90m.')
}

const ISO_DURATION =
  /^P(?=\d|T)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i
const ISO_UNITS_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]

/** ISO 8601: `PT1H`, `P1DT12H`. Years and months have no length. Null when it is none. */
function parseIsoDuration(text: string): number | null {
  const parts = ISO_DURATION.exec(text)?.slice(1)
  if (!parts) return null
  const sum = parts.reduce((ms, part, index) => {
    return ms + Number(part ?? 0) * (ISO_UNITS_MS[index] ?? 0)
  }, 0)
  return Math.round(sum)
}

/** A whole number that may be negative. */
export function shift(text: string): number {
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number, negative to go back.')
}

/** The one target that the flags name. Throws USAGE for none, and for several. */
export function targetOf(flags: ResetFlags): ResetTarget {
  const named: readonly (ResetTarget | false | undefined)[] = [
    flags.toEarliest && { type: 'earliest' },
    flags.toLatest && { type: 'latest' },
    flags.toOffset !== undefined && { type: 'offset', offset: flags.toOffset },
    flags.toDatetime,
    flags.byDuration,
    flags.shiftBy !== undefined && { type: 'shift', by: flags.shiftBy },
  ]
  const targets = named.flatMap((target) => (target ? [target] : []))
  if (targets.length === 1 && targets[0]) return targets[0]
  throw new LograftError(
    'USAGE',
    `say where to, once: --to-earliest, --to-latest, --to-offset, --to-datetime, --by-duration or --shift-by`,
  )
}
