/**
 * The Kafka listener of a node: configuration in, an address to advertise out, and the dispatcher
 * behind it once there is something to serve. Bound before the broker registers, because the real
 * port is what gets advertised; read only when the broker serves.
 */
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import { isWildcard } from '../config/addresses.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { FetchSessionCache } from '../replication/fetch-session-cache.ts'
import { Dispatcher } from '../server/dispatch.ts'
import type { Services } from '../server/handler.ts'
import { faultyDispatch } from '../server/faults/faulty-dispatch.ts'
import type { FaultSwitches } from '../server/faults/fault-switches.ts'
import { handlers } from '../server/handlers/index.ts'
import { Listener, type ListenerPorts } from '../server/listener.ts'
import { ProducerIds } from '../server/producer-ids.ts'

interface Address {
  readonly host: string
  readonly port: number
}

/** What only the node knows; the rest of the services is made here. */
export type ServedBy = Omit<
  Services,
  'apis' | 'fetchSessions' | 'producerIds' | 'responseBudgetBytes'
>

interface Serving {
  readonly dispatcher: Dispatcher
  /** To it, or to what stands before it. */
  readonly dispatch: ListenerPorts['dispatch']
  readonly fetchSessions: FetchSessionCache
}

export interface KafkaListener {
  /** Where it listens. */
  readonly address: Address
  /** Where clients are told to connect. */
  readonly advertised: Address
  readonly listener: Listener
  /** Null where there are none. */
  readonly faults: FaultSwitches | null
  /** What requests are served with; null before that. */
  readonly serving: () => Serving | null
  serve(served: ServedBy): void
  stop(): Promise<void>
}

/** Checkpoints, LevelDB, the metadata log, standard streams. */
const OTHER_DESCRIPTORS = 32

/** How long started requests may take to finish at a stop. */
const STOP_GRACE_MS = 5_000

/** Bytes of unfinished requests of all clients together; always enough for two of the largest. */
const RECEIVE_BUDGET_BYTES = 256 * 1024 * 1024

/** Bytes of answers that all clients together may leave untaken before fetches shrink. */
const RESPONSE_BUDGET_BYTES = 256 * 1024 * 1024

/** Logs may take three quarters of the descriptors; some are for everything else. */
function connectionsFor(openFilesLimit: number): number {
  return Math.max(16, Math.floor(openFilesLimit / 4) - OTHER_DESCRIPTORS)
}

export async function openKafkaListener(
  config: NodeConfig,
  ports: {
    readonly net: Net
    readonly clock: Clock
    readonly random: Random
    readonly logger: Logger
    readonly openFilesLimit: () => number
    readonly fatal: (error: Error) => void
    readonly faults: FaultSwitches | null
  },
): Promise<KafkaListener> {
  let serving: Serving | null = null
  const [bindTo] = config['listeners']
  if (!bindTo) throw new Error('a broker has a listener; the configuration was checked for it')
  const listener = new Listener(
    {
      host: bindTo.host,
      port: bindTo.port,
      maxConnections: Math.min(config['max.connections'], connectionsFor(ports.openFilesLimit())),
      maxConnectionsPerIp: config['max.connections.per.ip'],
      maxReceivedBytes: Math.max(RECEIVE_BUDGET_BYTES, 2 * config['socket.request.max.bytes']),
      maxIdleMs: config['connections.max.idle.ms'],
      limits: {
        maxRequestBytes: config['socket.request.max.bytes'],
        maxInFlight: config['connection.max.inflight.requests'],
        maxBufferedBytes: config['connection.max.buffered.bytes'],
        maxUnsentBytes: config['connection.max.unsent.bytes'],
      },
    },
    {
      ...ports,
      logger: ports.logger.child({ component: 'server' }),
      dispatch: (frame, connection) => {
        if (!serving) throw new Error('nothing is read before the broker serves')
        return serving.dispatch(frame, connection)
      },
    },
  )
  const address = await listener.bind()
  return {
    ...{ address, listener, faults: ports.faults, serving: () => serving },
    advertised: advertisedAddress(config, address),
    serve(served) {
      const slots = config['max.incremental.fetch.session.cache.slots']
      const fetchSessions = new FetchSessionCache({ slots }, ports)
      const dispatcher = new Dispatcher(handlers, {
        ...{ ...served, fetchSessions },
        producerIds: new ProducerIds(() => served.controller.allocateProducerIds()),
        responseBudgetBytes: () => Math.max(0, RESPONSE_BUDGET_BYTES - listener.unsentBytes),
        apis: () => handlers,
      })
      const { faults } = ports
      const dispatch: Serving['dispatch'] =
        faults === null
          ? (frame, asker) => dispatcher.dispatch(frame, asker)
          : faultyDispatch(dispatcher, faults)
      serving = { dispatcher, dispatch, fetchSessions }
      listener.serve()
    },
    stop() {
      ports.faults?.close()
      return listener.stop({ graceMs: STOP_GRACE_MS })
    },
  }
}

/**
 * Port 0 becomes the real port; an address that means "every interface" is of no use to a client.
 */
function advertisedAddress(config: NodeConfig, bound: Address): Address {
  const [advertised] = config['advertised.listeners']
  const host = advertised?.host ?? bound.host
  return {
    host: isWildcard(host) ? '127.0.0.1' : host,
    port: advertised?.port || bound.port,
  }
}
