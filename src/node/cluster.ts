/**
 * This node in the cluster, whatever its roles: where the others are, the gRPC listener, and the
 * metadata as a controller has it. What it offers to the rest of the node is the way to the active
 * controller and what is committed.
 */
import { background, type Background } from '../base/background.ts'
import { delay, type Clock } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import { asNodeId, type NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { HostPort, Voter } from '../config/addresses.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { RegisterControllerRequest } from '../controller/requests.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { QuorumListener, VoterAddress } from '../quorum/ports.ts'
import { ActiveController } from '../rpc/active-controller.ts'
import { AddressBook } from '../rpc/address-book.ts'
import { controllerService } from '../rpc/controller-service.ts'
import { LeaderCalls } from '../rpc/leader-calls.ts'
import { RaftRpc } from '../rpc/raft-transport.ts'
import { openGrpcListener, type GrpcListener } from './grpc-listener.ts'
import { ControllerMetadata, type Cluster } from './metadata.ts'
import type { Host } from './machine.ts'

export interface NodeIdentity {
  readonly nodeId: NodeId
  readonly directoryId: string
  /** Of this life of the process. */
  readonly incarnationId: string
}

export interface ClusterOptions extends NodeIdentity {
  /** The node's data directory. */
  readonly directory: string
  /** The cluster that the directory belongs to; null before it joined one. */
  readonly clusterId: string | null
  readonly config: NodeConfig
  readonly named: ReadonlySet<NodeOptionName>
}

export interface ClusterPorts {
  readonly host: Host
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly publishers: readonly MetadataPublisher[]
}

/** Between two attempts to register, each of which has looked for the leader for a while. */
const REGISTRATION_RETRY_MS = 1_000

/** A part of the cluster, once `start` has resolved. */
export interface ClusterMember extends Cluster {
  readonly grpcAddress: HostPort
  /** Whose controller is active, as far as this node knows. */
  activeControllerId(): NodeId | null
  /** What this node's publishers have been told. */
  image(): MetadataImage
  /** Resolves with the cluster's id, once there is a cluster and this node has heard of it. */
  start(): Promise<string>
  /** Gives leadership up, closes the metadata log; others are still told so. */
  close(): Promise<void>
  /** Nobody can call this node any more. */
  stopListening(): Promise<void>
}

/** Binds the gRPC listener. Nothing is said to anybody, and nothing written, before `start`. */
export async function openCluster(
  options: ClusterOptions,
  ports: ClusterPorts,
): Promise<ClusterMember> {
  const { config, named } = options
  const { host, logger, fatal } = ports
  const voters = votersOf(config, named)
  const addresses = new AddressBook({
    overrides: placesOf(config['controller.quorum.address.overrides']),
    configured: placesOf(voters),
  })
  let grpc: GrpcListener | null = null
  const bound = () => {
    if (grpc === null) throw new Error('the gRPC listener is bound before anything is said')
    return grpc
  }
  const raft: RaftRpc = new RaftRpc({
    ...host,
    ...{ self: options, incarnationId: options.incarnationId, addresses, logger, fatal },
    clusterId: () => metadata.loader.committedImage.clusterId ?? options.clusterId,
    address: () => bound().advertised,
  })
  const publishers = [addressPublisher(addresses), ...ports.publishers]
  const metadata: ControllerMetadata = new ControllerMetadata(
    { ...options, voters },
    { ...host, logger, fatal, peers: raft, publishers },
  )
  const { quorum, controller, loader } = metadata
  const calls = new LeaderCalls({
    ...{ self: options.nodeId, clock: host.clock, addresses, fatal },
    controllers: () => controllersOf(metadata.image, voters),
    isLeader: () => controller.isActive,
    requestTimeoutMs: config['controller.quorum.request.timeout.ms'],
  })
  quorum.subscribe(leadershipOnly(calls))
  const commands = new ActiveController(calls, controller)
  grpc = await openGrpcListener(
    config,
    [...raft.services, ...controllerService(controller, () => quorum.leadership)],
    { ...host, fatal },
  )
  const { address: grpcAddress, health, stop } = grpc
  let registering: Background | null = null
  return {
    ...{ grpcAddress, commands, loader },
    activeControllerId: () => quorum.leadership.leaderId,
    image: () => metadata.image,
    async start() {
      const clusterId = await metadata.start()
      health.set('', true)
      const self = { ...identityOf(options), ...bound().advertised }
      const say = (signal: AbortSignal) => register(self, { ...host, commands, logger, signal })
      registering = background('registration of a controller', say, fatal)
      return clusterId
    },
    async close() {
      await registering?.stop()
      calls.close()
      await metadata.close()
    },
    stopListening: stop,
  }
}

function identityOf({ nodeId, directoryId, incarnationId }: NodeIdentity): NodeIdentity {
  return { nodeId, directoryId, incarnationId }
}

function leadershipOnly(calls: LeaderCalls): QuorumListener {
  return {
    onSnapshot() {},
    onCommitted() {},
    onLeadership: (leadership) => calls.onLeadership(leadership),
  }
}

/** Whoever may know who leads: registered controllers, and those the node was configured with. */
function controllersOf(image: MetadataImage, voters: readonly VoterAddress[]): readonly NodeId[] {
  return [...new Set([...image.controllers.keys(), ...voters.map(({ nodeId }) => nodeId)])]
}

/** Has it committed where this controller is found, for those it does not talk to itself. */
async function register(
  self: RegisterControllerRequest,
  {
    commands,
    logger,
    clock,
    signal,
  }: { commands: ActiveController; logger: Logger; clock: Clock; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted)
    try {
      await commands.registerController(self, { signal })
      return
    } catch (thrown) {
      if (!(thrown instanceof LograftError)) throw thrown
      if (signal.aborted) return
      logger.debug({ err: thrown }, 'not registered as a controller yet')
      await delay(clock, REGISTRATION_RETRY_MS, signal)
    }
}

/** With whom this node founds a quorum; nobody, when it looks for one that is there. */
function votersOf(
  config: NodeConfig,
  named: ReadonlySet<NodeOptionName>,
): readonly (Voter & { readonly nodeId: NodeId })[] {
  const isAlone = !named.has('controller.quorum.voters')
  if (isAlone && config['controller.quorum.bootstrap.servers'].length > 0) return []
  return config['controller.quorum.voters'].map((voter) => ({
    ...voter,
    nodeId: asNodeId(voter.nodeId),
  }))
}

function placesOf(voters: readonly Voter[]): ReadonlyMap<NodeId, HostPort> {
  return new Map(voters.map(({ nodeId, host, port }) => [asNodeId(nodeId), { host, port }]))
}

/** Keeps the address book up to what committed metadata says of the controllers. */
function addressPublisher(addresses: AddressBook): MetadataPublisher {
  return {
    name: 'addresses',
    onMetadataUpdate(delta, image) {
      if (delta.cluster.changedControllers.size === 0) return
      addresses.setCommitted(new Map(image.controllers))
    },
  }
}
