/**
 * A cluster as chaos sees it: nodes with processes, a network and disks that can be hurt, as far as
 * the target has each. What a target cannot do it does not list, and whatever needs that is skipped
 * with a word. Three kinds: one that is started here (`own`), one that runs already (`running`),
 * and another make that is started here (`kafka`).
 */
import type { HostPort } from '../../config/addresses.ts'

/** What can be done to a target; faults and workloads say which of these they need. */
export type Capability =
  /** SIGKILL, SIGTERM, SIGSTOP, SIGCONT by pid. */
  | 'signals'
  /** A node that ended can be started again. */
  | 'start'
  /** Proxies between nodes. */
  | 'links'
  /** Proxies between clients and nodes. */
  | 'doors'
  /** The preload that hurts disks and clocks is in the processes. */
  | 'preload'
  /** Files of nodes can be reached. */
  | 'files'
  /** lograft.admin.v1. */
  | 'admin'
  /** Brokers were started with --enable-faults. */
  | 'switches'

export interface TargetNode {
  readonly id: number
  /** Where clients connect; null for a controller that is no broker. */
  readonly kafka: HostPort | null
  /** lograft.admin.v1; null where there is none. */
  readonly grpc: HostPort | null
  readonly pid: number | null
  readonly isRunning: boolean
  readonly isPaused: boolean
  /** Where its data is; null where that cannot be reached. */
  readonly directory: string | null
}

/** Of a link; the same for what clients dial, with `from: 'clients'`. */
export type LinkFault =
  | { readonly type: 'reset' }
  | { readonly type: 'refuse' }
  | ({ readonly type: 'stall' } & OneWay)
  | ({ readonly type: 'delay'; readonly delayMs: number; readonly jitterMs?: number } & OneWay)
  | ({ readonly type: 'throttle'; readonly bytesPerSecond: number } & OneWay)
  | ({ readonly type: 'corrupt'; readonly probability: number } & OneWay)

interface OneWay {
  /** As the node `to` sees it: `in` is what comes to it. Default: `both`. */
  readonly direction?: 'both' | 'in' | 'out'
}

/** Beginning of a node's life, its end, or what happened in between, in words. */
export interface NodeNews {
  readonly node: number
  readonly what: string
  /** It ended, and nobody here had asked it to. */
  readonly isUnasked: boolean
}

/** What the preload of a process does from now on. */
export interface MachineFault {
  readonly type:
    | 'disk-full'
    | 'slow-fsync'
    | 'failing-write'
    | 'failing-fsync'
    /** The process dies in the middle of its next write. */
    | 'torn-write'
    | 'clock-jump'
  readonly delayMs?: number
  readonly byMs?: number
}

export interface Target extends AsyncDisposable {
  readonly kind: 'own' | 'running' | 'kafka'
  readonly capabilities: ReadonlySet<Capability>
  /** Why something is not among them, for people. */
  missing(capability: Capability): string
  readonly nodes: readonly TargetNode[]
  node(id: number): TargetNode
  /** All brokers clients may begin with. */
  readonly bootstrap: readonly HostPort[]
  /** As it happens. */
  onNews(listener: (news: NodeNews) => void): void

  /** Rejects when the node does not run. SIGKILL: resolves when it is gone; others when sent. */
  signal(id: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
  /**
   * Resolves when it is in service, at once if it is. One that was told to end has time to do so,
   * and is started again.
   */
  start(id: number): Promise<void>
  /** `from` and `to` are nodes; `clients` dial too. What is returned takes it back. */
  damageLink(from: number | 'clients', to: number, fault: LinkFault): () => Promise<void>
  hurtMachine(id: number, fault: MachineFault): Promise<() => Promise<void>>
  /** Ends a node as a power cut does: what was not fsynced is gone, or partly. */
  cutPower(id: number, random: () => number): Promise<void>
  /** Everything that was done is taken back, everybody runs. Rejects with what could not be. */
  heal(): Promise<void>
  /** Copies what nodes printed to a folder. */
  keepLogs(folder: string): Promise<void>
}
