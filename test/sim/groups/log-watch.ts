/**
 * A compacted partition with all its replicas, looked at after every event. What any of them says
 * is committed is read at once, before it can be compacted away; and whenever the segments of a
 * replica are other ones, by a cleaning, a start, or because it grew, all of it is compared with
 * what was promised (D4).
 */
import { giveBack } from '../../../src/bytes/loan.ts'
import type { Log } from '../../../src/log/log.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { Course } from '../cluster/replica-view.ts'
import { Died } from '../system/mounted-disk.ts'
import { check } from '../invariants/violation.ts'
import type { CommittedLog, CommittedRecord } from './committed-log.ts'
import type { SeenRecord } from './records.ts'
import { recordsIn } from './records.ts'

export interface WatchedLog extends Pick<
  Log,
  | 'logStartOffset'
  | 'highWatermark'
  | 'logEndOffset'
  | 'truncationGeneration'
  | 'segmentCount'
  | 'sizeBytes'
> {
  readonly cleaning: { readonly cleanedOffset: number }
  read(request: Parameters<Log['read']>[0]): Pick<ReturnType<Log['read']>, 'chunks' | 'errorCode'>
}

/** As a node has it open. */
export interface WatchedPartition {
  readonly log: WatchedLog
  readonly leading: { readonly leaderEpoch: number } | null
}

export interface LogWatchOptions {
  readonly committed: CommittedLog
  readonly deleteRetentionUs: number
  readonly published: (records: readonly CommittedRecord[]) => void
  readonly hit: (mark: 'log compacted' | 'tombstone dropped') => void
}

/** What a replica was when it was last compared. */
interface Seen {
  readonly log: WatchedLog
  readonly shape: string
  readonly logEndOffset: number
  readonly truncationGeneration: number
}

export class LogWatch {
  readonly #of: LogWatchOptions
  readonly #seen = new Map<number, Seen>()
  /** Who led in each epoch: node and life. */
  readonly #leaders = new Map<number, string>()

  constructor(of: LogWatchOptions) {
    this.#of = of
  }

  /** The node that led in an epoch, as far as it was seen to. */
  leaderOf(leaderEpoch: number): number | undefined {
    const found = this.#leaders.get(leaderEpoch)
    return found === undefined ? undefined : Number(found.split('.')[0])
  }

  /** F1, C1: one process leads in an epoch, and so coordinates, for ever. */
  led(leaderEpoch: number, who: string): void {
    const before = this.#leaders.get(leaderEpoch)
    if (before === undefined) this.#leaders.set(leaderEpoch, who)
    else
      check(before === who, 'F1-one-coordinator', () => {
        return `${this.#of.committed.name}: ${before} and ${who} in epoch ${leaderEpoch}`
      })
  }

  down(node: number): void {
    this.#seen.delete(node)
  }

  look(
    { log, leading }: WatchedPartition,
    at: { readonly node: number; readonly life: number; readonly now: number; course: Course },
  ): void {
    if (leading !== null) this.led(leading.leaderEpoch, `${at.node}.${at.life}`)
    try {
      this.#publish(log, at)
      this.#compare(log, at)
    } catch (thrown) {
      // Its process is about to end, or its log is closed by now: others have what is committed.
      if (!(thrown instanceof Died || thrown instanceof Unreadable)) throw thrown
      this.#of.committed.check(at.course !== 'runs', 'C16-unreadable', () => {
        return `node ${at.node + 1} cannot be read up to ${log.highWatermark}`
      })
    }
  }

  #publish(log: WatchedLog, { node, now }: { readonly node: number; readonly now: number }): void {
    const { committed, published } = this.#of
    const { highWatermark } = log
    if (highWatermark <= committed.end || committed.taintedBy !== null) return
    const { records, nextOffset } = read(log, committed.end, highWatermark)
    committed.check(nextOffset === highWatermark, 'C3-committed', () => {
      return `node ${node + 1} has high watermark ${highWatermark}, and batches up to ${nextOffset}`
    })
    published(committed.publish(records, { end: highWatermark, now }))
  }

  #compare(log: WatchedLog, { node, now }: { readonly node: number; readonly now: number }): void {
    const { committed, deleteRetentionUs, hit } = this.#of
    const { logStartOffset, highWatermark, logEndOffset, truncationGeneration } = log
    const before = this.#seen.get(node)
    const isSameLog = before?.log === log
    const shape = `${log.segmentCount} ${log.cleaning.cleanedOffset} ${truncationGeneration}`
    const hasShrunk = isSameLog && logEndOffset < before.logEndOffset
    const isCut = isSameLog && truncationGeneration !== before.truncationGeneration
    committed.check(!hasShrunk || isCut, 'D4-end', () => {
      return `node ${node + 1} ends at ${logEndOffset}, after ${before?.logEndOffset}`
    })
    this.#seen.set(node, { log, shape, logEndOffset, truncationGeneration })
    if (isSameLog && before.shape === shape) return
    const { compactedBelow, tombstonesDropped } = committed
    const range = { from: logStartOffset, end: Math.min(highWatermark, committed.end) }
    const { records } = read(log, range.from, range.end)
    const who = `node ${node + 1}`
    committed.compare(records, range, { who, now, deleteRetentionUs })
    if (committed.compactedBelow > compactedBelow) hit('log compacted')
    if (committed.tombstonesDropped > tombstonesDropped) hit('tombstone dropped')
  }
}

/** Thrown where a log cannot be read any more. */
class Unreadable extends Error {}

function read(
  log: WatchedLog,
  from: number,
  upTo: number,
): { readonly records: readonly SeenRecord[]; readonly nextOffset: number } {
  if (from >= upTo) return { records: [], nextOffset: from }
  const all = { fromOffset: from, upToOffset: upTo, maxBytes: 1e9, atLeastOneBatch: true }
  const { chunks, errorCode } = log.read(all)
  if (errorCode !== errors.NONE) throw new Unreadable()
  const found = recordsIn(chunks, from)
  for (const chunk of chunks) giveBack(chunk)
  return { ...found, records: found.records.filter(({ offset }) => offset < upTo) }
}
