/** How a fault is made: what it needs of a target, and how it is taken back. */
import type { Clock } from '../../base/clock.ts'
import type { Draw } from '../api.ts'
import type { Capability, Target } from '../cluster/target.ts'
import type { ClusterView } from '../cluster/view.ts'
import type { Lives } from './lives.ts'
import type { FaultName, FaultSpec } from './spec.ts'
import type { Undo } from './undo.ts'

/** What a step says of one kind of fault. */
export type SpecOf<Name extends FaultName> = FaultSpec & { readonly fault: Name }

export interface Site {
  readonly target: Target
  readonly view: ClusterView
  /** Who is held down or paused; nodes end and begin through this. */
  readonly lives: Lives
  /** Aborts when all faults end: for what goes on until it is taken back. */
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly draw: Draw
  /** Of what is worth a line in the report. */
  readonly note: (sentence: string) => void
}

export interface FaultKind<Name extends FaultName> {
  readonly needs: readonly Capability[]
  /** In a few words, for people: `kill -9 of 2`. */
  readonly describe: (spec: SpecOf<Name>) => string
  /**
   * Does it to `nodes`, which the spec's selector named (none for faults without one). Rejects when
   * it could not be done; then nothing is left done.
   */
  readonly inflict: (spec: SpecOf<Name>, nodes: readonly number[], site: Site) => Promise<Undo>
}
