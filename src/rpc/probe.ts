/**
 * Whether the process behind an address is gone (SAFETY S23): only a refused connection says so,
 * and only twice in a row. A reset, a timeout, an unreachable network say nothing, and neither does
 * a connection that comes about.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import type { Net } from '../base/net.ts'
import type { HostPort } from '../config/addresses.ts'

/**
 * Between the two dials: a listener that is just being replaced is not taken for one that is gone.
 */
const BETWEEN_DIALS_MS = 20
/** A refusal comes at once, or not at all. */
const DIAL_TIMEOUT_MS = 1_000

interface Ports {
  readonly net: Net
  readonly clock: Clock
}

/** Whether all the listeners of a process are gone. Never rejects; false when `signal` aborts. */
export async function areGone(
  ports: Ports,
  addresses: readonly HostPort[],
  signal: AbortSignal,
): Promise<boolean> {
  const gone = await Promise.all(addresses.map((address) => isGone(ports, address, signal)))
  return gone.every(Boolean)
}

/** Never rejects; false when `signal` aborts. */
export async function isGone(
  { net, clock }: Ports,
  address: HostPort,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await isRefused({ net, clock }, address, signal))) return false
  await delay(clock, BETWEEN_DIALS_MS, signal)
  if (signal.aborted) return false
  return (await isRefused({ net, clock }, address, signal)) && !signal.aborted
}

async function isRefused(
  { net, clock }: Ports,
  address: HostPort,
  signal: AbortSignal,
): Promise<boolean> {
  const abort = new AbortController()
  const giveUp = () => abort.abort(new Error('not dialled any more'))
  const timer = clock.timer(DIAL_TIMEOUT_MS, giveUp)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    const stream = await net.connect(address, abort.signal)
    stream.destroy()
    return false
  } catch (thrown) {
    return codeOf(thrown) === 'ECONNREFUSED'
  } finally {
    timer.cancel()
    signal.removeEventListener('abort', giveUp)
  }
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : null
}
