/**
 * One process: what is started in which order, and stopped in the reverse one. Every part is built
 * here and plugged into the ports that others declare; nothing here decides anything else.
 */
import { resolve } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import { asNodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import { uuidFromRandom } from '../bytes/uuid.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import { hostClock } from '../host/clock.ts'
import { hostDisk } from '../host/disk.ts'
import { openStore } from '../host/level-store.ts'
import { openFilesLimit } from '../host/limits.ts'
import { hostNet } from '../host/net.ts'
import { hostRandom } from '../host/random.ts'
import type { LogManagerOptions } from '../log/log-manager.ts'
import { LogManager } from '../log/log-manager.ts'
import { TailCache } from '../log/tail-cache.ts'
import { MetadataUnusable } from '../quorum/unusable.ts'
import { Broker } from './broker.ts'
import { localController } from './controller-client.ts'
import type { DataDirectory, DirectoryLock } from './directory.ts'
import { openDataDirectory } from './directory.ts'
import { openKafkaListener } from './kafka-listener.ts'
import { METADATA_LOG } from './metadata-log.ts'
import { openMetadata, registerBroker, unfenceBroker } from './metadata.ts'

/** The machine a node runs on; all of it can be exchanged. */
export interface Host {
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly net: Net
  readonly lock: (directory: string) => Promise<DirectoryLock>
  /** Descriptors this process may have: files and connections together. */
  readonly openFilesLimit: () => number
}

/** The real one. */
export const thisMachine: Host = {
  disk: hostDisk,
  clock: hostClock,
  random: hostRandom,
  net: hostNet,
  lock: openStore,
  openFilesLimit,
}

export interface RunningNode {
  /** Where Kafka clients connect, with the real port. */
  readonly kafkaAddress: { readonly host: string; readonly port: number }
  /** Finishes what is started, flushes, leaves the clean-shutdown marker. Idempotent. */
  stop(): Promise<void>
  /** Resolves when the node cannot go on (a failed fsync, a broken invariant); then call `stop`. */
  readonly failed: Promise<Error>
}

export interface StartOptions {
  readonly logger: Logger
  /** The options that somebody set: a default is no statement about safety settings (S12). */
  readonly named?: ReadonlySet<NodeOptionName>
  readonly host?: Host
}

/**
 * Starts a node and resolves when it serves. Rejects with a `LograftError` that says what to do
 * when the directory is locked, foreign or damaged, and with the system's error when a port is
 * taken; everything begun is undone then.
 */
export async function startNode(
  config: NodeConfig,
  { logger, host = thisMachine, named = new Set() }: StartOptions,
): Promise<RunningNode> {
  const failure = new Failure()
  const undo = new Undo(logger)
  try {
    const starting = startParts(config, { logger, host, named, failure, undo })
    const kafkaAddress = await Promise.race([starting, failure.rejection])
    return { kafkaAddress, failed: failure.happened, stop: () => undo.all() }
  } catch (thrown) {
    await undo.all()
    throw thrown
  }
}

interface Parts extends Required<StartOptions> {
  readonly failure: Failure
  readonly undo: Undo
}

async function startParts(
  config: NodeConfig,
  { logger, host, named, failure, undo }: Parts,
): Promise<RunningNode['kafkaAddress']> {
  const { disk, clock, random } = host
  const fatal = failure.report
  const nodeId = asNodeId(config['node.id'])
  const incarnationId = uuidFromRandom(random.bytes(16))

  const path = resolve(config['log.dirs'][0] ?? '.')
  const directory = await openDataDirectory(path, nodeId, host)
  undo.later('directory', () => directory.close())

  refuseLostMetadata(directory, disk)

  // Before the directory is anybody's: a start that fails for its port claims nothing.
  const listener = await openKafkaListener(config, { ...host, logger, fatal })
  undo.later('listener', () => listener.stop())
  directory.claim()

  const broker = new Broker({ nodeId, incarnationId }, config, {
    clock,
    logger: logger.child({ component: 'replication' }),
    fatal,
    openLogs: (configOf) => openLogs(config, { path, configOf, host, logger, fatal }),
  })
  const metadata = await openMetadata(
    { nodeId, incarnationId, directoryId: directory.directoryId, directory: path },
    config,
    { ...host, logger, fatal, named, publishers: [broker] },
  )
  undo.later('metadata', () => metadata.close())
  directory.joinCluster(metadata.clusterId)

  const brokerEpoch = await registerBroker(metadata, {
    nodeId,
    incarnationId,
    directoryId: directory.directoryId,
    ...listener.advertised,
    rack: config['broker.rack'],
  })
  undo.later('broker', async () => {
    // First nothing new starts, then whoever waits is answered, then the logs close.
    const quiet = listener.stop()
    broker.resign()
    await quiet
    await broker.close({ brokerEpoch })
  })

  await unfenceBroker(metadata, { nodeId, brokerEpoch })
  listener.serve({
    ...{ nodeId, config, named, clock },
    logger: logger.child({ component: 'server' }),
    replicas: broker.replicas,
    controller: localController(metadata, { nodeId, brokerEpoch }),
    metadata: () => metadata.image(),
    logDirectory: { path, volume: () => disk.volume(path) },
  })
  return listener.address
}

function openLogs(
  config: NodeConfig,
  {
    path,
    configOf,
    host,
    logger,
    fatal,
  }: {
    readonly path: string
    readonly configOf: LogManagerOptions['configOf']
    readonly host: Host
    readonly logger: Logger
    readonly fatal: (error: Error) => void
  },
): LogManager {
  const { disk, clock, random } = host
  return LogManager.open({
    disk,
    clock,
    random,
    logger: logger.child({ component: 'log' }),
    directory: path,
    configOf,
    onFatal: fatal,
    openFilesLimit: host.openFilesLimit(),
    tailCache: new TailCache({ budgetBytes: config['log.tail.cache.bytes'] }),
    producerIdExpirationMs: config['producer.id.expiration.ms'],
    highWatermarkCheckpointIntervalMs: config['replica.high.watermark.checkpoint.interval.ms'],
    recoveryPointCheckpointIntervalMs: config['log.flush.offset.checkpoint.interval.ms'],
    retentionCheckIntervalMs: config['log.retention.check.interval.ms'],
  })
}

/** A directory that belongs to a cluster has its metadata log, or has lost it (S2). */
function refuseLostMetadata({ path, clusterId }: DataDirectory, disk: Disk): void {
  if (clusterId === null || disk.exists(`${path}/${METADATA_LOG}`)) return
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

  constructor() {
    let settle: (error: Error) => void = () => {}
    this.happened = new Promise((happen) => (settle = happen))
    this.rejection = this.happened.then((error) => Promise.reject(error))
    this.rejection.catch(() => {})
    this.report = (error) => {
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

  later(name: string, run: () => Promise<void> | void): void {
    this.#steps.push({ name, run })
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
