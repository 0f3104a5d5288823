// Goal: topics with partitions, durations and shifts are understood as written, and nothing is
// guessed. Method: each way once, against a fixed present.
import { expect, test } from 'vitest'
import { ago, chosenTopic, pointInTime, shift } from '../../../src/cli/group-flags.ts'

const NOW_MS = 1_700_000_000_000

test.each([
  ['orders', { topic: 'orders', partitions: null }],
  ['orders:0', { topic: 'orders', partitions: [0] }],
  ['orders:2,0,2', { topic: 'orders', partitions: [2, 0] }],
])('%s', (text, chosen) => {
  expect(chosenTopic(text)).toEqual(chosen)
})

test.each(['', ':0', 'orders:', 'orders:x', 'orders:1,', 'orders:-1'])('no topic: %j', (text) => {
  expect(() => chosenTopic(text)).toThrow('orders:0,3')
})

test.each([
  ['PT1H', 3_600_000],
  ['pt1h', 3_600_000],
  ['PT90M', 5_400_000],
  ['P1D', 86_400_000],
  ['P1DT12H', 129_600_000],
  ['P2W', 1_209_600_000],
  ['PT0.5S', 500],
  ['PT0S', 0],
  ['90m', 5_400_000],
])('%s ago', (text, durationMs) => {
  expect(ago(text, NOW_MS)).toEqual({ type: 'time', timestampMs: NOW_MS - durationMs })
})

test('before 1970 is the beginning', () => {
  expect(ago('P5200W', NOW_MS)).toEqual({ type: 'time', timestampMs: 0 })
})

test.each(['', 'P', 'PT', 'P1Y', 'P1M', '1H', 'PT1', 'P1H', '-PT1H', 'P1DT'])(
  'no duration: %j',
  (text) => {
    expect(() => ago(text, NOW_MS)).toThrow('Expected a duration')
  },
)

test.each([
  ['2h ago', NOW_MS - 7_200_000],
  ['90m', NOW_MS - 5_400_000],
  ['@1234', 1_234],
  ['2023-11-14T22:13:20Z', NOW_MS],
])('the time %j', (text, timestampMs) => {
  expect(pointInTime(text, NOW_MS)).toEqual({ type: 'time', timestampMs })
})

test.each(['', '7', '-3', 'end', 'beginning', 'tuesday', '2h agoo'])('no time: %j', (text) => {
  expect(() => pointInTime(text, NOW_MS)).toThrow('Expected a time')
})

test('shifts', () => {
  expect(['-10', '+10', '10', '0'].map(shift)).toEqual([-10, 10, 10, 0])
  for (const text of ['', '--1', '1.5', 'x']) expect(() => shift(text)).toThrow('whole number')
})
