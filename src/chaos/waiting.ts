/**
 * Every wait has an end. Nothing here makes anything succeed: a deadline turns a hang into a
 * message that says what was awaited.
 */
import { delay } from '../base/clock.ts'
import { hostClock } from '../host/clock.ts'

/** Between two questions about what has no event to wait for. */
const AGAIN_MS = 50

/** Rejects when `event` has not come after `deadlineMs`. */
export async function within<Value>(
  deadlineMs: number,
  what: string,
  event: PromiseLike<Value>,
): Promise<Value> {
  let give: (error: Error) => void = () => undefined
  const late = new Promise<never>((_, reject) => (give = reject))
  const timer = hostClock.timer(deadlineMs, () =>
    give(new Error(`${what}: not within ${deadlineMs} ms`)),
  )
  try {
    return await Promise.race([event, late])
  } finally {
    timer.cancel()
  }
}

/** Asks again until `probe` gives something that is neither null nor false. */
export async function eventually<Value>(
  deadlineMs: number,
  what: string,
  probe: () => Promise<Value | null | false> | Value | null | false,
): Promise<Value> {
  const untilMs = hostClock.monotonicMs() + deadlineMs
  for (;;) {
    const found = await probe()
    if (found !== null && found !== false) return found
    if (hostClock.monotonicMs() > untilMs) throw new Error(`${what}: not within ${deadlineMs} ms`)
    await delay(hostClock, AGAIN_MS)
  }
}
