/**
 * A plan in a file: what it does in words, and the plan itself as the cluster gave it, which must
 * be given back unaltered. Who changes the words is told so: they decide nothing.
 */
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { LograftError } from '../../base/errors.ts'
import { planMethods } from '../../rpc/admin/methods.ts'

type Plan = lograft.admin.v1.Plan

interface PrintedPlan {
  readonly version: 1
  readonly planId: string
  readonly clusterId: string
  readonly metadataOffset: number
  readonly steps: readonly { readonly summary: string; readonly losesData: boolean }[]
  /** The message lograft.admin.v1.Plan in base64. */
  readonly encoded: string
}

const { response: codec } = planMethods.make

export function printedPlan(plan: Plan): PrintedPlan {
  const { planId, clusterId, metadataOffset, steps } = plan
  return {
    version: 1,
    ...{ planId, clusterId, metadataOffset },
    steps: steps.map(({ summary, losesData }) => ({ summary, losesData })),
    encoded: Buffer.from(codec.encode(plan)).toString('base64'),
  }
}

/** Throws USAGE for what is no plan, or not as it was printed. */
export function parsePlan(text: string): Plan {
  const printed = jsonOf(text)
  const { version, encoded } = (printed ?? {}) as Partial<PrintedPlan>
  if (version !== 1 || typeof encoded !== 'string') throw noPlan()
  let plan: Plan
  try {
    plan = codec.decode(Buffer.from(encoded, 'base64'))
  } catch {
    throw noPlan()
  }
  if (JSON.stringify(printedPlan(plan)) === JSON.stringify(printed)) return plan
  throw new LograftError(
    'USAGE',
    'this plan was edited; change the file that it was made of, and make it anew',
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw noPlan()
  }
}

function noPlan(): LograftError {
  const hint = '`lograft plan make -f FILE -o PLAN` makes one; a desired state is given with -f'
  return new LograftError('USAGE', `this is no plan; ${hint}`)
}
