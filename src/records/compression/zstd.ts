/**
 * zstd. Decompression is our own (RFC 8878), the one codec for which no package would do: it has to
 * be synchronous, bounded and safe with hostile bytes, and fzstd computes for minutes over 25 bytes
 * that claim impossible sequences, while the builds of the reference library load asynchronously.
 * Compression is the reference library's, in WebAssembly, loaded by whoever is going to need it.
 *
 * Checksums inside a frame are skipped: the batch's CRC-32C already covers all of its bytes.
 * Dictionaries are refused: Kafka has no way to name one.
 */
import assert from 'node:assert'
import { corruptData, tooLarge } from './errors.ts'
import { MAX_BLOCK_BYTES, decodeBlock, newFrameState } from './zstd-block.ts'
import { PADDING_BYTES } from './zstd-entropy.ts'

type Library = typeof import('@bokuweb/zstd-wasm')

let library: Library | null = null

export function zstdReady(): boolean {
  return library !== null
}

/** Loads what `compressZstd` needs; once loaded, does nothing. */
export async function loadZstd(): Promise<void> {
  if (library !== null) return
  const loading = await import('@bokuweb/zstd-wasm')
  await loading.init()
  library = loading
}

/** One frame, with its content size. Only once `zstdReady()`. */
export function compressZstd(bytes: Uint8Array): Uint8Array {
  assert(library !== null, 'loadZstd comes first')
  return library.compress(bytes)
}

const FRAME_MAGIC = 0xfd2fb528
/** 16 magics from here on mark frames that decoders pass over. */
const SKIPPABLE_MAGIC = 0x184d2a50
/** Bit positions must stay within an int32. */
const MAX_INPUT_BYTES = 2 ** 28 - 1

interface Block {
  readonly type: (typeof BLOCK_TYPES)[number]
  /** Bytes in the input; of raw and repeated blocks also (and only) in the output. */
  readonly size: number
  readonly at: number
  readonly end: number
}

const BLOCK_TYPES = ['raw', 'repeat', 'compressed'] as const

interface Frame {
  readonly firstBlockAt: number
  /** What the header promises; null when it does not say (streaming writers do not). */
  readonly contentBytes: number | null
  readonly blockMaxBytes: number
  /** The most that the headers allow the frame to decompress to. */
  readonly possibleBytes: number
}

/** All frames of `bytes` in a row; there must be one at least. */
export function decompressZstd(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.byteLength > MAX_INPUT_BYTES) throw tooLarge('zstd', maxBytes)
  const padded = new Uint8Array(bytes.byteLength + PADDING_BYTES)
  padded.set(bytes)
  const view = new DataView(padded.buffer, 0, bytes.byteLength)
  const frames = readFrames(view, maxBytes)
  // A promise alone allocates nothing: block headers must be there to make it possible.
  const possibleBytes = frames.reduce((sum, frame) => sum + frame.possibleBytes, 0)
  const out = new Uint8Array(Math.min(possibleBytes, maxBytes))

  let outAt = 0
  for (const frame of frames) outAt = decodeFrame(view, frame, { out, start: outAt, maxBytes })
  return out.subarray(0, outAt)
}

function decodeFrame(
  view: DataView,
  frame: Frame,
  { out, start, maxBytes }: { out: Uint8Array; start: number; maxBytes: number },
): number {
  const padded = new Uint8Array(view.buffer)
  const state = newFrameState()
  let outAt = start
  const overflow = (): never => {
    // Out of the room that the caller allows, or out of what the frame itself may take?
    throw outAt + frame.blockMaxBytes > maxBytes
      ? tooLarge('zstd', maxBytes)
      : corruptData('zstd', 'a block is larger than it may be')
  }
  for (const { type, size, at, end } of blocksFrom(view, frame.firstBlockAt)) {
    const limit = Math.min(out.length, outAt + frame.blockMaxBytes)
    if (type === 'compressed') {
      const space = { out, frameStart: start, start: outAt, limit, overflow }
      outAt = decodeBlock(padded, { at, end }, state, space)
      continue
    }
    if (size > limit - outAt) overflow()
    if (type === 'raw') out.set(padded.subarray(at, end), outAt)
    else out.fill(view.getUint8(at), outAt, outAt + size)
    outAt += size
  }
  if (frame.contentBytes !== null && frame.contentBytes !== outAt - start)
    throw corruptData('zstd', `${outAt - start} bytes instead of ${frame.contentBytes}`)
  return outAt
}

