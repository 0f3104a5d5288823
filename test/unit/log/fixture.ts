/**
 * What the tests of the log share: a clock that stands, batches, a log.
 */
import type { Clock } from '../../../src/base/clock.ts'
import { asTopicId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { LogFields, Logger } from '../../../src/base/log.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { Log } from '../../../src/log/log.ts'
import type { LogConfig, LogOptions } from '../../../src/log/types.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import type { BatchToWrite } from '../../../src/records/builder.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { readRecords } from '../../../src/records/record.ts'

export const TOPIC_ID = asTopicId('Zk1mJ5vVTqGm3oF8m8nXyg')

export const config: LogConfig = {
  'cleanup.policy': ['delete'],
  'delete.retention.ms': 86_400_000,
  'file.delete.delay.ms': 60_000,
  'flush.messages': Infinity,
  'flush.ms': Infinity,
  'index.interval.bytes': 4_096,
  'max.compaction.lag.ms': Infinity,
  'min.cleanable.dirty.ratio': 0.5,
  'min.compaction.lag.ms': 0,
  'retention.bytes': Infinity,
  'retention.ms': 604_800_000,
  'segment.bytes': 1_073_741_824,
  'segment.index.bytes': 10_485_760,
  'segment.jitter.ms': 0,
  'segment.ms': 604_800_000,
}

/** A clock that moves only when told; timers fire on `advance`. */
export class ManualClock implements Clock {
  nowMs = 1_700_000_000_000
  #timers: { atMs: number; action: () => void }[] = []

  wallMs(): number {
    return this.nowMs
  }

  monotonicMs(): number {
    return this.nowMs
  }

  timer(delayMs: number, action: () => void) {
    const entry = { atMs: this.nowMs + delayMs, action }
    this.#timers.push(entry)
    return { cancel: () => void (this.#timers = this.#timers.filter((one) => one !== entry)) }
  }

  advance(ms: number): void {
    this.nowMs += ms
    const due = this.#timers.filter(({ atMs }) => atMs <= this.nowMs)
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.nowMs)
    for (const { action } of due) action()
  }
}

/** A logger that keeps what it was told, by level. */
export class KeptLogger implements Logger {
  readonly lines: { level: string; fields: LogFields; message: string }[] = []

  fatal = (fields: LogFields, message: string) => this.#keep('fatal', fields, message)
  error = (fields: LogFields, message: string) => this.#keep('error', fields, message)
  warn = (fields: LogFields, message: string) => this.#keep('warn', fields, message)
  info = (fields: LogFields, message: string) => this.#keep('info', fields, message)
  debug = () => {}
  trace = () => {}
  child = () => this

  messages(level: string): readonly string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message)
  }

  #keep(level: string, fields: LogFields, message: string): void {
    this.lines.push({ level, fields, message })
  }
}

export interface OpenOptions extends Partial<Omit<LogOptions, 'config'>> {
  readonly directory: string
  readonly config?: Partial<LogConfig>
}

/** A log with everything at its default; unclean unless said otherwise. */
export function openLog(options: OpenOptions): Log {
  return Log.open({
    disk: hostDisk,
    clock: new ManualClock(),
    logger: silentLogger,
    topicId: TOPIC_ID,
    partition: 0,
    recoveryPoint: 0,
    logStartOffset: 0,
    highWatermark: 0,
    cleanShutdown: false,
    ...options,
    config: { ...config, ...options.config },
  })
}

const utf8 = new TextEncoder()

/** A batch of `values`, one record each; `timestampMs` is that of the first, the rest follow. */
export function batchOf(
  values: readonly string[],
  options: Omit<BatchToWrite, 'records'> & { readonly timestampMs?: number } = {},
): Uint8Array {
  const { timestampMs = 1_700_000_000_000, ...rest } = options
  const records = values.map((value, index) => ({
    value: utf8.encode(value),
    timestampMs: timestampMs + index,
  }))
  return buildBatch({ ...rest, records })
}

/** Appends as a client does in epoch `leaderEpoch`. */
export function append(log: Log, bytes: Uint8Array, leaderEpoch = 0) {
  return log.append(bytes, { leaderEpoch, origin: 'client' })
}

/** Retention, of a log whose start no checkpoint keeps; returns how many segments went. */
export function applyRetention(log: Log, nowMs: number): number {
  log.expire(nowMs)
  return log.removeExpired(0)
}

export interface ReadRecord {
  readonly offset: number
  readonly timestampMs: number
  readonly value: string
}

/** The records in chunks of whole batches. */
export function recordsIn(chunks: readonly Uint8Array[]): ReadRecord[] {
  const records: ReadRecord[] = []
  for (const chunk of chunks)
    for (const batch = new BatchCursor(chunk); batch.at < chunk.byteLength; batch.next())
      for (const { offset, timestampMs, value } of readRecords(batch, { maxBytes: 1e9 }))
        records.push({ offset, timestampMs, value: new TextDecoder().decode(value ?? undefined) })
  return records
}

/** Every record of the log from `fromOffset` on, read in steps; throws on an error code. */
export function readAll(
  log: Log,
  fromOffset = log.logStartOffset,
  maxBytes = 65_536,
): ReadRecord[] {
  const records: ReadRecord[] = []
  for (let next = fromOffset; next < log.logEndOffset;) {
    const read = log.read({
      fromOffset: next,
      upToOffset: Infinity,
      maxBytes,
      atLeastOneBatch: true,
    })
    if (read.errorCode !== 0) throw new Error(`read at ${next}: error ${read.errorCode}`)
    const found = recordsIn(read.chunks)
    const last = found.at(-1)
    if (last === undefined) throw new Error(`read at ${next}: nothing`)
    records.push(...found.filter(({ offset }) => offset >= next))
    next = last.offset + 1
  }
  return records
}

export const valuesOf = (records: readonly ReadRecord[]): string[] =>
  records.map(({ value }) => value)
