/**
 * One process: what is started in which order, and stopped in the reverse one. Every part is built
 * here and plugged into the ports that others declare; nothing here decides anything else.
 */
import { resolve } from 'node:path'
import type { Disk } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import { asNodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import { uuidFromRandom } from '../bytes/uuid.ts'
import type { HostPort } from '../config/addresses.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import { holdsMetadata } from '../quorum/recovery.ts'
import { MetadataUnusable } from '../quorum/unusable.ts'
import { BrokerRole } from './broker-role.ts'
import { openCluster } from './cluster.ts'
import type { DataDirectory } from './directory.ts'
import { openDataDirectory } from './directory.ts'
import { openHttpListener } from './http-listener.ts'
import { thisMachine, type Host } from './machine.ts'
import { METADATA_LOG } from './metadata-log.ts'
import { NodeMeasures } from './metrics/node-measures.ts'
import { Readiness } from './readiness.ts'
import { Telemetry } from './telemetry.ts'
import { faultSwitches } from './fault-switches.ts'

export interface RunningNode {
  /** Where Kafka clients connect, with the real port; null without the broker role. */
  readonly kafkaAddress: HostPort | null
  /** Of the broker's registration in this life; null without the broker role. */
  readonly brokerEpoch: number | null
  /** Where other nodes and the administration connect. */
  readonly grpcAddress: HostPort
  /** Where metrics and health are; null where `http.listener` is empty. */
  readonly httpAddress: HostPort | null
  /**
   * Lets others take over, finishes what is started, flushes, leaves the clean-shutdown marker.
   * Idempotent.
   */
  stop(options?: StopOptions): Promise<void>
  /** Resolves once this node acts on the entry of the metadata log at `offset`. */
  published(offset: number): Promise<void>
  /**
   * Cuts the node off from all others at once. With a host that fails from then on, which is the
   * caller's part, this is how a killed process looks from outside; then `stop` is not called.
   */
  disconnect(): void
  /** Resolves when somebody asked the cluster to have this process end; then call `stop`. */
  readonly shutdownWanted: Promise<void>
  /** Resolves when the node cannot go on (a failed fsync, a broken invariant); then call `stop`. */
  readonly failed: Promise<Error>
}

export interface StopOptions {
  /** All nodes stop: nobody takes over, and no controller has to be waited for. */
  readonly wholeCluster?: boolean
}

export interface StartOptions {
  readonly logger: Logger
  /** The options that somebody set: a default is no statement about safety settings (S12). */
  readonly named?: ReadonlySet<NodeOptionName>
  readonly host?: Host
  /** Others can reach this node by gRPC now. It may have to wait for them before it serves. */
  readonly onListening?: (grpcAddress: HostPort) => void
  /** Gives the start up, which may wait for other nodes for ever. */
  readonly signal?: AbortSignal
}

/**
 * Starts a node and resolves when it serves. Rejects with a `LograftError` that says what to do
 * when the directory is locked, foreign or damaged, and with the system's error when a port is
 * taken; with the signal's reason when it aborts. Everything begun is undone then.
 */
export async function startNode(
  config: NodeConfig,
  { logger, host = thisMachine, named = new Set(), onListening, signal }: StartOptions,
): Promise<RunningNode> {
  const failure = new Failure()
  const undo = new Undo(logger)
  let want: () => void = () => {}
  const shutdownWanted = new Promise<void>((resolve) => (want = resolve))
  const ending: Ending = { handsOver: true, want }
  const readiness = new Readiness(config['process.roles'])
  const parts = { logger, host, named, onListening, failure, undo, ending, readiness }
  const starting = startParts(config, parts)
  try {
    const serving = await Promise.race([starting, failure.rejection, rejectionOf(signal)])
    return {
      ...serving,
      failed: failure.happened,
      shutdownWanted,
      stop({ wholeCluster = false } = {}) {
        ending.handsOver &&= !wholeCluster
        readiness.stopping()
        return undo.all()
      },
    }
  } catch (thrown) {
    // What it was given up for does not matter any more.
    starting.catch(() => {})
    await undo.all()
    throw thrown
  }
}

interface Parts {
  readonly logger: Logger
  readonly host: Host
  readonly named: ReadonlySet<NodeOptionName>
  readonly onListening: StartOptions['onListening']
  readonly failure: Failure
  readonly undo: Undo
  readonly ending: Ending
  readonly readiness: Readiness
}

/** How the node will stop. */
interface Ending {
  handsOver: boolean
  /** Somebody asked the cluster for it. */
  readonly want: () => void
}

async function startParts(
  config: NodeConfig,
  parts: Parts,
): Promise<Omit<RunningNode, 'failed' | 'stop' | 'shutdownWanted'>> {
  const { logger, host, named, onListening, failure, undo, ending, readiness } = parts
  const { disk, random } = host
  const nodeId = asNodeId(config['node.id'])
  const path = resolve(config['log.dirs'][0] ?? '.')
  const directory = await openDataDirectory(path, nodeId, host)
  undo.later('directory', () => directory.close())
  if (directory.thrownAway !== null)
    logger.warn(
      { path: `${path}/store`, reason: directory.thrownAway },
      'store damaged and emptied; what was in it is folded again from the logs',
    )
  const roles = config['process.roles']
  if (roles.includes('controller')) refuseLostMetadata(directory, disk)
  else refuseLostVoter(directory, disk)

  const telemetry = await Telemetry.open()
  const measures = new NodeMeasures({ host, readiness })
  measures.tell(telemetry.meterApi, nodeId)
  undo.later('measures', () => measures.stop())
  const http = await openHttpListener(config, {
    ...{ host, logger: logger.child({ component: 'http' }) },
    metrics: () => measures.page(),
    roles: () => readiness.roles,
  })
  if (http) undo.later('HTTP listener', () => http.close())
  const incarnationId = uuidFromRandom(random.bytes(16))
  const { directoryId, clusterId } = directory
  const options = { nodeId, incarnationId, directoryId, clusterId, directory: path, config, named }
  const ports = {
    ...{ host, logger, fatal: failure.report, store: directory.store, readiness },
    ...{ onMustShutDown: ending.want, tracer: telemetry },
    faults: faultSwitches(config, { host, logger }),
  }
  // Before the directory is anybody's: a start that fails for its port claims nothing.
  const broker = roles.includes('broker') ? await BrokerRole.open(options, ports) : null
  if (broker) undo.later('listener', () => broker.stopListening())
  if (broker) measures.add(...broker.metrics)
  const publishers = broker ? [broker.publisher] : []
  const cluster = await openCluster(options, { ...ports, publishers })
  measures.add(cluster.metrics)
  undo.later('gRPC listener', () => cluster.stopListening())
  directory.claim()

  undo.later('metadata', () => cluster.close())
  const starting = cluster.start()
  onListening?.(cluster.grpcAddress)
  directory.joinCluster(await starting)
  const node = {
    grpcAddress: cluster.grpcAddress,
    httpAddress: http && { host: http.host, port: http.port },
    published: (offset: number) => cluster.loader.published(offset),
    disconnect() {
      http?.kill()
      cluster.disconnect()
    },
  }
  if (broker === null) return { ...node, kafkaAddress: null, brokerEpoch: null }

  const registration = await broker.register(cluster)
  undo.later('broker', () => {
    const handsOver = ending.handsOver && !failure.hasFailed
    return broker.close(registration, { handsOver })
  })
  await broker.serve(cluster, registration)
  return { ...node, ...registration, kafkaAddress: broker.address }
}

/** Never resolves; pending for ever without a signal. */
function rejectionOf(signal: AbortSignal | undefined): Promise<never> {
  const rejection = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(asError(signal.reason)), { once: true })
  })
  rejection.catch(() => {})
  return rejection
}

