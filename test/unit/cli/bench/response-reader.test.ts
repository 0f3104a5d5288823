// Goal: responses come out whole and in order, however the stream is cut; nonsense is refused.
// Method: random responses, joined and cut at random places.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ResponseReader } from '../../../../src/cli/bench/response-reader.ts'

function framed(response: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(4 + response.byteLength)
  frame.writeInt32BE(response.byteLength)
  frame.set(response, 4)
  return frame
}

test('any cutting of the stream gives the same responses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 4, maxLength: 200 }), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 }),
      (responses, cuts) => {
        const stream = Buffer.concat(responses.map(framed))
        const seen: string[] = []
        // The bytes are lent: they are only good while the callback runs.
        const reader = new ResponseReader((response) => {
          seen.push(Buffer.from(response).toString('hex'))
        })
        for (let at = 0, turn = 0; at < stream.byteLength; turn += 1) {
          const end = at + (cuts[turn % cuts.length] as number)
          reader.push(stream.subarray(at, end))
          at = end
        }
        expect(seen).toEqual(responses.map((response) => Buffer.from(response).toString('hex')))
      },
    ),
  )
})

test('a response larger than any before is put together', () => {
  const large = Buffer.alloc(1_000_000, 7)
  const seen: number[] = []
  const reader = new ResponseReader((response) => seen.push(response.byteLength))
  const stream = framed(large)
  for (let at = 0; at < stream.byteLength; at += 65_536)
    reader.push(stream.subarray(at, at + 65_536))
  expect(seen).toEqual([1_000_000])
})

test.each(['HTTP/1.1 400 Bad Request', '\0\0\0\u0001x'])('%j is no response', (text) => {
  const reader = new ResponseReader(() => undefined)
  expect(() => reader.push(Buffer.from(text))).toThrow('does not speak the Kafka protocol')
})
