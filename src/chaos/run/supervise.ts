/**
 * What a service manager would do: a node that ends unasked is started again a little later, and
 * again, until it serves. An end that nothing explains is written down as found: a broker whose
 * disk is sound does not end by itself.
 */
import { asError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { Target } from '../cluster/target.ts'
import type { FaultName } from '../faults/spec.ts'
import type { HistoryEvent } from '../history/events.ts'

const RESTART_AFTER_MS = 3_000
/** What was done may tell this much later. */
const AFTERMATH_MS = 15_000

/** Faults by which a broker may end itself: it cannot keep its promises on such a machine. */
const MAY_END: ReadonlySet<FaultName> = new Set<FaultName>([
  'disk-full',
  'slow-fsync',
  'failing-write',
  'failing-fsync',
  'torn-write',
  'power-cut',
  'damage',
  'old-copy',
  'replace-controller',
])

export class Supervisor {
  readonly #target: Target
  readonly #nowMs: () => number
  readonly #write: (event: HistoryEvent) => void
  /** Until when the end of a node is explained. */
  readonly #explainedUntilMs = new Map<number, number>()
  /** Of faults that last, by id. */
  readonly #nodesOf = new Map<number, readonly number[]>()
  #isOver = false

  constructor(
    target: Target,
    { nowMs, write }: { nowMs: () => number; write: (event: HistoryEvent) => void },
  ) {
    this.#target = target
    this.#nowMs = nowMs
    this.#write = write
    target.onNews(({ node, what, isUnasked }) => {
      if (this.#isOver) return
      write({ type: 'node', atMs: nowMs(), node, what })
      if (!isUnasked) return
      this.#judge(node, what)
      this.#startLater(node)
    })
  }

  /** To be told every fault and its end. */
  take(event: HistoryEvent): void {
    if (event.type === 'fault' && MAY_END.has(event.step.fault)) {
      this.#nodesOf.set(event.id, event.nodes)
      for (const node of event.nodes) this.#explainedUntilMs.set(node, Infinity)
    } else if (event.type === 'healed') {
      const nodes = this.#nodesOf.get(event.id) ?? []
      this.#nodesOf.delete(event.id)
      const stillHurt = new Set([...this.#nodesOf.values()].flat())
      for (const node of nodes)
        if (!stillHurt.has(node)) this.#explainedUntilMs.set(node, event.atMs + AFTERMATH_MS)
    }
  }

  /** From now on nothing is started again, and nothing is written. */
  end(): void {
    this.#isOver = true
  }

  #judge(node: number, what: string): void {
    const nowMs = this.#nowMs()
    if (nowMs <= (this.#explainedUntilMs.get(node) ?? 0)) return
    this.#write({
      ...{ type: 'found', atMs: nowMs, kind: 'invalid', anomaly: 'node-ended' },
      sentence: `node ${node} ${what}, and nobody had asked it to`,
    })
  }

  #startLater(node: number): void {
    if (!this.#target.capabilities.has('start')) return
    hostClock.timer(RESTART_AFTER_MS, () => {
      if (this.#isOver || this.#target.node(node).isRunning) return
      this.#target.start(node).catch((thrown: unknown) => {
        const [why = ''] = asError(thrown).message.split('\n', 1)
        if (!this.#isOver)
          this.#write({ type: 'node', atMs: this.#nowMs(), node, what: `not started: ${why}` })
      })
    })
  }
}
