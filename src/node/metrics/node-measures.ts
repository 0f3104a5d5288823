/**
 * All that is measured on this node, from the moment it is there. Nothing is gathered until
 * somebody asks; the event loop is watched from the first question on.
 */
import { delay } from '../../base/clock.ts'
import { watchLoopDelay, type LoopDelay } from '../../host/loop-delay.ts'
import { collect, type Collected, type Collector } from '../../metrics/collection.ts'
import { familiesOf } from '../../metrics/page.ts'
import type { Host } from '../machine.ts'
import type { Readiness } from '../readiness.ts'
import { observe, type MeterApi } from './instruments.ts'
import { processMetrics } from './process-metrics.ts'

/** How long a page may be written before others have their turn. */
const TURN_MS = 5

export class NodeMeasures {
  readonly #collectors: Collector[]
  readonly #host: Host
  #loopDelay: LoopDelay | null = null
  #untell = () => {}

  constructor({ host, readiness }: { readonly host: Host; readonly readiness: Readiness }) {
    this.#host = host
    this.#collectors = [
      (put) => {
        for (const { role, notServing } of readiness.roles)
          put('lograft_role_serving', Number(notServing === null), role)
      },
    ]
  }

  add(...collectors: readonly Collector[]): void {
    this.#collectors.push(...collectors)
  }

  async collect(): Promise<Collected> {
    this.#loopDelay ??= watchLoopDelay()
    const ofProcess = processMetrics(this.#loopDelay, this.#host.openFilesLimit())
    return collect([ofProcess, ...this.#collectors])
  }

  /** In turns of some milliseconds: requests come first. */
  async page(): Promise<string> {
    const { clock } = this.#host
    const families: string[] = []
    let turnSinceMs = clock.monotonicMs()
    for (const family of familiesOf(await this.collect())) {
      families.push(family)
      if (clock.monotonicMs() - turnSinceMs < TURN_MS) continue
      await delay(clock, 0)
      turnSinceMs = clock.monotonicMs()
    }
    return families.join('')
  }

  /** Also to OpenTelemetry, where there is somebody who measures. */
  tell(api: MeterApi | null, nodeId: number): void {
    if (api === null) return
    this.#untell = observe(api, { nodeId, collect: () => this.collect() })
  }

  stop(): void {
    this.#untell()
    this.#loopDelay?.stop()
  }
}
