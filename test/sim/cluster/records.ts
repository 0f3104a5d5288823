/**
 * What clients of a run sent and read, as a history, and its judgement by the checkers that judge
 * runs of real processes. The ledger looks at every step, batch by batch; this looks once, at the
 * records themselves, and knows nothing of what replicas held.
 */
import { merge } from '../../../src/chaos/checkers/anomalies.ts'
import { check as judge } from '../../../src/chaos/checkers/checker.ts'
import { RecordsChecker } from '../../../src/chaos/checkers/records.ts'
import { RetentionChecker } from '../../../src/chaos/checkers/retention.ts'
import type { FinalEvent, HistoryEvent, SendEvent } from '../../../src/chaos/history/events.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { openPayload, RecordCursor } from '../../../src/records/record.ts'
import { check } from '../invariants/violation.ts'

const OPENED_BYTES_MAX = 10_000_000

/** A record that a client sent to a partition; `offset` is null unless it was acknowledged. */
export interface SentRecord {
  readonly producer: string
  readonly number: number
  readonly offset: number | null
  readonly isIdempotent: boolean
}

/** What a reader was given, in the order in which it came. */
export interface ReadRecords {
  readonly offsets: number[]
  readonly ids: (string | null)[]
}

/** `NAME NUMBER....` */
export const textOf = ({ producer, number }: Pick<SentRecord, 'producer' | 'number'>) =>
  `${producer} ${number}`

function idOf(value: Uint8Array | null): string | null {
  const match = /^(.+) (\d+)\.*$/.exec(value === null ? '' : Buffer.from(value).toString('latin1'))
  return match ? `${match[1]}:${match[2]}` : null
}

/** The records in whole batches, but those below `from`. */
export function readInto(read: ReadRecords, chunks: readonly Uint8Array[], from: number): void {
  for (const chunk of chunks)
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next()) {
      if (batch.nextOffset <= from) continue
      const cursor = new RecordCursor(openPayload(batch, OPENED_BYTES_MAX))
      for (let count = 0; count < batch.recordCount; count += 1) {
        cursor.next()
        const offset = batch.baseOffset + cursor.offsetDelta
        if (offset < from) continue
        read.offsets.push(offset)
        read.ids.push(idOf(cursor.value))
      }
    }
}

/** Of one partition, which a reader has read from its beginning to its end. */
export function judgeRecords(
  place: { readonly topic: string; readonly partition: number },
  sent: readonly SentRecord[],
  read: ReadRecords,
): void {
  const by = { process: 'client', workload: 'idempotent', client: 'lograft' } as const
  const sends = sent.map(({ producer, number, offset, isIdempotent }): SendEvent => ({
    ...{ type: 'send', ...by, ...place, producer, number, offset, idempotent: isIdempotent },
    ...{ dueMs: 0, sentMs: 0, doneMs: offset === null ? null : 0 },
    outcome: offset === null ? 'unknown' : 'ok',
  }))
  const final: FinalEvent = {
    type: 'final',
    reader: 'consumer',
    logStartOffset: 0,
    ...place,
    ...read,
  }
  const events: readonly HistoryEvent[] = [...sends, final]
  const checked = merge([
    judge(new RecordsChecker(), events),
    judge(new RetentionChecker(), events),
  ])
  const [first] = checked.anomalies
  check(first === undefined, `H-${first?.kind}`, () => first?.sentence ?? '')
}
