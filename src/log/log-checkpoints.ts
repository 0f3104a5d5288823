/**
 * The checkpoint files of a log directory together: recovery points, log starts, high watermarks,
 * how far compaction came and where it may have left gaps. Logs that are open say what is to be
 * written; those that could not be opened, or whose directory is gone, keep the lines they have,
 * because the lines are all that is known of them. Derived, and not trusted: a line may be missing
 * (SAFETY S2).
 */
import type { Disk } from '../base/disk.ts'
import type { OffsetCheckpointEntry } from './checkpoint.ts'
import { parsePartitionDirectory, partitionDirectoryName } from './file-names.ts'
import type { Log } from './log.ts'
import { OffsetCheckpoint } from './offset-checkpoint.ts'

export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** Whose lines there are. */
export interface CheckpointSources {
  open(): Iterable<PartitionName & { readonly log: Log }>
  /** Not open, and to keep what the files say of them. */
  kept(): Iterable<PartitionName>
}

interface Kind {
  readonly file: OffsetCheckpoint
  readonly offsetOf: (log: Log) => number
}

export class LogCheckpoints {
  readonly #sources: CheckpointSources
  readonly #recoveryPoints: Kind
  readonly #logStarts: Kind
  readonly #highWatermarks: Kind
  /** Ours, not Kafka's: below these offsets compaction may have left gaps between batches. */
  readonly #gaps: Kind
  readonly #cleaned: Kind

  constructor(disk: Disk, directory: string, sources: CheckpointSources) {
    const kind = (
      name: string,
      offsetOf: (log: Log) => number,
      options: { readonly isChecked?: boolean } = {},
    ): Kind => ({ file: new OffsetCheckpoint(disk, `${directory}/${name}`, options), offsetOf })
    this.#sources = sources
    this.#recoveryPoints = kind('recovery-point-offset-checkpoint', (log) => log.flushedOffset)
    // A digit that rots in any other makes work; in this one, it hides records.
    const isChecked = true
    this.#logStarts = kind('log-start-offset-checkpoint', (log) => log.logStartOffset, {
      isChecked,
    })
    this.#highWatermarks = kind('replication-offset-checkpoint', (log) => log.highWatermark)
    this.#gaps = kind('compaction-gaps-offset-checkpoint', (log) => log.gapsAllowedBelow)
    this.#cleaned = kind('cleaner-offset-checkpoint', (log) => log.cleaning.cleanedOffset)
  }

  /** Those that say where the log is. */
  get #bounds(): readonly Kind[] {
    return [this.#recoveryPoints, this.#logStarts, this.#highWatermarks]
  }

  /** What the files say of a partition; null where they do not say a recovery point. */
  of({ topic, partition }: PartitionName) {
    return {
      recoveryPoint: this.#recoveryPoints.file.get(topic, partition) ?? null,
      logStartOffset: this.logStart({ topic, partition }),
      isLogStartKnown: this.#logStarts.file.get(topic, partition) !== undefined,
      highWatermark: this.#highWatermarks.file.get(topic, partition) ?? 0,
      gapsAllowedBelow: this.#gaps.file.get(topic, partition) ?? 0,
      cleanedOffset: this.cleanedOffset({ topic, partition }),
    }
  }

  /** Below it tombstones, and what they replaced, may be gone; a crash now does not change that. */
  cleanedOffset({ topic, partition }: PartitionName): number {
    return this.#cleaned.file.get(topic, partition) ?? 0
  }

  /** Where the partition begins at the earliest after a crash now. */
  logStart({ topic, partition }: PartitionName): number {
    return this.#logStarts.file.get(topic, partition) ?? 0
  }

  /** The largest offset that any file says a partition has had, where that is not 0. */
  reachedOffsets(): readonly OffsetCheckpointEntry[] {
    const reached = new Map<string, number>()
    for (const { file } of this.#bounds)
      for (const [name, offset] of file.offsets)
        if (offset > 0) reached.set(name, Math.max(offset, reached.get(name) ?? 0))
    return [...reached].flatMap(([name, offset]) => {
      const parsed = parsePartitionDirectory(name)
      return parsed?.type === 'partition' ? [{ ...parsed, offset }] : []
    })
  }

  /** Whether after a crash now the files could say that it has had records (`reachedOffsets`). */
  mayHaveReached(of: PartitionName): boolean {
    return this.#bounds.some(({ file }) => file.mayExceed({ ...of, offset: 0 }))
  }

  /** Durably: of none of the offsets that are kept is one above `offset`. */
  lower(to: OffsetCheckpointEntry): void {
    for (const kind of [...this.#bounds, this.#cleaned])
      if (kind.file.mayExceed(to))
        kind.file.writeNow(
          this.#entries(kind).map((entry) =>
            entry.topic === to.topic && entry.partition === to.partition
              ? { ...entry, offset: Math.min(entry.offset, to.offset) }
              : entry,
          ),
        )
  }

  /** Durably: nothing is said of these partitions any more. At most one write per file. */
  forget(partitions: readonly PartitionName[]): void {
    const names = new Set(partitions.map(nameOf))
    for (const kind of [...this.#bounds, this.#gaps, this.#cleaned])
      if (
        partitions.some(({ topic, partition }) =>
          kind.file.mayExceed({ topic, partition, offset: 0 }),
        )
      )
        kind.file.writeNow(this.#entries(kind).filter((entry) => !names.has(nameOf(entry))))
  }

  /** As `forget`, off the event loop, for partitions of which there is no log, open or lost. */
  async forgetInBackground(partitions: readonly PartitionName[]): Promise<void> {
    for (const kind of [...this.#bounds, this.#gaps, this.#cleaned])
      if (partitions.some((of) => kind.file.mayExceed({ ...of, offset: 0 })))
        await kind.file.write(() => this.#entries(kind))
  }

  // Each takes the offsets when it begins to write, not when it was asked to.

  writeHighWatermarks(): Promise<void> {
    return this.#highWatermarks.file.write(() => this.#entries(this.#highWatermarks))
  }

  writeRecoveryPoints(): Promise<void> {
    return this.#recoveryPoints.file.write(() => this.#entries(this.#recoveryPoints))
  }

  writeLogStarts(): Promise<void> {
    return this.#logStarts.file.write(() => this.#entries(this.#logStarts))
  }

  writeGaps(): Promise<void> {
    return this.#gaps.file.write(() => this.#entries(this.#gaps).filter(({ offset }) => offset > 0))
  }

  writeCleaned(): Promise<void> {
    const entries = () => this.#entries(this.#cleaned).filter(({ offset }) => offset > 0)
    return this.#cleaned.file.write(entries)
  }

  #entries({ file, offsetOf }: Kind): readonly OffsetCheckpointEntry[] {
    const entries: OffsetCheckpointEntry[] = []
    for (const { topic, partition } of this.#sources.kept()) {
      const offset = file.get(topic, partition)
      // To say 0 would be to say something: that all of the log may be a torn tail.
      if (offset !== undefined) entries.push({ topic, partition, offset })
    }
    for (const { topic, partition, log } of this.#sources.open())
      entries.push({ topic, partition, offset: offsetOf(log) })
    return entries
  }
}

const nameOf = ({ topic, partition }: PartitionName) => partitionDirectoryName(topic, partition)
