/**
 * gRPC's standard health service (grpc.health.v1): how the whole server, called '', and each
 * service is. Nobody is told anything but what was set; a service that was never set is unknown.
 */
import { grpc } from '../gen/grpc/health/v1/health.js'
import type { Served } from './handlers.ts'
import { serveStream, serveUnary } from './handlers.ts'
import { codec, serverStream, unary } from './service.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

const { HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse } =
  grpc.health.v1
const { ServingStatus } = HealthCheckResponse

export const healthCheck = unary(
  'grpc.health.v1.Health/Check',
  codec(HealthCheckRequest),
  codec(HealthCheckResponse),
)
export const healthList = unary(
  'grpc.health.v1.Health/List',
  codec(HealthListRequest),
  codec(HealthListResponse),
)
export const healthWatch = serverStream(
  'grpc.health.v1.Health/Watch',
  codec(HealthCheckRequest),
  codec(HealthCheckResponse),
)

type Watcher = RpcStream<never, grpc.health.v1.HealthCheckResponse>

export class Health {
  readonly services: readonly Served[] = [
    serveUnary(healthCheck, ({ service }) => {
      this.#look()
      const isServing = this.#serving.get(service)
      if (isServing === undefined)
        throw new RpcError('NOT_FOUND', 'no service of that name has told how it is')
      return responseFor(isServing)
    }),
    serveUnary(healthList, () => {
      this.#look()
      const statuses = Array.from(this.#serving, ([service, isServing]) => {
        return [service, responseFor(isServing)] as const
      })
      return { statuses: Object.fromEntries(statuses) }
    }),
    serveStream(healthWatch, ({ service }, stream) => this.#watch(service, stream)),
  ]
  readonly #serving = new Map<string, boolean>()
  readonly #watchers = new Map<Watcher, string>()
  readonly #look: () => void

  /** `look` is called before an answer: whoever sets may know better by now. */
  constructor(look: () => void = () => {}) {
    this.#look = look
  }

  /** `service` is the full name of a gRPC service; empty for the whole server. */
  set(service: string, isServing: boolean): void {
    if (this.#serving.get(service) === isServing) return
    this.#serving.set(service, isServing)
    for (const [watcher, watched] of this.#watchers)
      if (watched === service && !watcher.write(responseFor(isServing)))
        watcher.fail(new RpcError('RESOURCE_EXHAUSTED', 'what was told before was not read'))
  }

  /** Before the server stops: nothing is served any more, and nobody needs to watch. */
  close(): void {
    for (const service of this.#serving.keys()) this.set(service, false)
    for (const watcher of this.#watchers.keys()) watcher.end()
  }

  #watch(service: string, stream: Watcher): void {
    this.#watchers.set(stream, service)
    stream.open({
      message: () => {},
      closed: () => this.#watchers.delete(stream),
    })
    stream.write(responseFor(this.#serving.get(service)))
  }
}

function responseFor(isServing: boolean | undefined): grpc.health.v1.HealthCheckResponse {
  const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = ServingStatus
  if (isServing === undefined) return { status: SERVICE_UNKNOWN }
  return { status: isServing ? SERVING : NOT_SERVING }
}
