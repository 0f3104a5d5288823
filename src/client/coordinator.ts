/**
 * The coordinator of one group, as a client knows it: looked up, asked, and looked up again when it
 * has moved or is gone.
 */
import type { Api, IncomingResponse, OutgoingRequest } from '../wire/api.ts'
import { findCoordinator } from '../wire/apis/10-find-coordinator.ts'
import { errors } from '../wire/errors.ts'
import type { CallOptions, Cluster } from './cluster.ts'
import { BrokerError, isOutcomeUnknown, mayRetry, refuseUnlessNone } from './errors.ts'
import { retrying } from './retry.ts'

/** Up to here one key is asked for at a time. */
const VERSIONS = [0, 3] as const

const GROUP = 0

export interface AskOptions extends CallOptions {
  /** How long it is tried. */
  readonly timeoutMs: number
  /** Ends the trying. */
  readonly signal?: AbortSignal
  /** Not to be sent again when it may have taken effect. */
  readonly once?: boolean
}

export class Coordinator {
  readonly #cluster: Cluster
  readonly groupId: string
  #nodeId: number | null = null

  constructor(cluster: Cluster, groupId: string) {
    this.#cluster = cluster
    this.groupId = groupId
  }

  /** The node that it is, as long as nothing else is heard. */
  async nodeId(): Promise<number> {
    this.#nodeId ??= await this.#find()
    return this.#nodeId
  }

  /**
   * Asks it, again while it is being looked for; `errorCode` finds the error in an answer. An error
   * that does not pass is in the answer, for the caller.
   */
  ask<A extends Api>(
    api: A,
    body: OutgoingRequest<A>,
    errorCode: (answer: IncomingResponse<A>) => number,
    { timeoutMs, signal, once = false, ...options }: AskOptions,
  ): Promise<IncomingResponse<A>> {
    const { retries } = this.#cluster
    return retrying(
      async () => {
        const answer = await this.#cluster.call(await this.nodeId(), api, body, options)
        const code = errorCode(answer)
        const what = `group ${this.groupId}`
        if (COORDINATOR_ERRORS.has(code)) throw new BrokerError(code, what)
        return answer
      },
      {
        ...{ ...retries, timeoutMs, ...(signal && { signal }) },
        isWorthIt: (thrown) => mayRetry(thrown) && !(once && isOutcomeUnknown(thrown)),
        onRetry: (error) => {
          this.forget()
          retries.onRetry(error)
        },
      },
    )
  }

  /** It is another one now, or may be. */
  forget(): void {
    this.#nodeId = null
  }

  async #find(): Promise<number> {
    const asked = { key: this.groupId, keyType: GROUP }
    const found = await this.#cluster.call('any', findCoordinator, asked, { versions: VERSIONS })
    refuseUnlessNone(found.errorCode, `group ${this.groupId}`, found.errorMessage)
    return found.nodeId
  }
}

/** It is not there, not it, or not ready yet. */
const COORDINATOR_ERRORS: ReadonlySet<number> = new Set([
  errors.COORDINATOR_LOAD_IN_PROGRESS,
  errors.COORDINATOR_NOT_AVAILABLE,
  errors.NOT_COORDINATOR,
])
