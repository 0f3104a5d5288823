/** What passes between a cluster and a broker that is a process of its own. */
import type { LogLevel } from './api.ts'
import type { BrokerPlan } from './life.ts'

export type ToBroker =
  /** First, and once. */
  | { readonly type: 'start'; readonly plan: BrokerPlan; readonly logLevel: LogLevel }
  | { readonly type: 'stop'; readonly wholeCluster: boolean }
  /** To be answered with `published`. */
  | { readonly type: 'publish'; readonly offset: number }

export type FromBroker =
  | { readonly type: 'listening' }
  | { readonly type: 'ready'; readonly brokerEpoch: number }
  | { readonly type: 'published'; readonly offset: number }
  /** It ends in order: somebody asked the cluster for it. */
  | { readonly type: 'stopping' }
  /** Why it ends. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
