/**
 * A quorum of one as a node has it: over the real log, with a loader as listener and as the source
 * of its snapshots. Tests give it a disk (real, or one that can crash) and read what it delivered.
 */
import type { Disk } from '../../../src/base/disk.ts'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { Log } from '../../../src/log/log.ts'
import type { LogConfig } from '../../../src/log/types.ts'
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'
import { MetadataLoader } from '../../../src/metadata/loader.ts'
import type { AppendOutcome, OpenEntryLog, RaftTransport } from '../../../src/quorum/ports.ts'
import { Quorum } from '../../../src/quorum/quorum.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostRandom } from '../../../src/host/random.ts'
import { NO_PEERS } from './no-peers.ts'
import { uuid } from '../metadata/images.ts'

export const NODE_ID = asNodeId(1)
const DIRECTORY_ID = uuid(1)

/** As a node configures it: only a snapshot makes an entry superfluous. */
const LOG_CONFIG: LogConfig = {
  'cleanup.policy': [],
  'delete.retention.ms': 0,
  'file.delete.delay.ms': 0,
  'flush.messages': Infinity,
  'flush.ms': Infinity,
  'max.compaction.lag.ms': Infinity,
  'min.cleanable.dirty.ratio': 1,
  'min.compaction.lag.ms': 0,
  'index.interval.bytes': 4096,
  'retention.bytes': Infinity,
  'retention.ms': Infinity,
  'segment.bytes': 16 * 1024 * 1024,
  'segment.index.bytes': 1024 * 1024,
  'segment.jitter.ms': 0,
  'segment.ms': Infinity,
}

export interface QuorumNodeOptions {
  readonly disk: Disk
  readonly directory: string
  readonly maxBytesBetweenSnapshots?: number
  readonly transport?: RaftTransport
}

/** A topic whose name tells it apart: what most tests append. */
export const named = (name: string, number: number): MetadataRecord => ({
  type: 'Topic',
  name,
  topicId: asTopicId(uuid(number)),
})

export class QuorumNode {
  readonly quorum: Quorum
  readonly loader: MetadataLoader
  /** What listeners were told: `snapshot 5@2`, `0@1 Topic`, `caught up`, `leads 1`. */
  readonly told: string[] = []
  readonly entries: CommittedEntry[] = []
  readonly fatal: Error[] = []
  /** The newest log opened. */
  log: Log | null = null
  #leads = false
  #ledFirst = () => {}
  #failedFirst: (error: Error) => void = () => {}

  constructor(options: QuorumNodeOptions) {
    const { disk, directory } = options
    const clock = hostClock
    this.loader = new MetadataLoader({
      publishers: [],
      onFault: (name, error) => this.fatal.push(new Error(name, { cause: error })),
    })
    const openLog: OpenEntryLog = (opening) => {
      this.log = Log.open({
        disk,
        clock,
        logger: silentLogger,
        topicId: null,
        partition: 0,
        config: LOG_CONFIG,
        highWatermark: 0,
        cleanShutdown: false,
        ...opening,
      })
      return this.log
    }
    this.quorum = new Quorum({
      disk,
      clock,
      random: hostRandom,
      logger: silentLogger,
      directory,
      self: { nodeId: NODE_ID, directoryId: DIRECTORY_ID },
      incarnationId: uuid(2),
      voters: [{ nodeId: NODE_ID, host: 'localhost', port: 0 }],
      transport: options.transport ?? NO_PEERS,
      foundingPeers: NO_PEERS,
      electionTimeoutMs: 1_000,
      openLog,
      snapshotSource: this.loader,
      maxBytesBetweenSnapshots: options.maxBytesBetweenSnapshots ?? Infinity,
      onFatal: (error) => {
        this.fatal.push(error)
        this.#failedFirst(error)
      },
    })
    this.quorum.subscribe(this.loader)
    this.quorum.subscribe({
      onSnapshot: ({ metadataOffset, controllerEpoch }) =>
        this.told.push(`snapshot ${metadataOffset + 1}@${controllerEpoch}`),
      onCommitted: (entries) => {
        this.entries.push(...entries)
        for (const { offset, epoch, records } of entries)
          this.told.push(`${offset}@${epoch} ${records.map(({ type }) => type).join()}`)
      },
      onCaughtUp: () => this.told.push('caught up'),
      onLeadership: ({ epoch, isLeader }) => {
        if (isLeader || this.#leads) this.told.push(`${isLeader ? 'leads' : 'lost'} ${epoch}`)
        this.#leads = isLeader
        if (isLeader) this.#ledFirst()
      },
    })
  }

  /** Starts and waits until it leads; rejects when it never will. */
  async start(): Promise<void> {
    const led = new Promise<void>((resolve, reject) => {
      this.#ledFirst = resolve
      this.#failedFirst = reject
    })
    await this.quorum.start()
    await led
  }

  /** Appends in the present term; throws when it is refused at once. */
  append(...records: MetadataRecord[]): Promise<AppendOutcome> {
    const append = this.quorum.append(this.quorum.leadership.epoch, records)
    if (!append.accepted) throw new Error(append.reason)
    return append.outcome
  }

  /** Topic names of the committed image. */
  get topics(): readonly string[] {
    return [...this.loader.committedImage.topics.byName.keys()]
  }
}

/** A node that has started. */
export async function started(options: QuorumNodeOptions): Promise<QuorumNode> {
  const node = new QuorumNode(options)
  await node.start()
  return node
}