/** A voter that does not vote any more is counted as one that is down, for ever. */
function refuseLostVoter({ path }: DataDirectory, disk: Disk): void {
  if (!disk.exists(`${path}/${METADATA_LOG}`)) return
  throw new LograftError(
    'INVALID_CONFIG',
    `${path} holds the metadata log (${METADATA_LOG}) of a controller, and process.roles names ` +
      'none. Start it as a controller, take it out with `lograft quorum remove`, then start the ' +
      'broker in a directory of its own (log.dirs).',
  )
}

/** A directory that belongs to a cluster holds some of its metadata, or has lost it (S2). */
function refuseLostMetadata({ path, clusterId }: DataDirectory, disk: Disk): void {
  const log = `${path}/${METADATA_LOG}`
  if (clusterId === null || (disk.exists(log) && holdsMetadata(disk, log))) return
  throw new MetadataUnusable(
    `${path} belongs to cluster ${clusterId}, but its metadata log (${METADATA_LOG}) is gone.`,
  )
}

/**
 * The first error that stops the node; later ones only follow from it. Whoever started the node
 * says it aloud, once.
 */
class Failure {
  readonly happened: Promise<Error>
  /** The same as a rejection, for whoever would otherwise wait for what cannot come any more. */
  readonly rejection: Promise<never>
  readonly report: (error: Error) => void
  hasFailed = false

  constructor() {
    let settle: (error: Error) => void = () => {}
    this.happened = new Promise((happen) => (settle = happen))
    this.rejection = this.happened.then((error) => Promise.reject(error))
    this.rejection.catch(() => {})
    this.report = (error) => {
      this.hasFailed = true
      settle(error)
    }
  }
}

/** What has been started, undone in reverse; one step that fails does not keep the others. */
class Undo {
  readonly #logger: Logger
  readonly #steps: { readonly name: string; readonly run: () => Promise<void> | void }[] = []
  #done: Promise<void> | null = null

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** A step that comes after all were undone is undone at once. */
  later(name: string, run: () => Promise<void> | void): void {
    if (this.#done === null) this.#steps.push({ name, run })
    else void this.#done.catch(() => {}).then(run)
  }

  all(): Promise<void> {
    this.#done ??= this.#run()
    return this.#done
  }

  async #run(): Promise<void> {
    let first: Error | null = null
    for (const { name, run } of this.#steps.reverse()) {
      try {
        await run()
      } catch (thrown) {
        first ??= asError(thrown)
        this.#logger.error({ part: name, err: thrown }, 'a part did not stop in order')
      }
    }
    if (first) throw first
  }
}
