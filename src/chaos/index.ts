/**
 * `lograft/chaos` for programs: hurt a cluster on purpose, under load from real clients, and be
 * told what that did. What a scenario is, is in `chaos/api.ts`.
 */
import type { Scenario } from './api.ts'

export type { Draw, Scenario, Schedule, Step, WorkloadSpec } from './api.ts'
export type { Anomaly, Findings, Gap, Verdict } from './checkers/verdict.ts'
export { every } from './faults/schedule.ts'
export type { FaultSpec, Selector } from './faults/spec.ts'
export type { Results } from './report/results.ts'
export { chaos, type ChaosEnd, type ChaosOptions } from './run/chaos.ts'

/** A scenario, for editors to check: `export default scenario({ name: 'kill-leader', … })`. */
export const scenario = (of: Scenario): Scenario => of
