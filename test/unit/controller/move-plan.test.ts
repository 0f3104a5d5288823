/**
 * Goal: a plan evens out replicas and preferred leaders, or empties a broker, with as few moves as
 * that takes, and breaks nothing on the way: replication factor, racks, what is not well.
 * Method: layouts by hand for what a plan says; random ones for what must hold of all plans; small
 * ones beside a search through every assignment for the fewest moves; one large one for time.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId, type NodeId } from '../../../src/base/ids.ts'
import { planMoves, planningMoves } from '../../../src/controller/move-plan.ts'
import type { Layout, MovePlan, PlanOptions } from '../../../src/controller/moves.ts'
import { layoutOf } from '../../../src/controller/moves.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { broker, imageWith, nodeIds, partition, topic } from '../metadata/images.ts'

/** `a1 b2 3-` is broker 1 in rack a, 2 in rack b, and 3, out of service, in none. */
function layout(brokers: string, topics: Readonly<Record<string, string>>): Layout {
  return {
    brokers: brokers.split(' ').map((word) => {
      const [, rack, id, away] = /^([a-z]?)(\d+)(-?)$/.exec(word) ?? []
      return { nodeId: asNodeId(Number(id)), rack: rack || null, inService: away === '' }
    }),
    partitions: Object.entries(topics).flatMap(([name, replicas]) =>
      replicas.split(' ').map((ids, index) => ({
        topic: name,
        partition: index,
        replicas: nodeIds(...ids.split(',').map(Number)),
        hasLeader: true,
        isReassigning: false,
      })),
    ),
  }
}

function plan(from: Layout, options: PlanOptions = {}): MovePlan {
  const planned = planMoves(from, options)
  if ('message' in planned) throw new Error(planned.message)
  return planned
}

function after(from: Layout, { moves }: MovePlan): Layout {
  const to = new Map(moves.map((move) => [`${move.topic}-${move.partition}`, move.to]))
  const partitions = from.partitions.map((each) => ({
    ...each,
    replicas: to.get(`${each.topic}-${each.partition}`) ?? each.replicas,
  }))
  return { ...from, partitions }
}

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts)
}

const replicasOf = ({ after: shares }: MovePlan) => shares.map(({ replicas }) => replicas)
const leadersOf = ({ after: shares }: MovePlan) => shares.map(({ leaders }) => leaders)

/** How many replicas are on a broker where they were not before. */
const copies = ({ moves }: Pick<MovePlan, 'moves'>) =>
  moves.reduce((sum, { from, to }) => sum + to.filter((id) => !from.includes(id)).length, 0)

const racksOf = ({ brokers }: Layout, replicas: readonly NodeId[]) =>
  new Set(replicas.map((id) => brokers.find(({ nodeId }) => nodeId === id)?.rack)).size

/** Three brokers hold everything, four are there. */
const grown = layout('1 2 3 4', {
  orders: '1,2,3 2,3,1 3,1,2 1,3,2 2,1,3 3,2,1 1,2,3 2,3,1 3,1,2 1,3,2 2,1,3 3,2,1',
})

