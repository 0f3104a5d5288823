/**
 * Serves plans on every node (proto/lograft/admin/v1/plans.proto). Nothing of a plan is kept: the
 * client brings it, and the cluster remembers which of its steps are done, by the plan's
 * idempotency key. So any node goes on with a plan that another one had begun.
 */
import { asError, LograftError } from '../../base/errors.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { serveStream } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { asRpcError, isExpected, RpcError } from '../status.ts'
import type { RpcStream } from '../stream.ts'
import { invalid, refuse } from './fields.ts'
import { planMethods } from './methods.ts'
import { checkedKey, digestOf, mutatedBy, refuseFaults } from './mutation.ts'
import { changesOfStep } from './plan-changes.ts'
import { planSteps, STEPS_MAX } from './plan-steps.ts'
import type { AdminNode } from './ports.ts'
import { asNotDone, limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type Plan = lograft.admin.v1.Plan
type PlanStep = lograft.admin.v1.PlanStep
type ApplyPlanRequest = lograft.admin.v1.ApplyPlanRequest
type ApplyEvent = lograft.admin.v1.ApplyEvent

/** Steps that the controller is asked about at once, when a plan is made. */
const STEPS_VALIDATED = 50

export function planService(
  node: AdminNode,
  { fatal }: { readonly fatal: (error: Error) => void },
): readonly Served[] {
  return [
    serveAdmin(planMethods.make, async (request, caller) => {
      const clusterId = clusterOf(node)
      const image = node.image()
      const steps = [...planSteps(image, request)]
      await validate(node, steps, { limits: limitsOf(caller), fieldOf: fieldsOf(request) })
      const plan = new wire.Plan({
        metadataOffset: image.metadataOffset,
        clusterId,
        steps,
      })
      plan.planId = idOf(node, plan)
      return plan
    }),
    serveStream(planMethods.apply, (request, stream) => {
      const abort = new AbortController()
      stream.open({ message: () => {}, closed: () => abort.abort() })
      void apply(node, request, stream, { signal: abort.signal }).then(
        () => stream.end(),
        (thrown: unknown) => {
          const told = asNotDone(thrown)
          if (!isExpected(told)) fatal(asError(told))
          else stream.fail(asRpcError(told))
        },
      )
    }),
  ]
}

/** A node that starts has heard of nothing, and must not tell what that would differ from. */
function clusterOf(node: AdminNode): string {
  const { clusterId } = node.image()
  if (clusterId !== null) return clusterId
  throw new RpcError('UNAVAILABLE', 'this node has not heard of a cluster yet')
}

/** Of all that it says: whoever alters it has another plan, which nobody made. */
function idOf(node: AdminNode, plan: Plan): string {
  const { response } = planMethods.make
  const content = response.decode(response.encode(plan))
  content.planId = ''
  return digestOf(node, 'plan', content).slice(0, 32)
}

/** Where the request says what a step is made of. */
function fieldsOf({ topics }: lograft.admin.v1.MakePlanRequest) {
  const indexes = new Map(topics.map(({ name }, index) => [name, index]))
  return (one: PlanStep): string => {
    if (one.deleteTopic) return 'delete_others_with_prefix'
    const { createTopic, addPartitions, alterConfigs, reassign } = one
    const name =
      createTopic?.name ??
      addPartitions?.topic ??
      reassign?.partitions?.[0]?.topic ??
      alterConfigs?.resource?.name
    const index = name ? indexes.get(name) : undefined
    return index === undefined ? 'cluster_configs' : `topics[${index}]`
  }
}

/** Rejects with what the controller has against a step. */
async function validate(
  node: AdminNode,
  steps: readonly PlanStep[],
  {
    limits,
    fieldOf,
  }: {
    readonly limits: CallOptions
    readonly fieldOf: (one: PlanStep, index: number) => string
  },
): Promise<void> {
  for (let from = 0; from < steps.length; from += STEPS_VALIDATED) {
    const some = steps.slice(from, from + STEPS_VALIDATED)
    const owners: number[] = []
    const changes = some.flatMap((one, at) => {
      const wanted = changesOfStep(one, fieldOf(one, from + at))
      owners.push(...wanted.map(() => at))
      return wanted
    })
    const { faults } = await node.applyChanges(
      { changes, validateOnly: true, requestKey: null },
      limits,
    )
    refuseFaults(faults, (index) => {
      const at = owners[index] ?? 0
      const one = some[at]
      return one === undefined ? '' : fieldOf(one, from + at)
    })
  }
}

async function apply(
  node: AdminNode,
  request: ApplyPlanRequest,
  stream: RpcStream<never, ApplyEvent>,
  limits: CallOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const { plan, idempotencyKey, validateOnly } = request
  const { planId, steps } = checked(node, request)
  const key = checkedKey(idempotencyKey, 'idempotency_key')
  const fieldOf = (_: PlanStep, index: number) => `plan.steps[${index}]`
  if (validateOnly && plan !== null) await validate(node, steps, { limits, fieldOf })
  for (const [index, one] of steps.entries()) {
    if (limits.signal.aborted) throw new RpcError('CANCELLED', 'the caller has left')
    const field = `plan.steps[${index}]`
    const told = { step: index, summary: one.summary, steps: steps.length }
    if (validateOnly) stream.write(new wire.ApplyEvent(told))
    else {
      const result = await node.applyChanges(
        {
          changes: changesOfStep(one, field),
          validateOnly: false,
          // No key that a client chooses has a slash in it.
          requestKey: { key: `${key}/${index}`, digest: planId },
        },
        limits,
      )
      refuseFaults(result.faults, () => field)
      stream.write(new wire.ApplyEvent({ ...told, mutated: mutatedBy(result) }))
    }
  }
}

function checked(node: AdminNode, { plan, allowDataLoss }: ApplyPlanRequest): Plan {
  if (plan === null) return invalid('plan', 'a plan as Make gave it')
  const ours = clusterOf(node)
  const { steps, clusterId } = plan
  if (steps.length > STEPS_MAX) invalid('plan.steps', `at most ${STEPS_MAX}`)
  if (idOf(node, plan) !== plan.planId)
    invalid('plan.plan_id', 'the plan was altered after it was made')
  if (clusterId !== ours)
    throw new LograftError('INCONSISTENT_CLUSTER_ID', `this is cluster ${ours}, not ${clusterId}`, {
      field: 'plan.cluster_id',
    })
  const losing = steps.findIndex(({ losesData }) => losesData)
  if (losing >= 0 && !allowDataLoss)
    refuse('POLICY_VIOLATION', `records are lost: ${steps[losing]?.summary}`, 'allow_data_loss')
  return plan
}
