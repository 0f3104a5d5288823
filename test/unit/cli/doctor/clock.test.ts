// Goal: how far another clock is off is told with bounds that hold, whatever whole seconds hide.
// Method: clocks with a known difference, sampled; a real HTTP/2 port that gives its date.
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrowed, readClock } from '../../../../src/cli/doctor/clock.ts'

test('the difference lies within what is told, and never more than a second is left open', () => {
  const delays = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 })
  const begin = fc.integer({ min: 1_700_000_000_000, max: 1_700_000_009_999 })
  fc.assert(
    fc.property(
      begin,
      fc.integer({ min: -10_000, max: 10_000 }),
      delays,
      (beginMs, apartMs, ways) => {
        const samples = ways.map((wayMs, index) => {
          const askedMs = beginMs + index * 190
          const atMs = askedMs + wayMs + apartMs
          return { askedMs, dateMs: atMs - (atMs % 1_000), answeredMs: askedMs + 2 * wayMs }
        })
        const reading = narrowed(samples)
        if ('unknown' in reading) throw new Error(reading.unknown)
        expect(reading.leastMs).toBeLessThanOrEqual(apartMs)
        expect(reading.mostMs).toBeGreaterThan(apartMs)
        expect(reading.mostMs - reading.leastMs).toBeLessThanOrEqual(1_080)
      },
    ),
  )
})

test('clocks that were set meanwhile contradict themselves', () => {
  const at = (askedMs: number, dateMs: number) => ({ askedMs, dateMs, answeredMs: askedMs })
  expect(narrowed([at(0, 0), at(200, 90_000)])).toEqual({
    unknown: 'one of the clocks was set meanwhile',
  })
})

test('a port that speaks HTTP/2 gives its date, one that does not gives none', async () => {
  const server = http2.createServer((_, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const reading = await readClock(place)
  await new Promise((resolve) => server.close(resolve))
  if ('unknown' in reading) throw new Error(reading.unknown)
  expect(reading.leastMs).toBeLessThanOrEqual(0)
  expect(reading.mostMs).toBeGreaterThanOrEqual(0)
  expect(await readClock(place)).toEqual({ unknown: 'its gRPC port does not answer from here' })
})
