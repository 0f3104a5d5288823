/**
 * Goal: from what a cluster says of partitions it is known what is left to do of a plan, in either
 * direction, and what others have changed is left to them; waves have bounds.
 * Method: one move, and everything that may be said of its partition.
 */
import { expect, test } from 'vitest'
import {
  bytesOf,
  nextWave,
  receivers,
  standingOf,
  type Task,
} from '../../../../src/cli/moves/standing.ts'
import type { PlannedMove } from '../../../../src/cli/moves/plan-file.ts'

const move: PlannedMove = {
  ...{ topic: 'orders', topicId: 'id', partition: 0, bytes: 10, why: '' },
  ...{ from: [1, 2, 3], to: [4, 2, 1] },
}
const forward: Task = { move, target: move.to }
const back: Task = { move, target: move.from }

interface Said {
  readonly replicas: readonly number[]
  readonly adding?: readonly number[]
  readonly removing?: readonly number[]
  readonly topicId?: string
}

function standing(task: Task, said: Said | null) {
  if (said === null) return standingOf(task, new Map(), new Map())
  const { replicas, adding = [], removing = [], topicId = 'id' } = said
  const isMoving = adding.length + removing.length > 0
  const underWay = {
    ...{ topic: 'orders', partition: 0, replicas },
    ...{ addingReplicas: adding, removingReplicas: removing },
  }
  const places = new Map([['orders-0', { topicId, replicas }]])
  return standingOf(task, places, new Map(isMoving ? [['orders-0', underWay]] : []))
}

const forwards = { replicas: [4, 2, 1, 3], adding: [4], removing: [3] }
const backwards = { replicas: [1, 2, 3, 4], adding: [3], removing: [4] }

test.each<[string, Said | null, string, string]>([
  ['where it was', { replicas: [1, 2, 3] }, 'to do', 'done'],
  ['where it was, in another order', { replicas: [2, 3, 1] }, 'to do', 'to do'],
  ['where it shall be', { replicas: [4, 2, 1] }, 'done', 'to do'],
  ['on its way', forwards, 'under way', 'to do'],
  ['on its way back', backwards, 'to do', 'under way'],
  ['moved by others', { replicas: [5, 2, 3] }, 'changed by others', 'changed by others'],
  [
    'on a way of others',
    { replicas: [5, 2, 3, 1], adding: [5], removing: [1] },
    'changed by others',
    'changed by others',
  ],
  ['of a topic that was made again', { replicas: [1, 2, 3], topicId: 'new' }, 'gone', 'gone'],
  ['not there', null, 'gone', 'gone'],
])('%s', (_, said, ahead, aback) => {
  expect(standing(forward, said)).toBe(ahead)
  expect(standing(back, said)).toBe(aback)
})

test('who is given a copy depends on the direction', () => {
  expect(receivers(forward)).toEqual([4])
  expect(receivers(back)).toEqual([3])
  const order: Task = { move: { ...move, to: [3, 2, 1] }, target: [3, 2, 1] }
  expect(receivers({ ...order, target: order.move.to })).toEqual([])
  expect(bytesOf({ ...order, target: order.move.to })).toBe(0)
})

test('a wave has a bound of partitions and of bytes, and holds one at least', () => {
  const tasks = Array.from({ length: 5 }, () => forward)
  expect(nextWave(tasks, { partitionsMax: 3, bytesMax: 100 })).toHaveLength(3)
  expect(nextWave(tasks, { partitionsMax: 5, bytesMax: 20 })).toHaveLength(2)
  expect(nextWave(tasks, { partitionsMax: 5, bytesMax: 1 })).toHaveLength(1)
  expect(nextWave([], { partitionsMax: 5, bytesMax: 1 })).toHaveLength(0)
})
