/**
 * Every wait of a test has an end. Tests wait for events, never for time to pass: the deadline here
 * only turns a hang into a message that says what was awaited.
 */

/** Rejects when `event` has not come after `deadlineMs`; it never makes anything succeed. */
export async function within<Value>(
  deadlineMs: number,
  what: string,
  event: PromiseLike<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: not within ${deadlineMs} ms`))
    }, deadlineMs)
  })
  try {
    return await Promise.race([event, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks again until `probe` gives something that is neither null nor false. For what has no event to
 * wait for, such as a directory that a background task removes.
 */
export async function eventually<Value>(
  deadlineMs: number,
  what: string,
  probe: () => Promise<Value | null | false> | Value | null | false,
): Promise<Value> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    const found = await probe()
    if (found !== null && found !== false) return found
    if (performance.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
