/**
 * One life of a node: a real quorum over a real log, from start to stop or death, and everything
 * that can be seen of it: what its core is given and gives back, what its listeners are told, what
 * it does to its log. What is seen goes to the invariants at once.
 */
import { silentLogger } from '../../../src/base/log.ts'
import type { Log } from '../../../src/log/log.ts'
import { MetadataLoader } from '../../../src/metadata/loader.ts'
import { entryLogs } from '../../../src/node/metadata-log.ts'
import type { Outcome } from '../../../src/quorum/outcomes.ts'
import type { EntryLog, OpenEntryLog, VoterAddress } from '../../../src/quorum/ports.ts'
import { Quorum } from '../../../src/quorum/quorum.ts'
import type { Request } from '../../../src/quorum/driver.ts'
import type { Random } from '../../../src/base/random.ts'
import type { Configuration } from '../../../src/raft/configuration.ts'
import type { ReplicaId } from '../../../src/quorum/replica-key.ts'
import type { MountedDisk } from './mounted-disk.ts'
import type { Process } from './process.ts'
import type { Transport } from './transport.ts'
import type { Raft } from '../../../src/raft/raft.ts'
import type { Deliveries } from './invariants/deliveries.ts'

export interface LifeOptions {
  readonly self: ReplicaId
  readonly incarnationId: string
  readonly voters: readonly VoterAddress[]
  readonly directory: string
  readonly disk: MountedDisk
  readonly process: Process
  readonly transport: Transport
  readonly deliveries: Deliveries
  readonly electionTimeoutMs: number
  readonly maxBytesBetweenSnapshots: number
  /** Runs what checks, so that what it finds is heard of whoever catches it. */
  readonly guard: <T>(run: () => T) => T
  readonly onLog: (log: EntryLog) => void
  readonly onLeads: () => void
  readonly onFatal: (error: Error) => void
}

export class Life {
  readonly process: Process
  readonly quorum: Quorum
  readonly deliveries: Deliveries
  readonly loader = new MetadataLoader({ publishers: [], onFault: () => {} })
  /** The newest that was opened. */
  log: Log | null = null
  /** Stopping, stopped, or failed: it is asked for nothing any more. */
  isOver = false

  constructor(of: LifeOptions) {
    const { disk, process, transport, deliveries, guard } = of
    this.process = process
    this.deliveries = deliveries
    this.quorum = new Quorum({
      disk,
      clock: process,
      random: randomOf(process),
      logger: silentLogger,
      directory: of.directory,
      self: of.self,
      incarnationId: of.incarnationId,
      voters: of.voters,
      openLog: this.#openLog(of),
      transport,
      foundingPeers: transport,
      snapshotSource: this.loader,
      maxBytesBetweenSnapshots: of.maxBytesBetweenSnapshots,
      electionTimeoutMs: of.electionTimeoutMs,
      onFatal: of.onFatal,
    })
    this.quorum.subscribe(this.loader)
    this.quorum.subscribe({
      onSnapshot: (image) => guard(() => deliveries.snapshot(image)),
      onCommitted: (entries) => guard(() => deliveries.entries(entries)),
      onCaughtUp: () => guard(() => deliveries.caughtUp()),
      onLeadership: (leadership) => {
        guard(() => deliveries.leadership(leadership))
        if (leadership.isLeader) process.later(0, of.onLeads)
      },
    })
  }

  #openLog({ disk, process, onFatal, onLog }: LifeOptions): OpenEntryLog {
    const open = entryLogs({ disk, clock: process, logger: silentLogger, fatal: onFatal })
    return (opening) => {
      const log = open(opening)
      this.log = log as Log
      onLog(log)
      return log
    }
  }

  get raft(): Raft | null {
    return this.quorum.driver?.raft ?? null
  }

  /** Its newest configuration, as its core has it. */
  get configuration(): Configuration | null {
    return this.raft?.configuration ?? null
  }

  get isLeading(): boolean {
    return !this.isOver && this.raft?.status.role === 'leader'
  }

  ask(request: Request): Promise<Outcome> | null {
    const { driver } = this.quorum
    return driver === null || this.isOver ? null : driver.ask(request).outcome
  }
}

function randomOf(process: Process): Random {
  return {
    next: () => process.draw(2),
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(process.draw(3) * 256)),
  }
}
