/**
 * Whether a table file of LevelDB is whole. LevelDB has a CRC-32C behind every block and does not
 * look at it: what is damaged is taken for data, or ends the process in an assertion. So tables are
 * looked at before LevelDB is. (Its other files are checked by itself.)
 *
 *   data blocks · filter block · metaindex block · index block · footer (48 bytes)
 *
 * Each block is followed by its kind (0: not compressed, and ours are not) and the CRC of both; the
 * footer says where metaindex and index are, and these where everything else is.
 */
import { crc32c } from '../bytes/crc32c.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import { Reader } from '../bytes/reader.ts'

const FOOTER_BYTES = 48
const TRAILER_BYTES = 5
const NOT_COMPRESSED = 0
const MAGIC = Uint8Array.of(0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb)

interface Place {
  readonly at: number
  readonly sizeBytes: number
}

export function isIntactTable(table: Uint8Array): boolean {
  const footerAt = table.byteLength - FOOTER_BYTES
  if (footerAt < 0 || Buffer.compare(table.subarray(-MAGIC.byteLength), MAGIC) !== 0) return false
  try {
    const footer = new Reader(table, footerAt)
    const [metaindex, index] = [readPlace(footer), readPlace(footer)]
    return [metaindex, index].every((block) =>
      placesIn(intactBlock(table, block)).every((place) => intactBlock(table, place)),
    )
  } catch (thrown) {
    if (thrown instanceof MalformedBytes) return false
    throw thrown
  }
}

function readPlace(reader: Reader): Place {
  return { at: reader.uvarint(), sizeBytes: reader.uvarint() }
}

/** Its content, borrowed. Throws MalformedBytes when it is not what was written. */
function intactBlock(table: Uint8Array, { at, sizeBytes }: Place): Uint8Array {
  const end = at + sizeBytes
  if (end + TRAILER_BYTES > table.byteLength) throw new MalformedBytes('a block beyond the end')
  const trailer = new DataView(table.buffer, table.byteOffset + end, TRAILER_BYTES)
  const crc = crc32c(table.subarray(at, end + 1))
  if (trailer.getUint8(0) !== NOT_COMPRESSED || trailer.getUint32(1, true) !== masked(crc))
    throw new MalformedBytes('a block is not what was written')
  return table.subarray(at, end)
}

/** LevelDB stores no CRC as it is. */
const masked = (crc: number) => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0

/** The values of a block of places: entries, where some of them begin, and how many those are. */
function placesIn(block: Uint8Array): readonly Place[] {
  const countAt = block.byteLength - 4
  if (countAt < 0) throw new MalformedBytes('a block without an end')
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const end = countAt - 4 * view.getUint32(countAt, true)
  const places: Place[] = []
  for (const reader = new Reader(block, 0, Math.max(0, end)); reader.remaining > 0;) {
    reader.uvarint()
    const keyBytes = reader.uvarint()
    const valueBytes = reader.uvarint()
    reader.skip(keyBytes)
    places.push(readPlace(new Reader(reader.bytes(valueBytes))))
  }
  return places
}