describe('a plan', () => {
  test('gives a new broker its share of replicas and leaders, and says why', () => {
    const planned = plan(grown)
    expect(replicasOf(planned)).toEqual([9, 9, 9, 9])
    expect(leadersOf(planned)).toEqual([3, 3, 3, 3])
    expect(copies(planned)).toBe(9)
    expect(planned.before.map(({ replicas }) => replicas)).toEqual([12, 12, 12, 0])
    expect(planned.moves[0]).toMatchInlineSnapshot(`
      {
        "bytes": 0,
        "from": [
          2,
          3,
          1,
        ],
        "partition": 1,
        "to": [
          4,
          2,
          3,
        ],
        "topic": "orders",
        "why": "broker 4 holds 0, broker 1 holds 12 replicas; 9 is fair; broker 4 leads 1, broker 2 leads 4 partitions; 3 is fair",
      }
    `)
  })

  test('only orders replicas where that is enough', () => {
    const planned = plan(layout('1 2 3', { orders: '1,2,3 1,2,3 1,2,3' }))
    expect(copies(planned)).toBe(0)
    expect(leadersOf(planned)).toEqual([1, 1, 1])
    expect(planned.moves.map(({ why }) => why)).toEqual([
      'broker 2 leads 0, broker 1 leads 3 partitions; 1 is fair',
      'broker 3 leads 0, broker 1 leads 2 partitions; 1 is fair',
    ])
  })

  test('passes leadership on along a chain', () => {
    const planned = plan(layout('1 2 3', { a: '1,2 1,2 1,2', b: '2,3 2,3', c: '3,1' }))
    expect(spread(leadersOf(planned))).toBeLessThanOrEqual(1)
  })

  test('moves the smallest of a topic, and of the topics in turn', () => {
    const sizes = new Map([
      ['a-0', 5],
      ['a-1', 1],
      ['a-2', 3],
      ['b-0', 4],
      ['b-1', 2],
      ['b-2', 9],
    ])
    const sizeOf = (name: string, index: number) => sizes.get(`${name}-${index}`) ?? 0
    const { moves } = plan(layout('1 2', { a: '1 1 1', b: '1 1 1' }), { sizeOf })
    expect(moves.map(({ topic: name, partition: index, bytes }) => [name, index, bytes])).toEqual([
      ['a', 1, 1],
      ['b', 1, 2],
      ['a', 2, 3],
    ])
  })

  test('counts and moves the topics that are named', () => {
    const planned = plan(layout('1 2', { a: '1 1', b: '1 1' }), { topics: new Set(['a']) })
    expect(planned.moves.map(({ topic: name }) => name)).toEqual(['a'])
  })

  test('leaves alone what is not well, and says so', () => {
    const image = imageWith(
      ...[broker(1), broker(2), broker(3, { fenced: true })],
      topic(1, 'orders'),
      partition(1, 0, [1, 2], { addingReplicas: nodeIds(2) }),
      partition(1, 1, [1], { leader: NO_LEADER, isr: [], elr: nodeIds(1) }),
      partition(1, 2, [1, 3], { isr: nodeIds(1) }),
      partition(1, 3, [1]),
      partition(1, 4, [1]),
    )
    const { moves, leftAlone } = plan(layoutOf(image))
    expect(moves.map((move) => [move.partition, move.to])).toEqual([
      [3, [2]],
      [4, [2]],
    ])
    expect(leftAlone).toEqual([
      { topic: 'orders', partition: 0, why: 'its replicas are being moved already' },
      { topic: 'orders', partition: 1, why: 'it has no leader' },
      { topic: 'orders', partition: 2, why: 'broker 3 is out of service' },
    ])
  })

  test('stops at as many moves as it may make, and another one goes on', () => {
    let at = grown
    const sizes: number[] = []
    for (let planned = plan(at, { movesMax: 4 }); planned.moves.length > 0;) {
      sizes.push(planned.moves.length)
      at = after(at, planned)
      planned = plan(at, { movesMax: 4 })
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4)
    expect(replicasOf(plan(at))).toEqual([9, 9, 9, 9])
    expect(leadersOf(plan(at))).toEqual([3, 3, 3, 3])
  })

  test('is refused where nobody could take anything', () => {
    expect(planMoves(layout('1- 2-', { a: '1' }))).toEqual({
      message: 'no broker is in service that could be given replicas',
    })
  })
})

describe('draining', () => {
  const three = nodeIds(3)

  test('empties a broker, evenly, and touches nothing else', () => {
    const from = layout('1 2 3 4', { a: '3,1 3,2 3,4 1,3', b: '1,2 1,2 1,2' })
    const planned = plan(from, { drained: new Set(three) })
    expect(planned.after).toEqual([
      { nodeId: 1, replicas: 5, leaders: 3 },
      { nodeId: 2, replicas: 5, leaders: 2 },
      { nodeId: 3, replicas: 0, leaders: 0 },
      { nodeId: 4, replicas: 4, leaders: 2 },
    ])
    expect(planned.moves.every((move) => move.topic === 'a')).toBe(true)
    expect(planned.moves[0]?.why).toContain('broker 3 is drained')
  })

  test('works for a broker that is dead', () => {
    const { moves } = plan(layout('1 2', { a: '1,9' }), { drained: new Set(nodeIds(9)) })
    expect(moves.map(({ to }) => to)).toEqual([[1, 2]])
  })

  test('stays in the rack where it can, and says where it cannot', () => {
    const { moves } = plan(layout('a1 b2 b3 a4', { a: '1,3 1,2,3' }), { drained: new Set(three) })
    expect(moves.map(({ to }) => to)).toEqual([
      [2, 1],
      [1, 2, 4],
    ])
    const worse = plan(layout('a1 a2 b3', { a: '1,3' }), { drained: new Set(three) })
    expect(worse.moves[0]?.why).toMatch(/though that is one rack less/)
  })

  test('is refused where too few brokers are left', () => {
    const drained = new Set(three)
    expect(planMoves(layout('1 2 3', { a: '1,2,3' }), { drained })).toEqual({
      message: 'a-0 has 3 replicas, and only 2 brokers are left to hold them: add a broker first',
    })
    expect(planMoves(layout('1 2', { a: '1,2' }), { drained })).toEqual({
      message: 'there is no broker 3',
    })
  })
})

