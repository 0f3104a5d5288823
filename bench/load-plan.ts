/** What a load process is told to do, as plain data, and what it answers. */
import type { FetchLoadOptions, FetchSource } from '../src/cli/bench/fetch-load.ts'
import type { LoadResult } from '../src/cli/bench/load-result.ts'
import type { RequestLoadOptions } from '../src/cli/bench/request-load.ts'
import type { Acks } from '../src/cli/bench/requests.ts'
import type { Address } from '../test/support/client.ts'
import type { Committer } from './commit-source.ts'
import type { EndToEndOptions } from './end-to-end.ts'
import type { FollowingLoadOptions } from './following-load.ts'

interface Requests extends RequestLoadOptions {
  readonly address: Address
  readonly topic: string
  /** Connection i works on partition i. */
  readonly connections: number
}

export interface ProducePlan extends Requests {
  readonly type: 'produce'
  readonly recordBytes: number
  readonly batchBytes: number
  readonly acks: Acks
}

export interface AskPlan extends Requests {
  readonly type: 'api-versions' | 'metadata'
}

export interface CommitPlan extends RequestLoadOptions {
  readonly type: 'commit'
  /** Each has a connection. */
  readonly committers: readonly Committer[]
}

export interface FetchPlan extends FetchLoadOptions {
  readonly type: 'fetch'
  readonly sources: readonly FetchSource[]
}

export interface EndToEndPlan extends EndToEndOptions {
  readonly type: 'end-to-end'
}

export interface FollowingPlan extends FollowingLoadOptions {
  readonly type: 'following'
}

export type LoadPlan = ProducePlan | AskPlan | CommitPlan | FetchPlan | EndToEndPlan | FollowingPlan
export type LoadReply = { readonly result: LoadResult } | { readonly error: string }
