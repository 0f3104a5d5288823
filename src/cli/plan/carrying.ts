/**
 * One plan on its way: sent to a node, and with the same key to the next one when that is gone or
 * finds nobody that leads, for as long as it gets on. What was told is told once.
 */
import { hostClock } from '../../host/clock.ts'
import { delay } from '../../base/clock.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { planMethods } from '../../rpc/admin/methods.ts'
import { RpcError } from '../../rpc/status.ts'
import type { AdminPlaces } from '../admin-places.ts'
import { isPassing } from '../admin-places.ts'
import { NothingAnswers } from '../explain-quorum.ts'

const wire = lograft.admin.v1
type Plan = lograft.admin.v1.Plan

const PAUSE_MS = 200

export interface ToldStep {
  readonly step: number
  readonly metadataOffset: number | null
  /** By a run of this plan before this one. */
  readonly alreadyApplied: boolean
}

interface CarryingOptions {
  readonly places: AdminPlaces
  readonly key: string
  readonly validateOnly: boolean
  readonly allowDataLoss: boolean
  /** So long without another step it is tried. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  /** Each step once. */
  readonly onStep: (told: ToldStep) => Promise<void>
  readonly onLost: (why: string) => void
}

export class Carrying {
  readonly plan: Plan
  readonly told: ToldStep[] = []
  readonly #options: CarryingOptions
  readonly #beganMs = hostClock.monotonicMs()
  #gotOnMs = this.#beganMs
  /** Since then a step may have been done of which nobody told us. */
  #isLost = false

  constructor(plan: Plan, options: CarryingOptions) {
    this.plan = plan
    this.#options = options
  }

  /** How far it is. */
  get progress(): string {
    const { length: done } = this.told
    const { length: all } = this.plan.steps
    const passedMs = hostClock.monotonicMs() - this.#beganMs
    const left =
      done === 0 ? '' : `, about ${Math.ceil(((all - done) * passedMs) / done / 1000)} s left`
    return `${done} of ${all} steps${left}`
  }

  /** Until it is done or `signal` ends it; rejects with a refusal, or when nobody answers. */
  async run(): Promise<void> {
    const { places, signal, patienceMs, onLost } = this.#options
    for (let isFirst = true; ; isFirst = false) {
      const error = await this.#once(isFirst)
      if (error === null || signal.aborted) return
      const isPatient = hostClock.monotonicMs() - this.#gotOnMs < patienceMs
      const mayPass = error instanceof NothingAnswers || isPassing(error)
      if (!mayPass || !isPatient) throw error
      this.#isLost = true
      onLost(error instanceof RpcError ? error.text : error.message)
      places.leave()
      await delay(hostClock, PAUSE_MS, signal).catch(() => undefined)
      if (signal.aborted) return
    }
  }

  async #once(isFirst: boolean): Promise<RpcError | NothingAnswers | null> {
    const { places, key: idempotencyKey, validateOnly, allowDataLoss, signal } = this.#options
    const { plan } = this
    const asked = { plan, idempotencyKey, validateOnly, allowDataLoss }
    const request = new wire.ApplyPlanRequest(asked)
    try {
      const told = (event: lograft.admin.v1.ApplyEvent) => this.#told(event)
      return await places.receive(planMethods.apply, request, { told, signal })
    } catch (thrown) {
      // Who names the wrong places wants to know it at once.
      if (thrown instanceof NothingAnswers && !isFirst) return thrown
      throw thrown
    }
  }

  async #told({ step, mutated }: lograft.admin.v1.ApplyEvent): Promise<void> {
    if (step < this.told.length) return
    const isOurs = this.#isLost && step === this.told.length
    const told = {
      step,
      metadataOffset: mutated?.metadataOffset ?? null,
      alreadyApplied: mutated?.alreadyApplied && !isOurs,
    }
    if (isOurs) this.#isLost = false
    this.#gotOnMs = hostClock.monotonicMs()
    this.told.push(told)
    await this.#options.onStep(told)
  }
}
