/**
 * Reads along what clients and brokers say to each other, and counts the error codes in the
 * answers, by client and API. It changes nothing, and what it cannot read is a finding of its own.
 */
import { asError } from '../../src/base/errors.ts'
import { Reader } from '../../src/bytes/reader.ts'
import { ReusedMemory } from '../../src/bytes/reused-memory.ts'
import type { Api } from '../../src/wire/api.ts'
import { produce } from '../../src/wire/apis/00-produce.ts'
import { errors } from '../../src/wire/errors.ts'
import { FrameReader } from '../../src/wire/frame.ts'
import { decodeRequestHeader } from '../../src/wire/header.ts'
import { readResponse } from '../../src/wire/message.ts'
import type { Tap } from '../../src/host/proxied-connection.ts'
import type { ToldCode } from './codes.ts'
import type { Ack } from './outages.ts'
import { batchesOf, type Exchange, ProduceTrail, type SentBatch } from './produce-trail.ts'

const FRAME_BYTES_MAX = 128 << 20

interface Question {
  readonly correlationId: number
  readonly client: string
  readonly api: Api | undefined
  readonly version: number
  readonly atMs: number
  /** What a produce brought. */
  readonly batches: readonly SentBatch[]
  /** Who else wants the answer. */
  readonly watcher: ReturnType<Watch>
}

/** A request as it comes to a node. */
export interface Asked {
  readonly client: string
  readonly node: number
  readonly api: Api
  readonly version: number
  /** At its body. */
  readonly body: Reader
  readonly atMs: number
}

/** Looks at a request; what it returns, if anything, is given the frame of the answer. */
export type Watch = (asked: Asked) => ((answer: Uint8Array) => void) | null

export interface CodeRecorderOptions {
  readonly nowMs: () => number
  /** A client was told that a record of a partition is kept. */
  readonly onProduced: (ack: Ack & { readonly client: string }) => void
  /** A client was told that its sequence numbers have a gap; with what it did last. */
  readonly onOutOfOrder: (client: string, trail: readonly Exchange[]) => void
  readonly watch?: Watch
}

/** Clients of one make, which are told apart by a number, are counted as one. */
const makeOf = (client: string) => client.replace(/-\d+$/, '')

export class CodeRecorder {
  readonly #options: CodeRecorderOptions
  readonly #counts = new Map<string, { -readonly [Key in keyof ToldCode]: ToldCode[Key] }>()
  readonly #trail = new ProduceTrail()
  /** What could not be read. */
  readonly unreadable: string[] = []

  constructor(options: CodeRecorderOptions) {
    this.#options = options
  }

  get told(): readonly ToldCode[] {
    return [...this.#counts.values()]
  }

  /** For one connection to a node. */
  tap(node: number): Tap {
    const asked: Question[] = []
    return {
      forward: this.#frames((frame) => {
        asked.push(this.#asked(frame, node))
      }),
      backward: this.#frames((frame) => {
        const correlationId = new Reader(frame).int32()
        // Those before it are not answered (acks=0).
        let question = asked.shift()
        while (question && question.correlationId !== correlationId) question = asked.shift()
        if (question) this.#answered(question, { node, frame })
        else throw new Error(`an answer to ${correlationId}, which nobody asked`)
      }),
    }
  }

  #asked(frame: Uint8Array, node: number): Question {
    const reader = new Reader(frame)
    const { apiVersion: version, correlationId, clientId, api } = decodeRequestHeader(reader)
    const client = clientId ?? ''
    const atMs = this.#options.nowMs()
    const isProduce = api?.key === produce.key
    const batches = isProduce ? batchesOf(produce.decodeRequest(version, reader)) : []
    const watcher =
      api?.supports(version) && !isProduce
        ? (this.#options.watch?.({ client, node, api, version, body: reader, atMs }) ?? null)
        : null
    return { correlationId, client, version, batches, watcher, api: api ?? undefined, atMs }
  }

  #answered(
    asked: Question,
    { node, frame }: { readonly node: number; readonly frame: Uint8Array },
  ): void {
    const { api, version } = asked
    const client = makeOf(asked.client)
    if (!api?.supports(version)) return
    const { response } = readResponse(api, version, frame)
    if (api.key === produce.key) this.#produced(asked, { node, frame })
    asked.watcher?.(frame)
    const codes = [...codesIn(response)]
    // How many answers were without any is told, too.
    for (const code of codes.length === 0 ? [0] : codes) {
      const key = `${client} ${api.name} ${code}`
      const known = this.#counts.get(key)
      if (known) known.count += 1
      else this.#counts.set(key, { client, api: api.name, code, count: 1 })
    }
  }

  #produced(
    { client, version, atMs: triedMs, batches }: Question,
    { node, frame }: { readonly node: number; readonly frame: Uint8Array },
  ): void {
    const { onProduced, onOutOfOrder, nowMs } = this.#options
    const { response } = readResponse(produce, version, frame)
    const ackedMs = nowMs()
    for (const { partitionResponses } of response.responses)
      for (const { index: partition, errorCode, baseOffset } of partitionResponses) {
        const sent = batches.find((batch) => batch.partition === partition)
        const told = { node, askedMs: triedMs, answeredMs: ackedMs, errorCode, baseOffset }
        if (sent) this.#trail.add(client, { ...sent, ...told })
        if (errorCode === errors.NONE) onProduced({ client, node, triedMs, partition, ackedMs })
        else if (errorCode === errors.OUT_OF_ORDER_SEQUENCE_NUMBER)
          onOutOfOrder(client, this.#trail.of(client))
      }
  }

  /** Cuts a stream into frames; the first that makes no sense ends the reading of this stream. */
  #frames(take: (frame: Uint8Array) => void): (chunk: Uint8Array) => void {
    const memory = new ReusedMemory({ spareBytesMax: 0 })
    const frames = new FrameReader({ maxBytes: FRAME_BYTES_MAX, memory })
    let isBroken = false
    return (chunk) => {
      if (isBroken) return
      try {
        frames.push(chunk)
        for (let frame = frames.next(); frame !== null; frame = frames.next()) take(frame)
        frames.keep()
      } catch (thrown) {
        isBroken = true
        this.unreadable.push(asError(thrown).message)
      }
    }
  }
}

/** Every `errorCode` in an answer that is not NONE, wherever it stands. */
function* codesIn(value: unknown): Generator<number> {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return
  if (Array.isArray(value)) {
    for (const item of value) yield* codesIn(item)
    return
  }
  for (const [name, field] of Object.entries(value))
    if (name !== 'errorCode') yield* codesIn(field)
    else if (typeof field === 'number' && field !== 0) yield field
}
