/**
 * A reason for the process to stay: while a command waits between two attempts there may be neither
 * a socket nor a timer that counts, and Node would end it in the middle.
 */
const AN_HOUR_MS = 3_600_000

/** Keeps the process alive until the returned function is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => undefined, AN_HOUR_MS)
  return () => clearInterval(timer)
}
