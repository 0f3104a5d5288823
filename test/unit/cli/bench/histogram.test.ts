// Goal: percentiles are those of the recorded values, to one part in a thousand, in any range.
// Method: random values beside the same values sorted.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from '../../../../src/cli/bench/histogram.ts'

function histogramOf(micros: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of micros) histogram.record(value / 1000)
  return histogram
}

const anyMicros = fc.oneof(fc.nat(3_000), fc.nat(10_000_000), fc.nat(0xffff_ffff))

test('percentiles agree with the sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(anyMicros, { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (micros, rank) => {
        const sorted = [...micros].sort((a, b) => a - b)
        const exact = sorted[Math.max(1, Math.ceil(rank * sorted.length)) - 1] as number
        const measured = histogramOf(micros).percentileMs(rank) * 1000
        expect(measured).toBeGreaterThanOrEqual(exact - 0.001)
        expect(measured).toBeLessThanOrEqual(exact * 1.001 + 0.001)
      },
    ),
  )
})

test('maximum, mean and count are exact', () => {
  const histogram = histogramOf([1, 2_500, 9_999_999])
  expect(histogram.maxMs).toBe(9_999.999)
  expect(histogram.percentileMs(1)).toBe(9_999.999)
  expect(histogram.meanMs).toBeCloseTo((1 + 2_500 + 9_999_999) / 3 / 1000, 6)
  expect(histogram.count).toBe(3)
})

test('what cannot be counted counts as the nearest that can', () => {
  expect(histogramOf([-5]).percentileMs(1)).toBe(0)
  expect(histogramOf([2 ** 40]).percentileMs(1)).toBe(0xffff_ffff / 1000)
  expect(new Histogram().percentileMs(0.5)).toBe(0)
})
