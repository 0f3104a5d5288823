/**
 * Goal: the checksum is Castagnoli's, not zip's, and can be continued.
 * Method: published check values (RFC 3720, B.4) and a bitwise reference.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32c } from '../../../src/bytes/crc32c.ts'

function reference(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f6_3b78 : 0)
  }
  return (crc ^ 0xffff_ffff) >>> 0
}

describe('crc32c', () => {
  it.each([
    ['"123456789"', Buffer.from('123456789'), 0xe306_9283],
    ['32 zeros', new Uint8Array(32), 0x8a91_36aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8_ab43],
    ['nothing', new Uint8Array(0), 0],
  ])('of %s', (_, bytes, sum) => {
    expect(crc32c(bytes)).toBe(sum)
  })

  it('agrees with the definition, in one go or continued', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (bytes, cut) => {
        const at = cut % (bytes.byteLength + 1)
        expect(crc32c(bytes)).toBe(reference(bytes))
        expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(reference(bytes))
      }),
    )
  })
})
