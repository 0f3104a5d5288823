/**
 * Goal: a restart costs a broker its eligibility only when records may be lost (SAFETY S11).
 * Method: a disk in memory, as the process before may have left it.
 */
import { expect, test } from 'vitest'
import {
  leaveCleanShutdownMarker,
  takeCleanShutdownMarker,
} from '../../../src/log/clean-shutdown.ts'
import { noteLife, readLastLife } from '../../../src/node/last-life.ts'
import { MemoryDisk } from '../log/memory-disk.ts'

function directory(): MemoryDisk {
  const disk = new MemoryDisk()
  disk.makeDirectory('/d')
  return disk
}

const stop = (disk: MemoryDisk, brokerEpoch: number) =>
  leaveCleanShutdownMarker(disk, '/d', { brokerEpoch, notOpened: [] })

test('a process killed on a machine that is still up lost nothing', () => {
  const disk = directory()
  noteLife(disk, '/d', { bootId: 'b', brokerEpoch: 7 })
  expect(readLastLife(disk, '/d', 'b')).toEqual({ restart: 'killed', previousBrokerEpoch: 7 })
  expect(readLastLife(disk, '/d', 'c')).toEqual({ restart: 'unclean', previousBrokerEpoch: 7 })
  expect(readLastLife(disk, '/d', null)).toEqual({ restart: 'unclean', previousBrokerEpoch: 7 })
})

test('nor did one that stopped in order, before or after the machine did', () => {
  const disk = directory()
  noteLife(disk, '/d', { bootId: 'b', brokerEpoch: 7 })
  stop(disk, 7)
  for (const bootId of ['b', 'c'])
    expect(readLastLife(disk, '/d', bootId)).toEqual({ restart: 'clean', previousBrokerEpoch: 7 })
})

test('nor one that registered, and was killed before it opened a log', () => {
  const disk = directory()
  noteLife(disk, '/d', { bootId: 'b', brokerEpoch: 7 })
  stop(disk, 7)
  noteLife(disk, '/d', { bootId: 'b', brokerEpoch: 20 })
  expect(readLastLife(disk, '/d', 'b')).toEqual({ restart: 'clean', previousBrokerEpoch: 20 })
  takeCleanShutdownMarker(disk, '/d')
  expect(readLastLife(disk, '/d', 'c')).toEqual({ restart: 'unclean', previousBrokerEpoch: 20 })
})
