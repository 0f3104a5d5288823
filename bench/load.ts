/** A load process, as the measures see it. */
import type { FetchResult } from '../src/cli/bench/load-result.ts'
import type { LoadResult } from '../src/cli/bench/load-result.ts'
import { Child } from './child.ts'
import type { FollowingResult } from './following-load.ts'
import type { FetchPlan, FollowingPlan, LoadPlan, LoadReply } from './load-plan.ts'

export class Load implements AsyncDisposable {
  readonly #child = new Child('load-process.ts')

  run(plan: FetchPlan): Promise<FetchResult>
  run(plan: FollowingPlan): Promise<FollowingResult>
  run(plan: LoadPlan): Promise<LoadResult>
  async run(plan: LoadPlan): Promise<LoadResult> {
    const reply = (await this.#child.ask(plan)) as LoadReply
    if ('error' in reply) throw new Error(`the load failed: ${reply.error}`)
    return reply.result
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child[Symbol.asyncDispose]()
  }
}