/** Brokers 1 to `brokers`, in `racks` racks, and topics with partitions on random ones of them. */
const layouts = (bounds: { brokersMax: number; partitionsMax: number; racksMax: number }) =>
  fc
    .record({
      brokers: fc.integer({ min: 1, max: bounds.brokersMax }),
      racks: fc.integer({ min: 1, max: bounds.racksMax }),
      /** A broker that was just added holds nothing. */
      empty: fc.integer({ min: 0, max: 2 }),
      topics: fc.array(
        fc.record({
          replicationFactor: fc.integer({ min: 1, max: 3 }),
          partitions: fc.array(fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), {
            minLength: 1,
            maxLength: bounds.partitionsMax,
          }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ brokers, racks, empty, topics }): Layout => {
      const ids = Array.from({ length: brokers }, (_, index) => asNodeId(index + 1))
      const used = Math.max(1, brokers - empty)
      return {
        brokers: ids.map((nodeId) => ({
          nodeId,
          rack: racks === 1 ? null : `rack ${nodeId % racks}`,
          inService: true,
        })),
        partitions: topics.flatMap(({ replicationFactor, partitions }, at) =>
          partitions.map((draws, index) => {
            const left = ids.slice(0, used)
            const replicas = draws
              .slice(0, replicationFactor)
              .flatMap((draw) => left.splice(draw % Math.max(1, left.length), 1))
            return {
              ...{ topic: `t${at}`, partition: index, replicas },
              ...{ hasLeader: true, isReassigning: false },
            }
          }),
        ),
      }
    })

describe('whatever the layout', () => {
  const any = layouts({ brokersMax: 8, partitionsMax: 20, racksMax: 3 })
  const flat = layouts({ brokersMax: 8, partitionsMax: 20, racksMax: 1 })

  test('a plan keeps the replication factor, no broker twice, and every rack', () => {
    fc.assert(
      fc.property(any, (from) => {
        for (const { from: was, to } of plan(from).moves) {
          expect(to).toHaveLength(was.length)
          expect(new Set(to).size).toBe(to.length)
          expect(to.every((id) => from.brokers.some(({ nodeId }) => nodeId === id))).toBe(true)
          expect(racksOf(from, to)).toBeGreaterThanOrEqual(racksOf(from, was))
        }
      }),
    )
  })

  test('only brokers in service are given anything', () => {
    fc.assert(
      fc.property(any, fc.nat({ max: 255 }), (whole, away) => {
        const brokers = whole.brokers.map((each) => ({
          ...each,
          inService: ((away >> (each.nodeId - 1)) & 1) === 0,
        }))
        const planned = planMoves({ ...whole, brokers })
        if ('message' in planned) return
        const outside = brokers.filter(({ inService }) => !inService)
        for (const { from, to } of planned.moves)
          for (const { nodeId } of outside) expect([...from, ...to]).not.toContain(nodeId)
        const { moves } = plan(after({ ...whole, brokers }, planned))
        expect(moves).toEqual([])
      }),
    )
  })

  test('without racks, replicas differ by one at most, and with equal factors leaders do', () => {
    fc.assert(
      fc.property(flat, (from) => {
        const planned = plan(from)
        expect(spread(replicasOf(planned))).toBeLessThanOrEqual(1)
        const factors = new Set(from.partitions.map(({ replicas }) => replicas.length))
        if (factors.size === 1) expect(spread(leadersOf(planned))).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('what it says of before and after is so', () => {
    fc.assert(
      fc.property(any, (from) => {
        const planned = plan(from)
        expect(plan(after(from, planned)).before).toEqual(planned.after)
      }),
    )
  })

  test('nothing is left to plan of what a plan leads to', () => {
    fc.assert(
      fc.property(any, (from) => {
        expect(plan(after(from, plan(from))).moves).toEqual([])
      }),
    )
  })

  test('a drain empties the broker, and then there is nothing more to drain', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 8 }), (from, id) => {
        const options = { drained: new Set(nodeIds(id)) }
        const planned = planMoves(from, options)
        if ('message' in planned) return
        const then = after(from, planned)
        expect(then.partitions.some(({ replicas }) => replicas.includes(asNodeId(id)))).toBe(false)
        expect(plan(then, options).moves).toEqual([])
        // As many as it held: none of the others moves.
        const held = from.partitions.filter(({ replicas }) => replicas.includes(asNodeId(id)))
        expect(copies(planned)).toBe(held.length)
      }),
    )
  })

  test('the order in which brokers and partitions are named does not matter', () => {
    fc.assert(
      fc.property(any, (from) => {
        const reversed = {
          brokers: [...from.brokers].reverse(),
          partitions: [...from.partitions].reverse(),
        }
        expect(plan(reversed)).toEqual(plan(from))
      }),
    )
  })
})

describe('small layouts beside every assignment there is', () => {
  const small = layouts({ brokersMax: 4, partitionsMax: 2, racksMax: 1 }).filter(
    ({ partitions }) => partitions.length <= 4,
  )

  test('no assignment as even as the planned one copies fewer replicas', () => {
    fc.assert(
      fc.property(small, (from) => {
        expect(copies(plan(from))).toBe(fewestCopies(from))
      }),
      { numRuns: 200 },
    )
  })

  test('no order of the same replicas spreads leaders more evenly', () => {
    fc.assert(
      fc.property(small, (from) => {
        const planned = plan(from)
        const then = after(from, planned)
        expect(unevenness(leadersOf(planned))).toBe(leastUneven(then))
      }),
    )
  })
})

const unevenness = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n * n, 0)

function fewestCopies({ brokers, partitions }: Layout): number {
  const ids = brokers.map(({ nodeId }) => nodeId)
  const search = (at: number, counts: ReadonlyMap<NodeId, number>): number => {
    const here = partitions[at]
    if (!here) return spread(ids.map((id) => counts.get(id) ?? 0)) <= 1 ? 0 : Infinity
    const costs = subsets(ids, here.replicas.length).map((to) => {
      const next = new Map(counts)
      for (const id of to) next.set(id, (next.get(id) ?? 0) + 1)
      return to.filter((id) => !here.replicas.includes(id)).length + search(at + 1, next)
    })
    return Math.min(...costs)
  }
  return search(0, new Map())
}

function leastUneven({ brokers, partitions }: Layout): number {
  const search = (at: number, counts: ReadonlyMap<NodeId, number>): number => {
    const here = partitions[at]
    if (!here) return unevenness(brokers.map(({ nodeId }) => counts.get(nodeId) ?? 0))
    return Math.min(
      ...here.replicas.map((id) =>
        search(at + 1, new Map(counts).set(id, (counts.get(id) ?? 0) + 1)),
      ),
    )
  }
  return search(0, new Map())
}

function subsets<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]),
  )
}

