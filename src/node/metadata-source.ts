/** Who tells a node what is committed: its own replica of the log, or a controller it watches. */
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import type { Served } from '../rpc/handlers.ts'

export interface MetadataSource {
  readonly leadership: Leadership
  /** For this node's gRPC listener. */
  readonly services: readonly Served[]
  /** Before `start`; called in the order of subscription. */
  subscribe(listener: QuorumListener): void
  /** Everything below is committed, this node has heard otherwise. */
  expect?(endOffset: number): void
  /** Begins to tell. */
  start(): Promise<void> | void
  close(): Promise<void>
  /** Says nothing more to other nodes and hears nothing from them, at once. */
  disconnect(): void
}
