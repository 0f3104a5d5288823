/** What every running load has around it: an end, even when the broker falls silent, and news. */
import type { Timer } from '../../base/clock.ts'
import { hostClock } from '../../host/clock.ts'

/** How long the last answers are waited for. */
const PATIENCE_MS = 30_000
const PROGRESS_MS = 1_000

/** Waits for `finished`; rejects when that takes much longer than it should. */
export async function supervise(
  finished: Promise<unknown>,
  durationMs: number,
  tellProgress?: () => void,
): Promise<void> {
  const timers: { late?: Timer; progress?: Timer } = {}
  const tooLate = new Promise<never>((_, reject) => {
    const message = `no end ${PATIENCE_MS / 1000} s after the load should have ended`
    timers.late = hostClock.timer(durationMs + PATIENCE_MS, () => reject(new Error(message)))
  })
  const tellAgain = () => {
    tellProgress?.()
    timers.progress = hostClock.timer(PROGRESS_MS, tellAgain)
  }
  if (tellProgress) timers.progress = hostClock.timer(PROGRESS_MS, tellAgain)
  try {
    await Promise.race([finished, tooLate])
  } finally {
    timers.late?.cancel()
    timers.progress?.cancel()
  }
}
