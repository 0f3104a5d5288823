/**
 * A refusal of a plan in the words of whoever wrote the file: a topic by its name and a step by
 * what it does, where the API has numbers. Pure.
 */
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { LograftError } from '../../base/errors.ts'
import { RpcError } from '../../rpc/status.ts'

type Plan = lograft.admin.v1.Plan
type MakePlanRequest = lograft.admin.v1.MakePlanRequest

/** Of what was asked for: the desired state, or the plan. Anything else is as it was thrown. */
export function inWords(
  thrown: unknown,
  { desired, plan }: { readonly desired?: MakePlanRequest; readonly plan?: Plan },
): unknown {
  if (!(thrown instanceof RpcError) || thrown.field === null) return thrown
  const where = (desired && topicAt(thrown.field, desired)) ?? (plan && stepAt(thrown.field, plan))
  if (!where) return thrown
  const { reason, code, text, hint, cause } = thrown
  const next = hint === null ? '' : `. ${hint}`
  return new LograftError(reason ?? code, `${reason ?? code}: ${where}: ${text}${next}`, { cause })
}

/** `topics[2].partitions` → `topics.orders.partitions`, as the file has it. */
function topicAt(field: string, { topics }: MakePlanRequest): string | null {
  const [, index, rest = ''] = /^topics\[(\d+)\](.*)$/.exec(field) ?? []
  const name = index === undefined ? null : (topics[Number(index)]?.name ?? null)
  if (name !== null) return `topics.${name}${rest.replaceAll('_', '-')}`
  return /^[a-z_]+(\[\d+\])?$/.test(field) ? field.replaceAll('_', '-') : null
}

function stepAt(field: string, { steps }: Plan): string | null {
  const [, index] = /^plan\.steps\[(\d+)\]/.exec(field) ?? []
  const summary = index === undefined ? null : (steps[Number(index)]?.summary ?? null)
  return summary === null ? null : `step ${Number(index) + 1}, ${summary}`
}
