/**
 * From "ready" to the end of the process: a first SIGINT or SIGTERM stops the node in good order, a
 * second one ends the process at once, and a node that fails by itself is stopped and told of.
 * Signals are caught before the node starts, so that one during the start is not lost.
 */
import type { Logger } from '../base/log.ts'
import { hostClock } from '../host/clock.ts'
import { exitCodes, FORCED } from './exit-codes.ts'

export type StopSignal = keyof typeof FORCED

/** What this file asks of a running node. */
export interface Stoppable {
  stop(): Promise<void>
  /** Resolves when the node can no longer go on. */
  readonly failed: Promise<Error>
  /** Resolves when the cluster was asked to have it end. */
  readonly shutdownWanted?: Promise<void>
}

export interface Signals {
  /** Resolves at the first signal. */
  readonly first: Promise<StopSignal>
}

/**
 * A terminal's Ctrl-C reaches a process group, and npm passes it on once more: what comes within
 * this time of the first is the same key press, not impatience.
 */
const SAME_KEY_PRESS_MS = 1_000

/** Listens for SIGINT and SIGTERM from now on, for the life of the process. */
export function catchSignals(samePressMs = SAME_KEY_PRESS_MS): Signals {
  const first = new Promise<StopSignal>((resolve) => {
    let firstAtMs: number | null = null
    const onSignal = (signal: StopSignal) => {
      const nowMs = hostClock.monotonicMs()
      if (firstAtMs === null) {
        firstAtMs = nowMs
        resolve(signal)
      } else if (nowMs - firstAtMs > samePressMs) {
        process.stderr.write(`lograft: second ${signal}, ending at once\n`)
        process.exit(FORCED[signal])
      }
    }
    process.on('SIGINT', () => onSignal('SIGINT')).on('SIGTERM', () => onSignal('SIGTERM'))
  })
  return { first }
}

/** Its end, when the cluster was asked for it. */
const ASKED = { signal: null, error: null }

/** Waits for the end, stops the node, and says with which code the process should exit. */
export async function stayUntilStopped(
  node: Stoppable,
  { signals, logger }: { readonly signals: Signals; readonly logger: Logger },
): Promise<number> {
  const end = await Promise.race([
    signals.first.then((signal) => ({ signal, error: null })),
    node.failed.then((error) => ({ signal: null, error })),
    ...(node.shutdownWanted ? [node.shutdownWanted.then(() => ASKED)] : []),
  ])
  if (end.error) logger.fatal({ err: end.error }, 'node failed')
  else logger.info({ signal: end.signal }, 'stopping')
  try {
    await node.stop()
  } catch (thrown) {
    logger.error({ err: thrown }, 'stop failed')
    return end.error ? exitCodes.stopped.code : exitCodes.failure.code
  }
  if (end.error) return exitCodes.stopped.code
  logger.info({}, 'stopped')
  return exitCodes.clean.code
}
