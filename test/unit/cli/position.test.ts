// Goal: every way to say where to begin is understood, and nothing is guessed.
// Method: each way once, against a fixed present; local times against the machine's own zone.
import { expect, test } from 'vitest'
import { parsePosition } from '../../../src/cli/position.ts'

const NOW_MS = 1_700_000_000_000
const time = (timestampMs: number) => ({ type: 'time', timestampMs })

test.each([
  ['beginning', { type: 'beginning' }],
  ['earliest', { type: 'beginning' }],
  ['end', { type: 'end' }],
  ['0', { type: 'offset', offset: 0 }],
  ['1700000000000', { type: 'offset', offset: 1_700_000_000_000 }],
  ['-10', { type: 'last', count: 10 }],
  ['@1600000000000', time(1_600_000_000_000)],
  ['10m ago', time(NOW_MS - 600_000)],
  ['1.5h', time(NOW_MS - 5_400_000)],
  ['2d  ago', time(NOW_MS - 172_800_000)],
  ['2023-11-14T22:13:20Z', time(NOW_MS)],
  ['2023-11-14T22:13:20.250+00:00', time(NOW_MS + 250)],
  ['2023-11-14T23:13+01:00', time(NOW_MS - 20_000)],
  ['2023-11-14T22:13:20', time(new Date(2023, 10, 14, 22, 13, 20).getTime())],
  ['2023-11-14 22:13', time(new Date(2023, 10, 14, 22, 13).getTime())],
  ['2023-11-14', time(new Date(2023, 10, 14).getTime())],
])('%s', (text, position) => {
  expect(parsePosition(text, NOW_MS)).toEqual(position)
})

test.each([
  '',
  'yesterday',
  '-',
  '--3',
  '1e3',
  '99999999999999999',
  '10 minutes',
  'ago',
  '2023-13-01',
  '2023-02-30',
  '2023-11-14T25:00',
  '14.11.2023',
])('%j is refused', (text) => {
  expect(() => parsePosition(text, NOW_MS)).toThrow(/Expected beginning, end/)
})
