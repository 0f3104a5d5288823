/** A partition on a log in memory: what tests of fetching read, and what tests of leading lead. */
import type { Clock } from '../../../src/base/clock.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { asNodeId, asTopicId, type NodeId } from '../../../src/base/ids.ts'
import { loadNodeConfig } from '../../../src/config/load.ts'
import { resolveTopicConfig } from '../../../src/config/topic-options.ts'
import { Log } from '../../../src/log/log.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import { Partition, type PartitionPorts } from '../../../src/replication/partition.ts'
import { ManualClock } from '../log/fixture.ts'
import { MemoryDisk } from '../log/memory-disk.ts'

const NODE = asNodeId(1)

export interface TestPartition {
  readonly partition: Partition
  /** What metadata says of it, beside what an unreplicated one that node 1 leads has. */
  tell(registration: Partial<PartitionRegistration>): void
  append(sizeBytes?: number): void
  /** Leads in this epoch from now on. */
  lead(leaderEpoch: number): void
}

/** An empty one, leading in epoch 0; nothing of it is ever written to a disk. */
export function openPartition(
  index: number,
  clock: Clock = new ManualClock(),
  {
    topicOptions = {},
    nodeId = NODE,
    ...ports
  }: Partial<PartitionPorts> & {
    readonly topicOptions?: Readonly<Record<string, string>>
    /** Whose replica it is. */
    readonly nodeId?: NodeId
  } = {},
): TestPartition {
  const config = resolveTopicConfig(loadNodeConfig(), new Map(Object.entries(topicOptions)))
  const disk = new MemoryDisk()
  disk.makeDirectory('/data')
  const log = Log.open({
    disk,
    clock,
    logger: silentLogger,
    directory: `/data/t-${index}`,
    topicId: asTopicId('Zk1mJ5vVTqGm3oF8m8nXyg'),
    partition: index,
    config,
    recoveryPoint: 0,
    logStartOffset: 0,
    highWatermark: 0,
    cleanShutdown: true,
  })
  const identity = {
    topic: 't',
    topicId: asTopicId('Zk1mJ5vVTqGm3oF8m8nXyg'),
    index,
    nodeId,
  }
  const fatal = (error: Error) => {
    throw error
  }
  const partition = new Partition(identity, log, config, {
    ...{ clock, fatal, lagMs: 30_000, holdsLease: () => true },
    broker: () => undefined,
    onIsrWish: () => {},
    onUnwell: () => {},
    ...ports,
  })
  const tell = (registration: Partial<PartitionRegistration>) => {
    const { leaderEpoch = 0 } = registration
    partition.applyMetadata(
      {
        ...{ replicas: [NODE], isr: [NODE], elr: [], leader: NODE, leaderEpoch },
        ...{ partitionEpoch: leaderEpoch, addingReplicas: [], removingReplicas: [] },
        lastKnownElr: [],
        ...registration,
      },
      config,
    )
  }
  const lead = (leaderEpoch: number) => tell({ leaderEpoch })
  lead(0)
  return {
    partition,
    tell,
    lead,
    append(sizeBytes = 10) {
      const records = [{ value: new Uint8Array(sizeBytes), timestampMs: clock.wallMs() }]
      const { errorCode } = partition.append(buildBatch({ records }), { acks: 1, apiVersion: 9 })
      if (errorCode !== 0) throw new Error(`append: ${errorCode}`)
    },
  }
}
