/**
 * Goal: a plan that is kept is read again as it was; what is no plan is refused with the reason.
 * Method: files on a disk in memory. That a crash leaves the old or the new file is
 * `writeFileAtomically`'s business.
 */
import { expect, test } from 'vitest'
import { readPlan, writePlan, type KeptPlan } from '../../../../src/cli/moves/plan-file.ts'
import { writeFileAtomically } from '../../../../src/base/disk.ts'
import { MemoryDisk } from '../../../../src/host/memory-disk.ts'

const plan: KeptPlan = {
  ...{ version: 1, clusterId: 'c', throttleBytesPerSecond: 20_000_000 },
  ratesBefore: { 'leader.replication.throttled.rate': '5' },
  moves: [
    {
      ...{ topic: 'orders', topicId: 't', partition: 3, bytes: 10, why: 'so' },
      ...{ from: [1, 2], to: [3, 2] },
    },
  ],
}

function disk(): MemoryDisk {
  const made = new MemoryDisk()
  made.makeDirectory('/plans')
  made.syncDirectory('/plans')
  return made
}

test('a plan is read as it was written', () => {
  const at = disk()
  writePlan(at, '/plans/a.json', plan)
  expect(readPlan(at, '/plans/a.json')).toEqual(plan)
})

test.each([
  ['no JSON', 'it is no JSON'],
  ['{}', 'it is no plan'],
  ['null', 'it is no plan'],
  [JSON.stringify({ ...plan, version: 2 }), 'it is no plan of this version'],
  [JSON.stringify({ ...plan, moves: [{ ...plan.moves[0], to: [] }] }), 'it is no plan'],
  [JSON.stringify({ ...plan, ratesBefore: { rate: 5 } }), 'it is no plan'],
])('%s is refused', (text, why) => {
  const at = disk()
  writeFileAtomically(at, '/plans/a.json', new TextEncoder().encode(text))
  expect(() => readPlan(at, '/plans/a.json')).toThrow(why)
})

test('a file that is not there is a usage error', () => {
  expect(() => readPlan(disk(), '/plans/b.json')).toThrow('--plan /plans/b.json: there is no such')
})
