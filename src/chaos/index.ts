/**
 * `lograft/chaos` for programs: hurt a cluster on purpose, under load from real clients, and be
 * told what that did. What a scenario is, is in `chaos/api.ts`.
 */
import type { Scenario } from './api.ts'

export type { Scenario, Schedule, Step, WorkloadSpec } from './api.ts'
export type { Anomaly, Findings, Gap, Verdict } from './checkers/verdict.ts'
export type { FaultSpec, Selector } from './faults/spec.ts'

/** A scenario, for editors to check: `export default scenario({ name: 'kill-leader', … })`. */
export const scenario = (of: Scenario): Scenario => of
export { every } from './run/interim.ts'
