/**
 * What each kind of fault takes, and what a value of it may be: what a schedule is held against
 * before anything is started.
 */
import type { SpecOf } from './fault.ts'
import { parseSelector } from './selectors.ts'
import type { DamagedFile, FaultName, Manner } from './spec.ts'

/** What is wrong with a value, as the end of a sentence; null: nothing. */
type Check = (value: unknown) => string | null

export interface Parameter {
  readonly check: Check
  readonly isRequired: boolean
}

/** By the names of a kind's own fields; whether each is required is the type's to say. */
type ParametersOf<Name extends FaultName> = {
  readonly [Key in Exclude<keyof SpecOf<Name>, 'fault'>]-?: {
    readonly check: Check
    readonly isRequired: undefined extends SpecOf<Name>[Key] ? false : true
  }
}

const needed = (check: Check) => ({ check, isRequired: true }) as const
const optional = (check: Check) => ({ check, isRequired: false }) as const

const selector: Check = (value) => {
  if (typeof value !== 'string') return 'must be a selector, such as leader-of(orders-*)'
  try {
    parseSelector(value)
    return null
  } catch (thrown) {
    return `: ${(thrown as Error).message}`
  }
}

const whole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? null
      : `must be a whole number from ${min} to ${max}`

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((one) => one === value) ? null : `must be one of ${values.join(', ')}`

const text: Check = (value) => (typeof value === 'string' && value !== '' ? null : 'must be a text')

const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false')

const fraction: Check = (value) =>
  typeof value === 'number' && value > 0 && value <= 1 ? null : 'must be above 0 and at most 1'

const DAMAGED: Readonly<Record<DamagedFile, true>> = {
  ...{ segment: true, 'active-segment': true, 'offset-index': true, 'time-index': true },
  ...{ 'producer-snapshot': true, 'leader-epochs': true, 'partition-metadata': true },
  ...{ 'recovery-points': true, 'log-starts': true, 'high-watermarks': true },
  ...{ 'cleaned-offsets': true, 'compaction-gaps': true, 'partition-creations': true },
  ...{ 'broker-life': true, 'clean-shutdown': true, 'meta-properties': true },
  ...{ 'offsets-view': true, 'metadata-log': true, 'metadata-snapshot': true },
  ...{ 'quorum-state': true },
}
const MANNERS: Readonly<Record<Exclude<Manner, 'old-copy'>, true>> = {
  ...{ flip: true, truncate: true, zero: true, delete: true },
}

const DAY_MS = 86_400_000
const delayMs = whole(1, 60_000)
const direction = optional(oneOf('both', 'in', 'out'))
const on = needed(selector)
const justOn = { on }
const link = { on, from: optional(selector), clients: optional(flag) }
const requests = {
  on,
  api: needed(text),
  count: needed(whole(1, 1_000_000)),
  client: optional(text),
}

const PARAMETERS: { readonly [Name in FaultName]: ParametersOf<Name> } = {
  ...{ kill: justOn, terminate: justOn, pause: justOn, restart: justOn },
  ...{ cut: { ...link, direction }, stall: { ...link, direction }, reset: link, refuse: link },
  delay: { ...link, delayMs: needed(delayMs), jitterMs: optional(whole(0, 60_000)) },
  throttle: { ...link, bytesPerSecond: needed(whole(1, 1_000_000_000)) },
  corrupt: { on, from: optional(selector), probability: needed(fraction) },
  'disk-full': justOn,
  'slow-fsync': { on, delayMs: needed(delayMs) },
  ...{ 'failing-write': justOn, 'failing-fsync': justOn, 'torn-write': justOn },
  'power-cut': justOn,
  damage: {
    on,
    file: needed(oneOf(...Object.keys(DAMAGED))),
    how: needed(oneOf(...Object.keys(MANNERS))),
  },
  'old-copy': justOn,
  'clock-jump': { on, byMs: needed(whole(-365 * DAY_MS, 365 * DAY_MS)) },
  'starve-cpu': justOn,
  'connection-storm': { on, connections: needed(whole(1, 10_000)) },
  reassign: { topic: needed(text) },
  'topic-churn': { topics: needed(whole(1, 1_000)) },
  'replace-controller': justOn,
  'fail-requests': { ...requests, error: needed(text) },
  'delay-requests': { ...requests, delayMs: needed(delayMs) },
  'lose-answers': requests,
}

export const FAULT_NAMES = Object.keys(PARAMETERS) as readonly FaultName[]

export function parametersOf(name: FaultName): Readonly<Record<string, Parameter>> {
  return PARAMETERS[name]
}
