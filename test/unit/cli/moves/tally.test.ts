/**
 * Goal: progress says what is done, how fast, and how long it takes yet, as far as that is known.
 * Method: by example.
 */
import { expect, test } from 'vitest'
import { bytes } from '../../../../src/cli/moves/balance-command.ts'
import { printTally, printTime } from '../../../../src/cli/moves/tally.ts'

const MIB = 1024 * 1024

test('moves, bytes, rate and time left', () => {
  const tally = { movesDone: 3, moves: 9, bytesDone: 30 * MIB, bytes: 90 * MIB }
  expect(printTally(tally, { bytes: 20 * MIB, ms: 2_000 })).toBe(
    '3 of 9 moves, 30.0 MiB of 90.0 MiB, 10.0 MiB/s, 6 s left',
  )
  expect(printTally(tally, { bytes: 0, ms: 2_000 })).toBe('3 of 9 moves, 30.0 MiB of 90.0 MiB')
  expect(printTally({ movesDone: 0, moves: 1, bytesDone: 0, bytes: 0 }, { bytes: 0, ms: 5 })).toBe(
    '0 of 1 move',
  )
})

test('times', () => {
  expect([40_000, 150_000, 7_500_000].map(printTime)).toEqual(['40 s', '3 min', '2 h 5 min'])
})

test('a throttle is bytes a second', () => {
  expect(['20MB', '20MB/s', '16MiB', '1.5kb', '500'].map(bytes)).toEqual([
    20_000_000, 20_000_000, 16_777_216, 1_500, 500,
  ])
  for (const wrong of ['', '0', 'fast', '-1MB', '5 parsecs', '20TB'])
    expect(() => bytes(wrong), wrong).toThrow('Expected bytes a second')
})
