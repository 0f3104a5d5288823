/**
 * What the machine could do at most: a server in plain node:net that does of a broker's work only
 * what nobody can leave out. Of a produce: receive, cut the frame, check the batch's CRC, write the
 * batch to a file, answer. Of a fetch: answer with bytes that lie ready in memory, no more in a
 * response than was asked for. With followers, it sends on what it receives, and a produce counts
 * when they have done the same with it. It copies nothing that it does not keep, keeps no metadata,
 * and trusts its one client, which is ours (src/cli/bench). Runs as a child process of rig.ts.
 */
import assert from 'node:assert'
import { ftruncateSync, openSync, writevSync } from 'node:fs'
import net from 'node:net'
import { crc32c } from '@node-rs/crc32'
import { Reader } from '../src/bytes/reader.ts'
import { fetch } from '../src/wire/apis/01-fetch.ts'
import { decodeRequestHeader } from '../src/wire/header.ts'
import { responseFrame } from '../src/wire/message.ts'
import { fixedAnswer, produceAnswer } from './bare-answers.ts'
import { BareFollowers } from './bare-followers.ts'
import { BareStore } from './bare-store.ts'
import { place, type ProducePlace } from './produce-frame.ts'

/** What the parent may ask for, and is answered with the same word. */
export type BareOrder = 'forget' | 'keep'

const [, , path, ...followerPorts] = process.argv
assert(path, 'the file to write to is the argument, then the ports of followers')
const file = openSync(path, 'w')
const followers =
  followerPorts.length > 0 ? await BareFollowers.connect(followerPorts.map(Number)) : null
/** Null while nothing is kept for fetches. */
let store: BareStore | null = null

/** So much of a frame is waited for before it is looked at; Produce's own fields are shorter. */
const PREFIX_BYTES = 160
const PRODUCE = 0
const FETCH = 1

/** The frame that is arriving. */
interface Frame {
  /** Bytes that have not arrived. */
  left: number
  /** Where in the frame the next byte belongs. */
  at: number
  readonly pieces: Uint8Array[]
  crc: number
  /** Null: no produce. */
  readonly produce: ProducePlace | null
}

function serve(socket: net.Socket): void {
  let carry: Uint8Array | null = null
  let frame: Frame | null = null
  let written: Uint8Array[] = []
  let answers: Uint8Array[] = []
  /** Written here, and not yet confirmed by the followers. */
  const held: Produced[] = []
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    const bytes: Uint8Array = carry ? Buffer.concat([carry, chunk]) : chunk
    carry = null
    let at = 0
    let produces = false
    while (at < bytes.byteLength) {
      frame ??= begin(bytes.subarray(at))
      if (frame === null) {
        carry = bytes.subarray(at)
        break
      }
      produces = frame.produce !== null
      const take = Math.min(frame.left, bytes.byteLength - at)
      receive(frame, bytes.subarray(at, at + take))
      at += take
      if (frame.left > 0) continue
      finish(frame)
      frame = null
    }
    if (written.length > 0) writevSync(file, written)
    written = []
    if (followers && produces) {
      followers.forward(bytes.subarray(0, at))
      followers.onConfirmed = (count) => {
        for (const produced of held.splice(0, count)) accept(produced)
        flush()
      }
    }
    flush()
  })

  function finish({ pieces, crc, produce }: Frame): void {
    if (!produce) return void answers.push(...answerOther(Buffer.concat(pieces), socket))
    assert.equal(crc, produce.crc, 'the CRC of a batch')
    for (const piece of pieces) written.push(piece)
    if (followers) held.push({ pieces, place: produce })
    else accept({ pieces, place: produce })
  }

  function accept({ pieces, place }: Produced): void {
    store?.add(pieces)
    if (place.acks !== 0) answers.push(produceAnswer(place))
  }

  function flush(): void {
    if (answers.length > 0)
      socket.write(answers.length === 1 ? answers[0]! : Buffer.concat(answers))
    answers = []
  }
}

/** A produce that was received whole. */
interface Produced {
  readonly pieces: readonly Uint8Array[]
  readonly place: ProducePlace
}

/** Null while too little has arrived to say what the frame is. */
function begin(bytes: Uint8Array): Frame | null {
  if (bytes.byteLength < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const left = 4 + view.getInt32(0)
  if (bytes.byteLength < Math.min(left, PREFIX_BYTES)) return null
  const produce = view.getInt16(4) === PRODUCE ? place(bytes) : null
  return { left, at: 0, pieces: [], crc: 0, produce }
}

/** Takes what has arrived; of a produce only the batch, its CRC computed on the way. */
function receive(frame: Frame, bytes: Uint8Array): void {
  const { at, produce, pieces } = frame
  frame.at += bytes.byteLength
  frame.left -= bytes.byteLength
  if (!produce) return void pieces.push(bytes)
  const within = (from: number) =>
    bytes.subarray(Math.max(0, from - at), Math.max(0, produce.batchEnd - at))
  const piece = within(produce.batchAt)
  if (piece.byteLength > 0) pieces.push(piece)
  const covered = within(produce.crcFrom)
  if (covered.byteLength > 0) frame.crc = crc32c(covered, frame.crc)
}

/** What can be answered at once; a fetch is answered when there is something to send. */
function answerOther(frame: Uint8Array, socket: net.Socket): readonly Uint8Array[] {
  const reader = new Reader(frame.subarray(4))
  const { apiKey, apiVersion, correlationId } = decodeRequestHeader(reader)
  if (apiKey !== FETCH) return [fixedAnswer(frame)]
  const { topics, maxBytes, maxWaitMs } = fetch.decodeRequest(apiVersion, reader)
  const [topic] = topics
  const [asked] = topic?.partitions ?? []
  assert(topic && asked && store, 'a fetch of one partition, of something kept')
  const from = asked.fetchOffset
  store.read({ from, maxBytes, maxWaitMs }, (records, end) => {
    const partition = { partitionIndex: 0, errorCode: 0, highWatermark: end, records: [records] }
    const responses = [{ topic: topic.topic, partitions: [partition] }]
    socket.cork()
    for (const piece of responseFrame(fetch, apiVersion, correlationId, { responses }))
      socket.write(piece)
    socket.uncork()
  })
  return []
}

const server = net.createServer({ noDelay: true }, serve)
server.listen({ host: '127.0.0.1', port: 0 }, () => {
  process.send?.({ port: (server.address() as net.AddressInfo).port })
})
process.on('message', (order: BareOrder) => {
  store = order === 'keep' ? new BareStore() : null
  ftruncateSync(file)
  process.send?.(order)
})
process.on('disconnect', () => process.exit())
