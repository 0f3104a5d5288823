/**
 * What `lograft plan apply` does: has a plan carried out, and goes on with the same key at the next
 * node when one is gone, so that each step happens once. Without `--yes` it says what it would do.
 */
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { LograftError } from '../../base/errors.ts'
import { RpcError } from '../../rpc/status.ts'
import type { AdminSession } from '../admin-places.ts'
import { isPassing, withPlaces } from '../admin-places.ts'
import { exitCodes, FORCED } from '../exit-codes.ts'
import type { GrpcFlags } from '../grpc-flags.ts'
import { catchSignals } from '../lifetime.ts'
import { Progress } from '../progress.ts'
import { complain, DONE } from '../session.ts'
import { countOf } from '../table.ts'
import { Carrying } from './carrying.ts'
import { desiredState } from './desired-file.ts'
import { readText } from './files.ts'
import { planFor } from './make.ts'
import { parsePlan } from './plan-file.ts'
import { printPlan, printStep } from './print.ts'
import { inWords } from './refusal.ts'

type Plan = lograft.admin.v1.Plan

export interface ApplyFlags extends GrpcFlags {
  readonly file?: string
  readonly yes?: true
  readonly dryRun?: true
  readonly allowDataLoss?: true
  readonly key?: string
}

export async function apply(path: string | null, flags: ApplyFlags): Promise<void> {
  await withPlaces(flags, async (session) => {
    const plan = await planOf(path, flags, session)
    const isAsked = flags.yes === true || flags.dryRun === true
    const refusal = flags.yes && !flags.dryRun ? lossOf(plan, flags) : null
    // Steps that are carried out are told one by one.
    const isShown = !flags.yes || flags.dryRun || refusal !== null || plan.steps.length === 0
    if (!flags.json && isShown) await session.output.print(printPlan(plan))
    if (refusal !== null) throw refusal
    if (plan.steps.length > 0 && isAsked) return carryOut(plan, { path, flags, session })
    if (flags.json) await session.output.printJson(outcome(plan, []))
    else if (plan.steps.length > 0)
      await session.output.print('Nothing was changed; --yes carries it out.\n')
    return DONE
  })
}

async function planOf(
  path: string | null,
  { file }: ApplyFlags,
  { places }: AdminSession,
): Promise<Plan> {
  if ((path === null) === (file === undefined))
    throw new LograftError('USAGE', 'name a plan that make has kept, or a desired state with -f')
  if (path !== null) return readText(path, parsePlan)
  return planFor(places, await readText(file ?? '', desiredState))
}

interface Run {
  readonly path: string | null
  readonly flags: ApplyFlags
  readonly session: AdminSession
}

/** Before anything is asked for: nobody should learn from a half-done plan what it loses. */
function lossOf({ steps }: Plan, { allowDataLoss }: ApplyFlags): LograftError | null {
  const losing = steps.filter(({ losesData }) => losesData)
  if (losing.length === 0 || allowDataLoss) return null
  const what = losing.slice(0, 5).map(({ summary }) => summary)
  const more = losing.length > 5 ? `, and ${losing.length - 5} more` : ''
  return new LograftError(
    'POLICY_VIOLATION',
    `records would be lost: ${what.join('; ')}${more}. Nothing was changed; with --allow-data-loss it is done`,
  )
}

async function carryOut(plan: Plan, { path, flags, session }: Run): Promise<number> {
  const { key = plan.planId, dryRun = false, allowDataLoss = false, timeout, json } = flags
  const { output, places } = session
  const interrupted = new AbortController()
  let stopped: keyof typeof FORCED | null = null
  void catchSignals().first.then((signal) => {
    stopped = signal
    interrupted.abort()
  })
  const carrying: Carrying = new Carrying(plan, {
    ...{ key, places, patienceMs: timeout, signal: interrupted.signal },
    ...{ validateOnly: dryRun, allowDataLoss: allowDataLoss || dryRun },
    onLost: (why) => complain(`${why}; going on at the next node`),
    onStep: async (told) => {
      progress.clear()
      const step = plan.steps[told.step]
      const before = told.alreadyApplied ? ', as it was done before' : ''
      if (!json && step && !dryRun) await output.print(`${printStep(step)}${before}\n`)
    },
  })
  const progress = new Progress(() => carrying.progress)
  try {
    await carrying.run()
  } catch (thrown) {
    complain(howToGoOn(path, flags, { carrying, thrown }))
    throw inWords(thrown, { plan })
  } finally {
    progress.stop()
  }
  if (json) await output.printJson(outcome(plan, carrying.told))
  if (stopped !== null) {
    complain(`interrupted. ${howToGoOn(path, flags, { carrying, thrown: null })}`)
    return FORCED[stopped] ?? exitCodes.failure.code
  }
  const steps = countOf(plan.steps.length, 'step')
  if (!json) await output.print(dryRun ? `${steps} can be done; nothing was\n` : `${steps} done\n`)
  return DONE
}

function outcome(plan: Plan, told: Carrying['told']) {
  const { planId, steps } = plan
  const done = new Map(told.map(({ step, ...rest }) => [step, rest]))
  return {
    planId,
    isDone: told.length === steps.length,
    steps: steps.map(({ summary, losesData }, index) => ({
      ...{ summary, losesData, metadataOffset: null, alreadyApplied: false },
      ...done.get(index),
    })),
  }
}

/** `thrown`: what ended it; null: whoever typed it. */
function howToGoOn(
  path: string | null,
  flags: ApplyFlags,
  { carrying: { plan, told }, thrown }: { readonly carrying: Carrying; readonly thrown: unknown },
): string {
  if (flags.dryRun) return 'nothing was changed'
  const done = `${told.length} of ${countOf(plan.steps.length, 'step')} known to be done`
  // Typed again, a plan that is refused is refused again.
  if (thrown instanceof RpcError && !isPassing(thrown) && path !== null)
    return `${done}, and this plan goes no further: lograft plan make -f FILE makes one of what is left`
  const key = flags.key === undefined ? '' : ` --key ${flags.key}`
  const loss = flags.allowDataLoss ? ' --allow-data-loss' : ''
  const what = path === null ? `-f ${flags.file}` : path
  const why = path === null ? 'makes a plan of what is left' : 'goes on, no step twice'
  return `${done}. lograft plan apply ${what} --yes${loss}${path === null ? '' : key} ${why}.`
}
