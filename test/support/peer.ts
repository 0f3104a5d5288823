/**
 * Foreign programs that a test needs and a machine may lack. A test without its peer is skipped
 * where everybody sees it: a line says what is missing and how to get it, and the reporter counts
 * the tests as skipped. It is never silently passed.
 */
import { describe } from 'vitest'

export interface Peer {
  readonly name: string
  /** Why it is not here; null when it is. */
  readonly missing: string | null
  /** How to get it. */
  readonly cure: string
}

/** `describe`, for tests that need `peer`. */
export function describeWith({ name, missing, cure }: Peer): ReturnType<typeof describe.skipIf> {
  if (missing !== null) process.stderr.write(`SKIPPED: ${name} ${missing}; ${cure}\n`)
  return describe.skipIf(missing !== null)
}