test('10,000 partitions on three brokers are planned for a fourth', () => {
  const partitions = Array.from({ length: 10_000 }, (_, index) => ({
    topic: `t${index % 100}`,
    partition: Math.floor(index / 100),
    replicas: nodeIds(...[1, 2, 3].map((id) => ((id + index) % 3) + 1)),
    hasLeader: true,
    isReassigning: false,
  }))
  const planned = plan({ brokers: grown.brokers, partitions })
  expect(copies(planned)).toBe(7_500)
  expect(leadersOf(planned)).toEqual([2_500, 2_500, 2_500, 2_500])
})

test('a plan pauses after every move, and is the same as at once', () => {
  const replicas = Array.from({ length: 60 }, () => '1,2,3').join(' ')
  const from = layout('1 2 3 4 5 6', { a: replicas, b: replicas })
  for (const options of [{}, { drained: new Set([asNodeId(1)]) }]) {
    const work = planningMoves(from, options)
    let pauses = 0
    let step = work.next()
    for (; !step.done; step = work.next()) pauses += 1
    expect(step.value).toEqual(planMoves(from, options))
    const { moves } = step.value as MovePlan
    expect(moves.length).toBeGreaterThan(20)
    expect(pauses).toBeGreaterThanOrEqual(moves.length)
  }
})
