/**
 * How far another machine's clock is from this one's. A date has whole seconds; asked again while
 * a second passes, the answers together narrow it down to a fraction of one.
 */
import { delay } from '../../base/clock.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { httpDate } from '../../host/http-date.ts'
import type { ClockReading, Unknown } from './readings.ts'

export interface DateSample {
  /** When it was asked and when the answer was there, by this clock. */
  readonly askedMs: number
  readonly answeredMs: number
  /** By the other clock, cut to the second. */
  readonly dateMs: number
}

const SAMPLES = 6
const EVERY_MS = 190
const ANSWER_MS = 3_000

/** `place`: any port that speaks HTTP/2. */
export async function readClock(place: HostPort): Promise<ClockReading | Unknown> {
  const samples: DateSample[] = []
  try {
    for (let count = 0; count < SAMPLES; count++) {
      if (count > 0) await delay(hostClock, EVERY_MS)
      const askedMs = hostClock.wallMs()
      const dateMs = await httpDate(place, { timeoutMs: ANSWER_MS })
      samples.push({ askedMs, dateMs, answeredMs: hostClock.wallMs() })
    }
  } catch {
    if (samples.length === 0) return { unknown: 'its gRPC port does not answer from here' }
  }
  return narrowed(samples)
}

/** The other clock minus this one lies within what every sample allows. */
export function narrowed(samples: readonly DateSample[]): ClockReading | Unknown {
  const leastMs = Math.max(...samples.map(({ dateMs, answeredMs }) => dateMs - answeredMs))
  const mostMs = Math.min(...samples.map(({ dateMs, askedMs }) => dateMs + 1_000 - askedMs))
  if (leastMs > mostMs) return { unknown: 'one of the clocks was set meanwhile' }
  return { leastMs, mostMs }
}
