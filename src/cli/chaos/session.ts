/**
 * One call of a `lograft chaos` command: signals are caught, a failure becomes one line and an exit
 * code, and the process stays while brokers start and nothing else is to be done.
 */
import { keepAlive } from '../../host/keep-alive.ts'
import type { Results } from '../../chaos/report/results.ts'
import { exitCodes } from '../exit-codes.ts'
import { catchSignals } from '../lifetime.ts'
import { Output } from '../output.ts'
import { fail } from '../session.ts'

export interface ChaosSession {
  readonly output: Output
  /** Aborts with the first Ctrl-C; a second one ends the process. */
  readonly signal: AbortSignal
}

/** The exit code is what `action` returns. */
export async function withChaos(action: (session: ChaosSession) => Promise<number>): Promise<void> {
  const release = keepAlive()
  const ending = new AbortController()
  void catchSignals().first.then(() => ending.abort())
  // A terminal that is closed: what is hurt is taken back all the same.
  process.once('SIGHUP', () => ending.abort())
  try {
    process.exitCode = await action({ output: new Output(), signal: ending.signal })
  } catch (thrown) {
    process.exitCode = fail(thrown)
  } finally {
    release()
  }
}

/** Of several runs: one that is wrong weighs more than one that is unknown, or was not made. */
export function exitCodeOfRuns(results: readonly Results[], { areAll = true } = {}): number {
  const failed = results.filter(({ passed }) => !passed)
  if (failed.length === 0) return (areAll ? exitCodes.clean : exitCodes.undecided).code
  const isWrong = failed.some(
    ({ verdict, expect }) => verdict !== 'unknown' || expect === 'invalid',
  )
  return (isWrong ? exitCodes.failure : exitCodes.undecided).code
}
