/**
 * One run of a kept plan, forward or back: the throttle around it, progress while it goes, and what
 * to do next when it ends before its end. A throttle that cannot be lifted is never silent.
 */
import type { ReplicaAdmin } from '../../client/replica-admin.ts'
import { asError } from '../../base/errors.ts'
import { exitCodes, FORCED } from '../exit-codes.ts'
import { catchSignals } from '../lifetime.ts'
import { Progress } from '../progress.ts'
import { complain, DONE, type Session } from '../session.ts'
import { countOf } from '../table.ts'
import { AT_ONCE, CarryOut } from './carry-out.ts'
import type { KeptPlan, PlannedMove } from './plan-file.ts'
import type { Task } from './standing.ts'
import { printTally, printTime } from './tally.ts'
import { changeLists, restoreRates, setRate } from './throttle.ts'

/** What a broker may take for a change; a controller that died has a successor by then. */
export const TIMEOUT_MS = 30_000

export interface Performance {
  readonly session: Session
  readonly admin: ReplicaAdmin
  readonly flags: { readonly json?: true; readonly atOnce?: number }
  readonly kept: KeptPlan
  readonly path: string
  readonly direction: 'forward' | 'back'
}

/** `more`: what is printed beside the outcome, as JSON. */
export async function perform(run: Performance, more: object): Promise<number> {
  const { session, admin, flags, kept, path, direction } = run
  const { throttleBytesPerSecond: rate, moves } = kept
  const interrupted = new AbortController()
  const signals = catchSignals()
  let signal: keyof typeof FORCED | null = null
  void signals.first.then((first) => {
    signal = first
    interrupted.abort()
  })
  const carryOut: CarryOut = new CarryOut(tasksOf(kept, direction), {
    ...{ cluster: session.cluster, admin, isThrottled: rate !== null, signal: interrupted.signal },
    atOnce: flags.atOnce ?? AT_ONCE,
    onWave: () => process.stderr.isTTY || complain(printTally(carryOut.tally, carryOut.ran)),
  })
  const progress = new Progress(() => printTally(carryOut.tally, carryOut.ran))
  let isDone: boolean
  try {
    if (rate !== null) await setRate(admin, rate)
    isDone = await carryOut.run()
    if (isDone) await lift(admin, kept)
  } catch (thrown) {
    progress.stop()
    complain(howToGoOn(path, moves))
    throw asError(thrown)
  } finally {
    progress.stop()
  }
  const { tally, ran, notMoved } = carryOut
  for (const { topic, partition, why } of notMoved) complain(`${topic}-${partition}: ${why}`)
  if (flags.json)
    await session.output.printJson({
      ...{ ...more, executed: true, direction, plan: path, moves, isDone, notMoved },
      ...{ ...tally, seconds: ran.ms / 1000 },
    })
  if (!isDone) {
    complain(`interrupted, ${printTally(tally, ran)}. ${howToGoOn(path, moves)}`)
    return signal === null ? exitCodes.failure.code : FORCED[signal]
  }
  if (!flags.json) await session.output.print(outcome(run, carryOut))
  return notMoved.length === 0 ? DONE : exitCodes.failure.code
}

/** Back: the last first, so that who was given most gives it back first. */
function tasksOf({ moves }: KeptPlan, direction: Performance['direction']): readonly Task[] {
  if (direction === 'forward') return moves.map((move) => ({ move, target: move.to }))
  return [...moves].reverse().map((move) => ({ move, target: move.from }))
}

/** Also what a run that was killed had put on the lists. */
async function lift(admin: ReplicaAdmin, { moves, ratesBefore, ...kept }: KeptPlan): Promise<void> {
  const back = (move: PlannedMove) => ({ ...move, from: move.to, to: move.from })
  const copying = moves.filter(({ from, to }) => to.some((id) => !from.includes(id)))
  await changeLists(admin, [...copying, ...copying.map(back)], 'subtract')
  if (kept.throttleBytesPerSecond !== null) await restoreRates(admin, ratesBefore)
}

function howToGoOn(path: string, moves: readonly PlannedMove[]): string {
  const flags = `--plan ${path}`
  return (
    `What was begun of ${countOf(moves.length, 'move')} goes on, and stays held to the throttle. ` +
    `To go on: lograft partition balance --resume ${flags}; ` +
    `to put everything back: lograft partition balance --cancel ${flags}`
  )
}

function outcome({ direction, path }: Performance, { tally, ran }: CarryOut): string {
  const done = `${countOf(tally.movesDone, 'move')} done in ${printTime(ran.ms)}`
  if (direction === 'back') return `${done}: everything is where it was before\n`
  return `${done}; lograft partition balance --cancel --plan ${path} puts everything back\n`
}
