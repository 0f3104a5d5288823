/**
 * lz4, in its frame format (magic 04 22 4d 18), as all clients write it with record batches of
 * version 2. The package can open frames by itself, but not within a bound; so the frame is taken
 * apart here and the package opens one block at a time.
 *
 * The checksums inside a frame are skipped: the batch's CRC-32C already covers all of its bytes.
 * Blocks that refer to earlier ones are read too, although Java consumers would refuse them.
 */
import { compressFrameSync, uncompressSync } from 'lz4-napi'
import { corruptData, tooLarge } from './errors.ts'

const FRAME_MAGIC = 0x184d2204
const LINKED_WINDOW_BYTES = 64 * 1024
/** A byte of a block gives at most this many: one that lengthens a match or a literal run. */
const MAX_EXPANSION = 255

/** One frame of independent blocks. */
export function compressLz4(bytes: Uint8Array): Uint8Array {
  return compressFrameSync(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

interface FrameHeader {
  readonly sizeBytes: number
  readonly blockMaxBytes: number
  readonly linked: boolean
  readonly blockChecksums: boolean
  readonly contentChecksum: boolean
  readonly contentBytes: number | null
}

/** Reads exactly one frame; anything behind it is corrupt. */
export function decompressLz4(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = readFrameHeader(view)
  if (header.contentBytes !== null && header.contentBytes > maxBytes)
    throw tooLarge('lz4', maxBytes)

  const parts: Uint8Array[] = []
  let total = 0
  let window = new Uint8Array(0)
  let at = header.sizeBytes
  for (;;) {
    const word = wordAt(view, at)
    at += 4
    if (word === 0) break
    const stored = word >= 0x8000_0000
    const length = word % 0x8000_0000
    if (length === 0 || length > header.blockMaxBytes || length > bytes.byteLength - at)
      throw corruptData('lz4', `block of ${length} bytes, ${bytes.byteLength - at} left`)
    const block = bytes.subarray(at, at + length)
    at += length + (header.blockChecksums ? 4 : 0)

    const left = maxBytes - total
    if (stored && length > left) throw tooLarge('lz4', maxBytes)
    const part = stored ? block : openBlock(block, { header, left, maxBytes, window })
    total += part.byteLength
    parts.push(part)
    if (header.linked) window = slide(window, part)
  }
  at += header.contentChecksum ? 4 : 0
  if (at !== bytes.byteLength) throw corruptData('lz4', 'the frame does not end where it should')
  if (header.contentBytes !== null && header.contentBytes !== total)
    throw corruptData('lz4', `${total} bytes instead of ${header.contentBytes}`)
  return join(parts, total)
}

function wordAt(view: DataView, at: number): number {
  if (view.byteLength - at < 4) throw corruptData('lz4', 'the frame is cut short')
  return view.getUint32(at, true)
}

function readFrameHeader(view: DataView): FrameHeader {
  if (view.byteLength < 7) throw corruptData('lz4', 'the header is cut short')
  if (view.getUint32(0, true) !== FRAME_MAGIC) throw corruptData('lz4', 'not an lz4 frame')
  const flags = view.getUint8(4)
  const blockSize = (view.getUint8(5) >> 4) & 0x07
  if (flags >> 6 !== 1) throw corruptData('lz4', 'unknown frame version')
  if (flags & 0x01) throw corruptData('lz4', 'the frame needs a dictionary')
  if (blockSize < 4) throw corruptData('lz4', 'unknown block size')
  const hasContentBytes = (flags & 0x08) !== 0
  const sizeBytes = hasContentBytes ? 15 : 7
  if (view.byteLength < sizeBytes) throw corruptData('lz4', 'the header is cut short')
  return {
    sizeBytes,
    // 4 … 7: 64 KiB, 256 KiB, 1 MiB, 4 MiB.
    blockMaxBytes: 1 << (2 * blockSize + 8),
    linked: (flags & 0x20) === 0,
    blockChecksums: (flags & 0x10) !== 0,
    contentChecksum: (flags & 0x04) !== 0,
    contentBytes: hasContentBytes
      ? view.getUint32(6, true) + view.getUint32(10, true) * 0x1_0000_0000
      : null,
  }
}

/**
 * The package allocates the length that precedes a block, and gives as many bytes as there are; so
 * the length written before each is the least of all that bound it. Without the expansion among
 * them, a frame of tiny blocks would have 4 MiB cleared for each few bytes.
 */
function openBlock(
  block: Uint8Array,
  bounds: { header: FrameHeader; left: number; maxBytes: number; window: Uint8Array },
): Uint8Array {
  const possible = Math.min(bounds.header.blockMaxBytes, block.byteLength * MAX_EXPANSION)
  const prefixed = new Uint8Array(4 + block.byteLength)
  new DataView(prefixed.buffer).setUint32(0, Math.min(possible, bounds.left), true)
  prefixed.set(block, 4)
  try {
    return uncompressSync(prefixed, bounds.window.byteLength > 0 ? bounds.window : null)
  } catch (thrown) {
    // The package says both "too little room" and "malformed" by message only. Where it was our
    // bound that left too little room, that is what we say; the block is refused either way.
    if (possible > bounds.left) throw tooLarge('lz4', bounds.maxBytes)
    throw corruptData('lz4', 'not an lz4 block', thrown)
  }
}

/** The last 64 KiB of what was decompressed: as far back as a linked block may refer. */
function slide(window: Uint8Array<ArrayBuffer>, part: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept = window.subarray(
    Math.max(0, window.byteLength + part.byteLength - LINKED_WINDOW_BYTES),
  )
  const added = part.subarray(Math.max(0, part.byteLength - LINKED_WINDOW_BYTES))
  const slid = new Uint8Array(kept.byteLength + added.byteLength)
  slid.set(kept)
  slid.set(added, kept.byteLength)
  return slid
}

function join(parts: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const joined = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.byteLength
  }
  return joined
}
