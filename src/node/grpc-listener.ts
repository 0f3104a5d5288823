/**
 * The gRPC listener of a node: what other nodes and the administration call. Services are given
 * before it is bound; each of them refuses until the node is ready for it.
 */
import type { Tracer } from '../base/tracing.ts'
import { isWildcard, type HostPort } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { Served } from '../rpc/handlers.ts'
import { Reflection } from '../rpc/reflection.ts'
import { RpcServer } from '../rpc/server.ts'
import type { Host } from './machine.ts'
import { NodeHealth } from './node-health.ts'
import type { Readiness } from './readiness.ts'

export interface GrpcListener {
  /** Where it listens. */
  readonly address: HostPort
  /** Where other nodes are told to connect. */
  readonly advertised: HostPort
  /** There is a cluster, and the services can answer for it (`grpc.health.v1`). */
  readonly serve: () => void
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
    readiness,
    tracer,
  }: {
    readonly host: Host
    readonly fatal: (error: Error) => void
    readonly readiness: Readiness
    readonly tracer: Tracer
  },
): Promise<GrpcListener> {
  const server = new RpcServer({ clock: host.clock, fatal, tracer })
  const health = new NodeHealth(host.clock, readiness)
  const named = [...services, ...health.services]
  const reflection = new Reflection(named)
  health.name([...named, ...reflection.services])
  server.add([...named, ...reflection.services])
  const address = await bound(server, config, health)
  return {
    address,
    advertised: advertisedAddress(config, address),
    serve: () => health.serve(),
    async stop() {
      health.close()
      reflection.close()
      await server.close()
    },
    kill() {
      health.close()
      server.kill()
    },
  }
}

async function bound(server: RpcServer, config: NodeConfig, health: NodeHealth): Promise<HostPort> {
  try {
    return await server.bind(config['grpc.listener'])
  } catch (thrown) {
    health.close()
    throw thrown
  }
}

/** As of the Kafka listener: port 0 becomes the real one, "every interface" an address. */
function advertisedAddress(config: NodeConfig, bound: HostPort): HostPort {
  const { host, port } = config['advertised.grpc.listener']
  return { host: isWildcard(host) ? '127.0.0.1' : host, port: port || bound.port }
}
