/**
 * OpenTelemetry, through its API only: who wants spans or measures registers a provider with
 * `@opentelemetry/api` in this process, from whatever library. Until somebody has, the API is not
 * even loaded, and a request costs a look at where it would be registered.
 */
import type { Carrier, Span, Tracer, Work } from '../base/tracing.ts'
import { VERSION } from '../version.ts'

type Api = typeof import('@opentelemetry/api')

/** What the API keeps its providers under, whichever copy of it registered them. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')
const NAME = 'lograft'

interface Registry {
  readonly trace?: unknown
  readonly metrics?: unknown
}

function registry(): Registry | undefined {
  return (globalThis as { [REGISTRY]?: Registry })[REGISTRY]
}

export class Telemetry implements Tracer {
  #api: Api | null = null
  #isLoading = false

  /** Loads the API where a provider is registered: nothing of what follows is missed. */
  static async open(): Promise<Telemetry> {
    const telemetry = new Telemetry()
    if (registry() !== undefined) await telemetry.#load()
    return telemetry
  }

  async #load(): Promise<void> {
    this.#isLoading = true
    this.#api = await import('@opentelemetry/api')
  }

  /** Null while nobody measures: where there is no meter provider. */
  get meterApi(): Api | null {
    return registry()?.metrics === undefined ? null : this.#api
  }

  get isOn(): boolean {
    return this.#tracing !== null
  }

  begin({ name, attributes, carrier = {} }: Work): Span | null {
    const api = this.#tracing
    if (api === null) return null
    const { trace, context, propagation, SpanKind, SpanStatusCode, ROOT_CONTEXT } = api
    // Not what is active by chance: where a socket was made says nothing of who asks.
    const parent = propagation.extract(ROOT_CONTEXT, carrier)
    const options = { kind: SpanKind.SERVER, attributes }
    const span = trace.getTracer(NAME, VERSION).startSpan(name, options, parent)
    const active = trace.setSpan(parent, span)
    return {
      within: (act) => context.with(active, act),
      end(failure) {
        if (failure !== null)
          span
            .setStatus({ code: SpanStatusCode.ERROR, message: failure })
            .setAttribute('error.type', failure)
        span.end()
      },
    }
  }

  outgoing(): Carrier | null {
    const api = this.#tracing
    if (api === null) return null
    const carrier: Record<string, string> = {}
    api.propagation.inject(api.context.active(), carrier)
    return carrier
  }

  /** A provider that is registered later is seen, too, but for the first requests after that. */
  get #tracing(): Api | null {
    if (registry()?.trace === undefined) return null
    if (this.#api === null && !this.#isLoading) void this.#load()
    return this.#api
  }
}
