/**
 * How far it is, in moves and bytes, how fast it goes and how long it will take. Pure: times come
 * in as arguments.
 */
import { countOf, printBytes } from '../table.ts'

export interface Tally {
  readonly movesDone: number
  readonly moves: number
  readonly bytesDone: number
  readonly bytes: number
}

const SECOND_MS = 1_000

/** `3 of 9 moves, 1.2 GiB of 4.5 GiB, 18 MiB/s, 3 min left`. */
export function printTally(
  { movesDone, moves, bytesDone, bytes }: Tally,
  ran: { readonly bytes: number; readonly ms: number },
): string {
  const parts = [`${movesDone} of ${countOf(moves, 'move')}`]
  if (bytes > 0) parts.push(`${printBytes(bytesDone)} of ${printBytes(bytes)}`)
  if (ran.bytes > 0 && ran.ms >= SECOND_MS) {
    const perMs = ran.bytes / ran.ms
    parts.push(`${printBytes(perMs * SECOND_MS)}/s`)
    if (bytesDone < bytes) parts.push(`${printTime((bytes - bytesDone) / perMs)} left`)
  }
  return parts.join(', ')
}

/** `40 s`, `3 min`, `2 h 5 min`. */
export function printTime(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
