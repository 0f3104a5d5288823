/** How long to wait before trying again: a little, then more, with some chance in it. Pure. */
import type { Random } from '../base/random.ts'

const BACKOFF_MIN_MS = 50
export const BACKOFF_MAX_MS = 1_000

/** After so many failures in a row, at least one. */
export function backoffMs(failures: number, random: Random): number {
  const most = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** (failures - 1))
  return most / 2 + (most / 2) * random.next()
}
