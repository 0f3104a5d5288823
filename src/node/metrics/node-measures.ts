/**
 * All that is measured on this node, from the moment it is there. Nothing is gathered until
 * somebody asks; the event loop is watched from the first question on.
 */
import { watchLoopDelay, type LoopDelay } from '../../host/loop-delay.ts'
import { collect, type Collected, type Collector } from '../../metrics/collection.ts'
import { pageOf } from '../../metrics/page.ts'
import type { Host } from '../machine.ts'
import type { Readiness } from '../readiness.ts'
import { observe, type MeterApi } from './instruments.ts'
import { processMetrics } from './process-metrics.ts'

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

  async page(): Promise<string> {
    return pageOf(await this.collect())
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