/** Walks over all headers (§3.1.1, §3.1.2); decodes nothing. */
function readFrames(view: DataView, maxBytes: number): Frame[] {
  const frames: Frame[] = []
  let at = 0
  while (at < view.byteLength) {
    const magic = need(view, at, 4).getUint32(at, true)
    if (magic >= SKIPPABLE_MAGIC && magic < SKIPPABLE_MAGIC + 16) {
      const size = need(view, at + 4, 4).getUint32(at + 4, true)
      need(view, at + 8, size)
      at += 8 + size
    } else if (magic === FRAME_MAGIC) {
      const { frame, next } = readFrame(view, at + 4, maxBytes)
      frames.push(frame)
      at = next
    } else throw corruptData('zstd', 'not a zstd frame')
  }
  if (frames.length === 0) throw corruptData('zstd', 'no frame')
  return frames
}

/** The view, if `count` bytes from `at` on lie within it. */
function need(view: DataView, at: number, count: number): DataView {
  if (count > view.byteLength - at) throw corruptData('zstd', 'a frame is cut short')
  return view
}

function readFrame(
  view: DataView,
  start: number,
  maxBytes: number,
): { frame: Frame; next: number } {
  const flags = need(view, start, 1).getUint8(start)
  if (flags & 0x08) throw corruptData('zstd', 'a reserved bit is set')
  const isSingleSegment = (flags & 0x20) !== 0
  const idBytes = [0, 1, 2, 4][flags & 0x03]!
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6]!
  let at = start + 1
  need(view, at, (isSingleSegment ? 0 : 1) + idBytes + contentSizeBytes)
  const windowDescriptor = isSingleSegment ? 0 : view.getUint8(at)
  at += isSingleSegment ? 0 : 1
  for (let index = 0; index < idBytes; index += 1)
    if (view.getUint8(at + index) !== 0) throw corruptData('zstd', 'a dictionary is needed')
  at += idBytes
  const contentBytes = readContentSize(view, at, contentSizeBytes)
  if (contentBytes !== null && contentBytes > maxBytes) throw tooLarge('zstd', maxBytes)

  const windowBytes =
    isSingleSegment && contentBytes !== null
      ? contentBytes
      : 2 ** (10 + (windowDescriptor >> 3)) * (1 + (windowDescriptor & 0x07) / 8)
  const blockMaxBytes = Math.min(MAX_BLOCK_BYTES, windowBytes)
  const firstBlockAt = at + contentSizeBytes
  const checksumBytes = flags & 0x04 ? 4 : 0
  let possibleBytes = 0
  let next = firstBlockAt
  for (const { type, size, end } of blocksFrom(view, firstBlockAt)) {
    possibleBytes += type === 'compressed' ? blockMaxBytes : size
    next = end
  }
  need(view, next, checksumBytes)
  if (contentBytes !== null) possibleBytes = Math.min(possibleBytes, contentBytes)
  return {
    frame: { firstBlockAt, contentBytes, blockMaxBytes, possibleBytes },
    next: next + checksumBytes,
  }
}

function readContentSize(view: DataView, at: number, sizeBytes: number): number | null {
  switch (sizeBytes) {
    case 0:
      return null
    case 1:
      return view.getUint8(at)
    case 2:
      return view.getUint16(at, true) + 256
    case 4:
      return view.getUint32(at, true)
    default:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
  }
}

/** The blocks of one frame, up to the one marked as its last. */
function* blocksFrom(view: DataView, start: number): Generator<Block, void, undefined> {
  let at = start
  for (let isLast = false; !isLast;) {
    need(view, at, 3)
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    isLast = (header & 1) !== 0
    const type = BLOCK_TYPES[(header >> 1) & 0x03]
    if (type === undefined) throw corruptData('zstd', 'a block of a reserved type')
    const size = header >> 3
    at += 3
    const end = at + (type === 'repeat' ? 1 : size)
    need(view, at, end - at)
    yield { type, size, at, end }
    at = end
  }
}
