/**
 * Carries out a schedule: at its time each step finds whom it hits, does it, writes that down, and
 * takes it back when it has lasted. Steps overlap freely. What cannot be done is written down as
 * skipped, with why; what cannot be taken back, as healed with an error. Nothing here judges.
 */
import { setMaxListeners } from 'node:events'
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { Step } from '../api.ts'
import type { Target } from '../cluster/target.ts'
import type { ClusterView } from '../cluster/view.ts'
import type { HistoryEvent } from '../history/events.ts'
import { within } from '../waiting.ts'
import { drawOf } from './draw.ts'
import type { FaultKind } from './fault.ts'
import type { Undo } from './undo.ts'
import { describeFault, kindOf } from './kinds.ts'
import { Lives } from './lives.ts'
import { parseSelector, resolveSelection } from './selectors.ts'
import type { FaultName } from './spec.ts'

/** A rolling restart of many takes its time; nothing takes for ever. */
const MADE_WITHIN_MS = 180_000
const TAKEN_BACK_WITHIN_MS = 180_000

export interface NemesisOptions {
  readonly target: Target
  readonly view: ClusterView
  /** Of the run: whom a step hits is drawn from it. */
  readonly seed: number
  /** Faults are made for so long; what lasts until the end is taken back then. */
  readonly durationMs: number
  /** On the run's clock. */
  readonly nowMs: () => number
  readonly write: (event: HistoryEvent) => void
  /** Ends all faults early: nothing new is made, everything is taken back. */
  readonly signal: AbortSignal
  /** Of a step, what is worth a line. */
  readonly onNote?: (faultId: number, sentence: string) => void
}

export class Nemesis {
  readonly #options: NemesisOptions
  readonly #lives: Lives
  /** Aborts when the faults end. */
  readonly #end = new AbortController()

  constructor(options: NemesisOptions) {
    this.#options = options
    this.#lives = new Lives(options.target)
    // Every step waits for it.
    setMaxListeners(0, this.#end.signal)
  }

  /** Resolves when all is done and taken back; never rejects. Called once. */
  async run(steps: readonly Step[]): Promise<void> {
    const { durationMs, nowMs, signal } = this.#options
    const startMs = nowMs()
    const leftMs = () => Math.max(0, startMs + durationMs - nowMs())
    const end = () => this.#end.abort()
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    const under = steps.map((step, index) => this.#carryOut(step, index + 1, startMs + step.atMs))
    await delay(hostClock, leftMs(), this.#end.signal)
    end()
    await Promise.all(under)
    signal.removeEventListener('abort', end)
  }

  async #carryOut(step: Step, id: number, atMs: number): Promise<void> {
    const { nowMs } = this.#options
    await delay(hostClock, Math.max(0, atMs - nowMs()), this.#end.signal)
    if (this.#end.signal.aborted) return
    const undo = await this.#make(step, id)
    if (!undo) return
    const { forMs } = step
    if (forMs !== undefined) await delay(hostClock, forMs, this.#end.signal)
    else await ended(this.#end.signal)
    await this.#takeBack(id, undo)
  }

  /** Null when it could not be done. */
  async #make(step: Step, id: number): Promise<Undo | null> {
    const { target, view, seed, write, nowMs } = this.#options
    const text = describeFault(step)
    const skip = (thrown: unknown, begun?: { readonly id: number }) => {
      const why = asError(thrown).message
      write({ type: 'skipped', atMs: nowMs(), what: text, why, ...begun })
      return null
    }
    const draw = drawOf(seed, `step ${id}`)
    const kind = kindOf(step)
    const missing = kind.needs.find((capability) => !target.capabilities.has(capability))
    if (missing !== undefined) return skip(new Error(target.missing(missing)))
    let nodes: readonly number[] = []
    try {
      if ('on' in step)
        nodes = await resolveSelection(parseSelector(step.on), { target, view, draw })
    } catch (thrown) {
      return skip(thrown)
    }
    const whom = nodes.length > 0 ? ` → node ${nodes.join(' and ')}` : ''
    write({ type: 'fault', id, atMs: nowMs(), step, nodes, text: `${text}${whom}` })
    try {
      return await this.#inflict(kind, step, { nodes, id })
    } catch (thrown) {
      write({ type: 'healed', id, atMs: nowMs(), error: null })
      return skip(thrown, { id })
    }
  }

  async #inflict(
    kind: FaultKind<FaultName>,
    step: Step,
    { nodes, id }: { readonly nodes: readonly number[]; readonly id: number },
  ): Promise<Undo> {
    const { target, view, seed, onNote } = this.#options
    const made = kind.inflict(step, nodes, {
      ...{ target, view, lives: this.#lives, clock: hostClock },
      ...{ draw: drawOf(seed, `fault ${id}`), signal: this.#end.signal },
      note: (sentence) => onNote?.(id, sentence),
    })
    try {
      return await within(MADE_WITHIN_MS, 'the fault', made)
    } catch (thrown) {
      // Made after all: nobody waits for it any more, and it must not stay.
      void made.then((undo) => undo()).catch(() => undefined)
      throw thrown
    }
  }

  async #takeBack(id: number, undo: Undo): Promise<void> {
    const { write, nowMs } = this.#options
    let error: string | null = null
    try {
      await within(TAKEN_BACK_WITHIN_MS, 'the end of the fault', undo())
    } catch (thrown) {
      error = asError(thrown).message
    }
    write({ type: 'healed', id, atMs: nowMs(), error })
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
