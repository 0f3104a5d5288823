/**
 * Goal: ids have Kafka's text form, one text for each id, and random ones look like no flag.
 * Method: round trips, the known texts, and a first byte of every value.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { uuidFromRandom, uuidToBytes, uuidToString, ZERO_UUID } from '../../../src/bytes/uuid.ts'

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('uuid', () => {
  it('goes to 22 characters and back', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const text = uuidToString(bytes)
        expect(text).toMatch(/^[A-Za-z0-9_-]{22}$/)
        expect(Uint8Array.from(uuidToBytes(text))).toEqual(bytes)
      }),
    )
  })

  it('all zero is none', () => {
    expect(uuidToString(new Uint8Array(16))).toBe(ZERO_UUID)
  })

  it('looks at its own bytes only, in a larger buffer too', () => {
    const whole = new Uint8Array(20).fill(255)
    whole.fill(0, 2, 18)
    expect(uuidToString(whole.subarray(2, 18))).toBe(ZERO_UUID)
  })

  it.each([
    ['empty', ''],
    ['too short', 'AAAA'],
    ['too long', `${ZERO_UUID}AA`],
    ['padded', `${ZERO_UUID}==`],
    ['with bits beyond the 16 bytes', 'AAAAAAAAAAAAAAAAAAAAAB'],
    ['with characters of the other base64', 'AAAAAAAAAAAAAAAAAAAA+/'],
  ])('a text that is %s is malformed', (_, text) => {
    expect(() => uuidToBytes(text)).toThrow(MalformedBytes)
  })

  it('random ones are version 4 and never begin with a dash', () => {
    for (let first = 0; first < 256; first += 1) {
      const text = uuidFromRandom(new Uint8Array(16).fill(first))
      expect(text).not.toMatch(/^-/)
      expect((uuidToBytes(text)[6] ?? 0) >> 4).toBe(4)
    }
  })
})
