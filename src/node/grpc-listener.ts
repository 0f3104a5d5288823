/**
 * The gRPC listener of a node: what other nodes and the administration call. Services are given
 * before it is bound; each of them refuses until the node is ready for it.
 */
import type { Tracer } from '../base/tracing.ts'
import { isWildcard, type HostPort } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { Served } from '../rpc/handlers.ts'
import { Health } from '../rpc/health.ts'
import { Reflection } from '../rpc/reflection.ts'
import { RpcServer } from '../rpc/server.ts'
import type { Host } from './machine.ts'

export interface GrpcListener {
  /** Where it listens. */
  readonly address: HostPort
  /** Where other nodes are told to connect. */
  readonly advertised: HostPort
  /** `grpc.health.v1`: each role tells by its own name whether it serves. */
  readonly health: Health
  readonly stop: () => Promise<void>
  /** Cuts all connections at once. */
  readonly kill: () => void
}

/** Rejects with LISTENER_UNAVAILABLE. */
export async function openGrpcListener(
  config: NodeConfig,
  services: readonly Served[],
  {
    host,
    fatal,
    tracer,
  }: {
    readonly host: Host
    readonly fatal: (error: Error) => void
    readonly tracer: Tracer
  },
): Promise<GrpcListener> {
  const health = new Health()
  const server = new RpcServer({ clock: host.clock, fatal, tracer })
  const named = [...services, ...health.services]
  const reflection = new Reflection(named)
  server.add([...named, ...reflection.services])
  const address = await server.bind(config['grpc.listener'])
  return {
    address,
    advertised: advertisedAddress(config, address),
    health,
    async stop() {
      health.close()
      reflection.close()
      await server.close()
    },
    kill: () => server.kill(),
  }
}

/** As of the Kafka listener: port 0 becomes the real one, "every interface" an address. */
function advertisedAddress(config: NodeConfig, bound: HostPort): HostPort {
  const { host, port } = config['advertised.grpc.listener']
  return { host: isWildcard(host) ? '127.0.0.1' : host, port: port || bound.port }
}
