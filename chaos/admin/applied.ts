/**
 * A client that has a plan carried out, as any client would: at some node, and when the connection
 * is lost or nobody leads, with the same key at another one. What it is told is written down.
 */
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import type { NodeId } from '../../src/base/ids.ts'
import { planMethods } from '../../src/rpc/admin/methods.ts'
import type { RpcError } from '../../src/rpc/status.ts'
import type { AdminNodes } from './nodes.ts'

const wire = lograft.admin.v1
type Plan = lograft.admin.v1.Plan

/** What a client was told of one step. */
export interface ToldStep {
  readonly step: number
  readonly metadataOffset: number
  readonly alreadyApplied: boolean
}

/** A plan, and what became of it as its client saw it. */
export interface PlanStory {
  readonly key: string
  readonly plan: Plan
  readonly told: ToldStep[]
  /** Times it was sent, but for the first. */
  retries: number
  /** `done`, or what it was refused with; null while it is under way. */
  ending: string | null
}

export interface ApplyOptions {
  readonly nodes: AdminNodes
  /** Whom to ask next. */
  readonly choose: () => NodeId
  readonly onTold: (story: PlanStory, told: ToldStep) => void
  /** The key of an attempt: the plan's, unless something is planted. */
  readonly keyOf: (key: string, attempt: number) => string
}

export const storyOf = (plan: Plan, key: string): PlanStory => ({
  ...{ key, plan, told: [], retries: 0, ending: null },
})

const PAUSE_MS = 20

/** Until it is done, refused, or `signal` says that it takes too long. */
export async function applyPlan(
  story: PlanStory,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const error = await applyOnce(story, attempt, options)
    story.ending = error === null ? 'done' : refusalOf(error)
    if (story.ending !== null) return
    story.retries += 1
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  story.ending = `not done in time, ${story.retries} times tried again`
}

function applyOnce(
  story: PlanStory,
  attempt: number,
  { nodes, choose, onTold, keyOf }: ApplyOptions,
): Promise<RpcError | null> {
  const { plan, key } = story
  const request = new wire.ApplyPlanRequest({
    plan,
    idempotencyKey: keyOf(key, attempt),
    allowDataLoss: true,
  })
  const stream = nodes.client(choose()).channel.responses(planMethods.apply, request)
  return new Promise((resolve) =>
    stream.open({
      message({ step, mutated }) {
        const { metadataOffset, alreadyApplied } = mutated ?? new wire.Mutated()
        const told = { step, metadataOffset, alreadyApplied }
        story.told.push(told)
        onTold(story, told)
      },
      closed: resolve,
    }),
  )
}

/** Null for what says that another node may be asked. */
function refusalOf({ code, reason, message }: RpcError): string | null {
  if (reason === 'NOT_CONTROLLER' || reason === 'REQUEST_TIMED_OUT') return null
  if (reason === null && (code === 'UNAVAILABLE' || code === 'CANCELLED')) return null
  return `${reason ?? code}: ${message}`
}
