/** A plan as people read it: what comes, what changes, what goes and is lost. Pure. */
import type { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { countOf } from '../table.ts'

type Plan = lograft.admin.v1.Plan
type PlanStep = lograft.admin.v1.PlanStep

export function printPlan({ clusterId, metadataOffset, steps }: Plan): string {
  if (steps.length === 0) return `Nothing to do: cluster ${clusterId} is as it shall be.\n`
  const losing = steps.filter(({ losesData }) => losesData).length
  const lost = losing === 0 ? '' : `, ${losing} of which ${losing === 1 ? 'loses' : 'lose'} records`
  const head = `${countOf(steps.length, 'step')} for cluster ${clusterId}, as of metadata offset ${metadataOffset}${lost}:`
  return `${head}\n${steps.map((step) => `${printStep(step)}\n`).join('')}`
}

/** `+` comes, `~` changes, `-` goes. */
export function printStep({ createTopic, deleteTopic, summary, losesData }: PlanStep): string {
  const sign = createTopic ? '+' : deleteTopic ? '-' : '~'
  return `${sign} ${summary}${losesData ? ' and all records in it' : ''}`
}
