// Goal: whatever is decided, appended, refused and applied in whatever order, what is pending is
// told as a plain list of it all would tell it (S16), and nothing is kept that the view has.
// Method: random histories against that list.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredOffset } from '../../../src/coordinator/groups/requests.ts'
import { PendingOffsets } from '../../../src/coordinator/groups/pending-offsets.ts'

interface Decided {
  readonly groupId: string
  readonly partition: number
  readonly offset: number | null
  logOffset: number
}

const TOPIC = 't'
const GROUPS = ['g', 'h']
const PARTITIONS = [0, 1]

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('add' as const),
      groupId: fc.constantFrom(...GROUPS),
      partition: fc.constantFrom(...PARTITIONS),
      offset: fc.option(fc.nat(99), { freq: 4 }),
    }),
  },
  fc.record({ type: fc.constant('appended' as const) }),
  fc.record({ type: fc.constant('refused' as const) }),
  fc.record({ type: fc.constant('applied' as const), percent: fc.nat(100) }),
)

const at = (offset: number) => {
  return { offset, leaderEpoch: 0, metadata: '', commitTimeMs: 0, expireTimeMs: -1 }
}

test('it tells what a plain list would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), (steps) => {
      const pending = new PendingOffsets()
      let list: Decided[] = []
      let logEnd = 0
      for (const one of steps) {
        if (one.type === 'add') {
          const { groupId, partition, offset } = one
          pending.add(groupId, TOPIC, partition, offset === null ? null : at(offset))
          list.push({ groupId, partition, offset, logOffset: Infinity })
        } else if (one.type === 'appended') {
          const fresh = list.filter(({ logOffset }) => logOffset === Infinity)
          for (const entry of fresh) entry.logOffset = logEnd++
          pending.appended(fresh.map(({ logOffset }) => logOffset))
        } else if (one.type === 'refused') {
          list = list.filter(({ logOffset }) => logOffset < Infinity)
          pending.refused()
        } else {
          const upTo = Math.floor((one.percent * logEnd) / 100)
          list = list.filter(({ logOffset }) => logOffset >= upTo)
          pending.applied(upTo)
        }
        compare(pending, list, logEnd)
      }
    }),
  )
})

function compare(pending: PendingOffsets, list: readonly Decided[], logEnd: number): void {
  expect(pending.size).toBe(list.length)
  for (const groupId of GROUPS) {
    const newest = (is: (one: Decided) => boolean, partition: number) => {
      const last = list.findLast((one) => {
        return one.groupId === groupId && one.partition === partition && is(one)
      })
      return last?.offset
    }
    const stored = [{ topic: TOPIC, partition: 0, committed: at(1_000) }]
    const over = (is: (one: Decided) => boolean) =>
      PARTITIONS.flatMap((partition) => {
        const last = newest(is, partition)
        const offset = last === undefined && partition === 0 ? 1_000 : last
        return typeof offset === 'number' ? [[partition, offset]] : []
      })
    for (const below of [0, Math.floor(logEnd / 2), logEnd, Infinity]) {
      const isBelow = ({ logOffset }: Decided) => logOffset < below
      for (const partition of PARTITIONS) {
        const told = pending.committedBelow(below, { groupId, topic: TOPIC, partition })
        expect(told === null ? null : told?.offset).toBe(newest(isBelow, partition))
      }
      expect(offsetsOf(pending.committedOver(below, groupId, stored))).toEqual(over(isBelow))
    }
    expect(offsetsOf(pending.over(groupId, stored))).toEqual(over(() => true))
  }
}

const offsetsOf = (told: readonly StoredOffset[]) =>
  told
    .map(({ partition, committed: { offset } }) => [partition, offset] as const)
    .sort(([a], [b]) => a - b)
