/**
 * This node in the cluster, whatever its roles: the gRPC listener, where committed metadata comes
 * from, and the way to the active controller.
 */
import type { NodeId } from '../base/ids.ts'
import type { HostPort } from '../config/addresses.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { Collector } from '../metrics/collection.ts'
import type { QuorumAdmin } from '../quorum/admin.ts'
import type { QuorumListener } from '../quorum/ports.ts'
import { ActiveController } from '../rpc/active-controller.ts'
import type { Heartbeats } from '../rpc/heartbeats.ts'
import { LeaderCalls } from '../rpc/leader-calls.ts'
import { MetadataWatch } from '../rpc/metadata-watch.ts'
import { administration } from './administration.ts'
import { BrokerStanding, type StandingOptions } from './broker-standing.ts'
import type { ClusterOptions, ClusterPorts } from './cluster-options.ts'
import { ControllerRole } from './controller-role.ts'
import { findControllers, type Controllers } from './controllers.ts'
import { openGrpcListener, type GrpcListener } from './grpc-listener.ts'
import type { MetadataSource } from './metadata-source.ts'
import { clusterIdOf, createLoader, refuseOtherSafetySettings, type Cluster } from './metadata.ts'
import { EpochChanges, metadataMetrics } from './metrics/metadata-metrics.ts'
import { OwnCluster } from './own-cluster.ts'

/** A part of the cluster, once `start` has resolved. */
export interface ClusterMember extends Cluster {
  readonly grpcAddress: HostPort
  readonly metrics: Collector
  /** The administration of the quorum, by whoever leads it. */
  readonly quorum: QuorumAdmin
  /** Whose controller is active, as far as this node knows. */
  activeControllerId(): NodeId | null
  /** What this node's publishers have been told. */
  image(): MetadataImage
  /** Resolves with the cluster's id, once there is a cluster and this node has heard of it. */
  start(): Promise<string>
  /** Begins to tell the active controller that this broker is there; `close` ends it. */
  beginHeartbeats(
    broker: Pick<
      StandingOptions,
      'brokerEpoch' | 'kafka' | 'onProof' | 'mustLeaveFirst' | 'onMustShutDown'
    >,
  ): Heartbeats
  /** Gives leadership up, closes the metadata log; others are still told so. */
  close(): Promise<void>
  /** Nobody can call this node any more. */
  stopListening(): Promise<void>
  /** No other node hears of this one any more, and it hears of none; at once, and for good. */
  disconnect(): void
}

/** Binds the gRPC listener. Nothing is said to anybody, and nothing written, before `start`. */
export async function openCluster(
  options: ClusterOptions,
  ports: ClusterPorts,
): Promise<ClusterMember> {
  const { config, named, nodeId: self } = options
  const { host, fatal, readiness, tracer } = ports
  const controllers = findControllers(config, named)
  const standing = new BrokerStanding(options, ports)
  const told = [controllers.publisher, ...ports.publishers, standing.publisher]
  const loader = createLoader([...told, readiness.publisher(() => loader)], fatal)
  let grpc: GrpcListener | null = null
  const bound = () => {
    if (grpc === null) throw new Error('the gRPC listener is bound before anything is said')
    return grpc
  }
  const isController = config['process.roles'].includes('controller')
  const address = () => bound().advertised
  const role = isController
    ? new ControllerRole(options, { ...ports, controllers, loader, address })
    : null
  const source: MetadataSource = role ?? observer(self, { ...ports, controllers, loader })
  const calls = leaderCalls(options, { host, fatal, controllers, role, tracer })
  const epochs = new EpochChanges()
  source.subscribe(leadershipOnly(calls, standing, readiness, epochs))
  const onCommitted = (endOffset: number) => source.expect?.(endOffset)
  const commands = new ActiveController(calls, role?.controller ?? null, onCommitted)
  const own = new OwnCluster(self, host, () => loader.publishedImage)
  const admin = administration({
    ...{ nodeId: self, settings: { config, named }, clock: host.clock, fatal },
    ...{ commands, loader, calls, own, quorum: role?.administration ?? null },
    leadership: () => source.leadership,
    faults: ports.faults,
  })
  source.subscribe(admin.listener)
  grpc = await openGrpcListener(config, [...source.services, ...admin.services], ports)
  const { address: grpcAddress, serve, stop, kill } = grpc
  return {
    ...{ grpcAddress, commands, loader, quorum: admin.quorum },
    metrics: metadataMetrics({ loader, epochs, source, controller: role }),
    activeControllerId: () => source.leadership.leaderId,
    image: () => loader.publishedImage,
    async start() {
      await source.start()
      const clusterId = await clusterIdOf(loader)
      refuseOtherSafetySettings(loader, options)
      serve()
      role?.register(commands, address())
      return clusterId
    },
    beginHeartbeats(broker) {
      const known = { calls, loader, local: role?.liveness ?? null, onCommitted }
      return standing.begin({ ...broker, grpc: grpcAddress, ...known })
    },
    async close() {
      admin.close()
      calls.close()
      await own.close()
      await source.close()
    },
    stopListening: stop,
    disconnect() {
      kill()
      calls.close()
      void own.close()
      source.disconnect()
    },
  }
}

function leaderCalls(
  { nodeId: self, config }: ClusterOptions,
  {
    host,
    fatal,
    controllers,
    role,
    tracer,
  }: Pick<ClusterPorts, 'host' | 'fatal' | 'tracer'> & {
    readonly controllers: Controllers
    readonly role: ControllerRole | null
  },
): LeaderCalls {
  return new LeaderCalls({
    ...{ self, clock: host.clock, fatal, addresses: controllers.addresses, tracer },
    controllers: () => controllers.known(),
    isLeader: () => role?.controller.isActive ?? false,
    requestTimeoutMs: config['controller.quorum.request.timeout.ms'],
  })
}

/** A node without a replica of the metadata log. */
function observer(
  self: NodeId,
  {
    host,
    logger,
    fatal: onFatal,
    controllers,
    loader,
  }: ClusterPorts & { controllers: Controllers; loader: ReturnType<typeof createLoader> },
): MetadataSource {
  const { addresses } = controllers
  const watch = new MetadataWatch({
    ...{ self, addresses, clock: host.clock, logger, onFatal },
    controllers: () => controllers.known(),
  })
  watch.subscribe(loader)
  return {
    services: [],
    get leadership() {
      return watch.leadership
    },
    subscribe: (listener) => watch.subscribe(listener),
    expect: (endOffset) => watch.expect(endOffset),
    start: () => watch.start(),
    close: () => watch.close(),
    disconnect: () => void watch.close(),
  }
}

function leadershipOnly(
  ...listeners: readonly Pick<Required<QuorumListener>, 'onLeadership'>[]
): QuorumListener {
  return {
    onSnapshot() {},
    onCommitted() {},
    onLeadership(leadership) {
      for (const listener of listeners) listener.onLeadership(leadership)
    },
  }
}
