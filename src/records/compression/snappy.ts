/**
 * snappy, in the two shapes that Kafka clients send: one raw snappy block, and the framing of the
 * Java library xerial/snappy-java (a 16-byte header, then blocks that each follow their length).
 * We write the second, in blocks of 32 KiB like the Java client; every client reads it.
 *
 * A raw block begins with the length it decompresses to. The lengths of all blocks are added up
 * before anything is decompressed, so nothing is allocated for a bomb.
 */
import { compressSync, uncompressSync } from 'snappy'
import { corruptData, tooLarge } from './errors.ts'

/** 0x82 "SNAPPY" 0x00. No raw block begins so: its first element would copy from nothing. */
const XERIAL_MAGIC = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00)
/** The magic, the version and the oldest version that can read it, both 1. */
const XERIAL_HEADER_BYTES = 16
const BLOCK_BYTES = 32 * 1024

/** Compresses into xerial framing. */
export function compressSnappy(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  let sizeBytes = XERIAL_HEADER_BYTES
  for (let at = 0; at < bytes.byteLength; at += BLOCK_BYTES) {
    const block = compressSync(bytes.subarray(at, at + BLOCK_BYTES))
    blocks.push(block)
    sizeBytes += 4 + block.byteLength
  }
  const framed = new Uint8Array(sizeBytes)
  const view = new DataView(framed.buffer)
  framed.set(XERIAL_MAGIC)
  view.setInt32(8, 1)
  view.setInt32(12, 1)
  let at = XERIAL_HEADER_BYTES
  for (const block of blocks) {
    view.setInt32(at, block.byteLength)
    framed.set(block, at + 4)
    at += 4 + block.byteLength
  }
  return framed
}

/** Reads either shape. */
export function decompressSnappy(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const blocks = isXerial(bytes) ? xerialBlocks(bytes) : [bytes]
  let sizeBytes = 0
  for (const block of blocks) sizeBytes += declaredBytes(block)
  if (sizeBytes > maxBytes) throw tooLarge('snappy', maxBytes)

  const [only] = blocks
  if (blocks.length === 1 && only) return openBlock(only)
  const opened = new Uint8Array(sizeBytes)
  let at = 0
  for (const block of blocks) {
    const part = openBlock(block)
    opened.set(part, at)
    at += part.byteLength
  }
  return opened
}

function isXerial(bytes: Uint8Array): boolean {
  return XERIAL_MAGIC.every((byte, index) => bytes[index] === byte)
}

function xerialBlocks(bytes: Uint8Array): Uint8Array[] {
  if (bytes.byteLength < XERIAL_HEADER_BYTES) throw corruptData('snappy', 'header cut short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blocks: Uint8Array[] = []
  let at = XERIAL_HEADER_BYTES
  while (at < bytes.byteLength) {
    if (bytes.byteLength - at < 4) throw corruptData('snappy', 'block length cut short')
    const length = view.getInt32(at)
    at += 4
    if (length <= 0 || length > bytes.byteLength - at)
      throw corruptData('snappy', `block of ${length} bytes, ${bytes.byteLength - at} left`)
    blocks.push(bytes.subarray(at, at + length))
    at += length
  }
  return blocks
}

/** The uvarint a raw block begins with. */
function declaredBytes(block: Uint8Array): number {
  let value = 0
  let scale = 1
  for (let at = 0; at < 5; at += 1) {
    const byte = block[at]
    if (byte === undefined) break
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 128
  }
  throw corruptData('snappy', 'length cut short')
}

function openBlock(block: Uint8Array): Uint8Array {
  try {
    // Bytes in, bytes out: the text form needs `asBuffer: false`.
    return uncompressSync(block, { asBuffer: true }) as Uint8Array
  } catch (thrown) {
    throw corruptData('snappy', 'not a snappy block', thrown)
  }
}
