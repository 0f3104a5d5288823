/** What the log and its snapshots consist of. */
import type { Configuration } from './configuration.ts'

/** One entry of the log. `data` is opaque. */
export type Entry = { readonly index: number; readonly term: number } & Payload

export type Payload =
  | { readonly kind: 'data'; readonly data: Uint8Array }
  /** What a leader appends first: only by an entry of its own term may it commit (Raft §5.4.2). */
  | { readonly kind: 'noop' }
  | { readonly kind: 'configuration'; readonly configuration: Configuration }

/** The end of a snapshot: everything up to `index` is in it. */
export interface SnapshotMark {
  readonly index: number
  readonly term: number
  /** In force at `index`. */
  readonly configuration: Configuration
}
