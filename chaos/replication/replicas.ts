/**
 * Whether the replicas of a partition are one log. Pure: batches as `lograft dump` prints them go
 * in, sentences come out. Below the high watermark every replica must hold the same bytes (C3): the
 * CRC covers all of a batch but its base offset and leader epoch, which are compared beside it.
 * Above it they may differ.
 */
export interface DumpedBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly leaderEpoch: number
  readonly sizeBytes: number
  readonly crc: number
}

export interface ReplicaLog {
  readonly node: number
  readonly partition: number
  /** In the order of the files. */
  readonly batches: readonly DumpedBatch[]
}

export interface WantedReplicas {
  /** By partition, exclusive: what every replica must hold. */
  readonly highWatermarks: ReadonlyMap<number, number>
  /** How many there must be of each. */
  readonly replicas: number
}

export function checkReplicas(
  logs: readonly ReplicaLog[],
  wanted: WantedReplicas,
): readonly string[] {
  return [
    ...logs.flatMap(disorder),
    ...[...wanted.highWatermarks].flatMap(([partition, highWatermark]) => {
      const replicas = logs.filter((log) => log.partition === partition)
      const there = replicas.length
      return [
        ...(there === wanted.replicas ? [] : [`partition ${partition} has ${there} replicas`]),
        ...replicas.flatMap((log) => short(log, highWatermark)),
        ...differences(replicas, highWatermark),
      ]
    }),
  ]
}

const name = ({ node, partition }: ReplicaLog) => `partition ${partition} on node ${node}`

/** Offsets are dense, epochs never go back (C10). */
function disorder(log: ReplicaLog): string[] {
  return log.batches.flatMap((batch, index) => {
    const before = log.batches[index - 1]
    if (!before) return []
    const { baseOffset, leaderEpoch } = batch
    if (baseOffset !== before.lastOffset + 1)
      return [`${name(log)}: offset ${baseOffset} follows on ${before.lastOffset}`]
    if (leaderEpoch < before.leaderEpoch)
      return [
        `${name(log)}: epoch ${leaderEpoch} at ${baseOffset} follows on ${before.leaderEpoch}`,
      ]
    return []
  })
}

/** Everything below the high watermark must be there (C8). */
function short(log: ReplicaLog, highWatermark: number): string[] {
  const end = (log.batches.at(-1)?.lastOffset ?? -1) + 1
  return end >= highWatermark
    ? []
    : [`${name(log)}: ends at ${end}, the high watermark is ${highWatermark}`]
}

/** The first difference of each replica to the first of them. */
function differences(replicas: readonly ReplicaLog[], highWatermark: number): string[] {
  const [first, ...others] = replicas
  if (!first) return []
  const expected = first.batches.filter(({ baseOffset }) => baseOffset < highWatermark)
  return others.flatMap((other) => {
    const held = new Map(other.batches.map((batch) => [batch.baseOffset, batch]))
    const parted = expected.find((batch) => !isSame(batch, held.get(batch.baseOffset)))
    if (!parted) return []
    const there = held.get(parted.baseOffset)
    return [
      `${name(first)} holds ${print(parted)}, node ${other.node} ` +
        (there ? print(there) : 'no batch there'),
    ]
  })
}

function isSame(a: DumpedBatch, b: DumpedBatch | undefined): boolean {
  return (
    b !== undefined &&
    a.lastOffset === b.lastOffset &&
    a.leaderEpoch === b.leaderEpoch &&
    a.sizeBytes === b.sizeBytes &&
    a.crc === b.crc
  )
}

const print = ({ baseOffset, lastOffset, leaderEpoch, sizeBytes, crc }: DumpedBatch) =>
  `offsets ${baseOffset} to ${lastOffset}, epoch ${leaderEpoch}, ${sizeBytes} bytes, crc ${crc}`
