// Goal: operations on metadata that no order explains are found, those that one explains are not,
// and what cannot be decided within bounds is never taken for well. Method: histories made by hand;
// histories drawn from a register that is linearizable by making, and the same with one answer
// changed; a search that is given too little.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/chaos/checkers/checker.ts'
import {
  linearize,
  SEARCH_BOUNDS,
  type Operation,
} from '../../../src/chaos/checkers/linearizability.ts'
import { MetadataChecker } from '../../../src/chaos/checkers/metadata.ts'
import { REGISTER, type MetadataOp } from '../../../src/chaos/checkers/metadata-models.ts'
import type { HistoryEvent } from '../../../src/chaos/history/events.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { asked } from './made-history.ts'

const found = (...events: readonly HistoryEvent[]) => check(new MetadataChecker(hostClock), events)
const isFine = (...events: readonly HistoryEvent[]) => {
  const { counts, unknowns } = found(...events)
  expect(unknowns).toEqual([])
  return Object.keys(counts).length === 0
}
const open = { outcome: 'unknown', doneMs: null } as const

describe('a register', () => {
  test('is read as it was written', () => {
    expect(isFine(asked('set', 'a', 10), asked('get', 'a', 20))).toBe(true)
    expect(isFine(asked('get', 'x', 5), asked('set', 'a', 10), asked('get', 'a', 20))).toBe(true)
  })

  test('is not as it was before, once a later value was there', () => {
    const written = [asked('set', 'a', 10), asked('set', 'b', 20)]
    expect(isFine(...written, asked('get', 'a', 30))).toBe(false)
    expect(isFine(...written, asked('get', 'b', 30), asked('get', 'a', 40))).toBe(false)
  })

  test('may be either while it is written, and not the older one again', () => {
    const slow = [asked('set', 'a', 10), asked('set', 'b', 20, { doneMs: 90 })]
    expect(isFine(...slow, asked('get', 'a', 30), asked('get', 'b', 40))).toBe(true)
    expect(isFine(...slow, asked('get', 'b', 30), asked('get', 'a', 40))).toBe(false)
  })

  test('what was not answered may have been written at any time since, or never', () => {
    const written = [asked('set', 'a', 10), asked('set', 'b', 20, open)]
    expect(isFine(...written, asked('get', 'a', 30), asked('get', 'b', 40))).toBe(true)
    expect(isFine(...written, asked('get', 'a', 30))).toBe(true)
    expect(isFine(...written, asked('get', 'b', 16, { doneMs: 19 }))).toBe(false)
  })

  test('keys are independent, and what was refused has changed nothing', () => {
    const other = { key: 'l' }
    expect(isFine(asked('set', 'a', 10), asked('set', 'b', 20, other), asked('get', 'a', 30))).toBe(
      true,
    )
    const refused = { outcome: 'fail', error: 'INVALID_CONFIG' } as const
    const events = [asked('set', 'a', 10), asked('set', 'b', 20, refused)]
    expect(isFine(...events, asked('get', 'b', 30))).toBe(false)
  })

  test('what no order explains is told, with what was before it', () => {
    const events = [asked('set', 'a', 10), asked('set', 'b', 20), asked('get', 'a', 30)]
    const [anomaly] = found(...events).anomalies
    expect(anomaly).toMatchObject({
      kind: 'not-linearizable',
      sentence: 'k: no order explains that get of kafkajs/1 was answered a',
      evidence: events,
    })
  })
})

describe('a topic', () => {
  const exists = { outcome: 'fail', error: 'TOPIC_ALREADY_EXISTS' } as const
  const absent = { outcome: 'fail', error: 'UNKNOWN_TOPIC_OR_PARTITION' } as const

  test('is there from its creation to its deletion, under one id', () => {
    const life = [asked('create', null, 10), asked('describe', 'i', 20), asked('describe', 'i', 30)]
    expect(isFine(...life, asked('delete', null, 40), asked('describe', null, 50))).toBe(true)
    expect(isFine(...life, asked('describe', null, 50))).toBe(false)
    expect(isFine(...life, asked('describe', 'j', 50))).toBe(false)
    expect(isFine(...life, asked('create', null, 50))).toBe(false)
    expect(isFine(...life, asked('create', null, 50, exists))).toBe(true)
    expect(isFine(...life, asked('delete', null, 50, absent))).toBe(false)
  })

  test('that was deleted is another one when it is there again', () => {
    const again = [
      ...[asked('create', 'i', 10), asked('delete', null, 20), asked('create', 'j', 30)],
    ]
    expect(isFine(...again, asked('describe', 'j', 40))).toBe(true)
    expect(isFine(...again, asked('describe', 'i', 40))).toBe(false)
    const deleted = again.slice(0, 2)
    expect(isFine(...deleted, asked('delete', null, 40))).toBe(false)
    expect(isFine(...deleted, asked('describe', 'i', 40))).toBe(false)
  })

  test('does not inherit the config of the one before', () => {
    const again = [
      ...[asked('create', 'i', 10), asked('set', 'a', 20), asked('delete', null, 30)],
      asked('create', 'j', 40),
    ]
    expect(isFine(...again, asked('get', null, 50))).toBe(true)
    expect(isFine(...again, asked('get', 'a', 50))).toBe(false)
    expect(isFine(...again.slice(0, 2), asked('get', 'a', 50))).toBe(true)
  })

  test('whose creation was not answered may be there or not', () => {
    const begun = [asked('describe', null, 5), asked('create', null, 10, open)]
    expect(isFine(...begun, asked('describe', 'i', 20))).toBe(true)
    expect(isFine(...begun, asked('describe', null, 20))).toBe(true)
    expect(isFine(...begun, asked('describe', 'i', 20), asked('describe', null, 30))).toBe(false)
  })
})

/**
 * Operations that happen at 0, 10, 20 …, each asked up to 25 before and answered up to 25 after.
 */
const linearizable = fc
  .array(
    fc.record({
      isSet: fc.boolean(),
      value: fc.integer({ min: 0, max: 3 }),
      earlierMs: fc.integer({ min: 0, max: 25 }),
      laterMs: fc.integer({ min: 0, max: 25 }),
      isAnswered: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((drawn) => {
    let state = 'first'
    return drawn.map(({ isSet, value, earlierMs, laterMs, isAnswered }, index) => {
      if (isSet) state = `${index} ${value}`
      const op = { op: isSet ? 'set' : 'get', value: state, refusal: null } as const
      const atMs = index * 10
      const returnMs = isAnswered || !isSet ? atMs + laterMs : Infinity
      return { op, callMs: atMs - earlierMs, returnMs }
    })
  })

const bounds = { ...SEARCH_BOUNDS, isOver: () => false }
const answer = (operations: readonly Operation<MetadataOp>[]) =>
  linearize(operations, REGISTER, bounds).answer

describe('drawn histories', () => {
  test('of a register are linearizable', () => {
    fc.assert(
      fc.property(linearizable, (operations) => {
        const first = {
          op: { op: 'set', value: 'first', refusal: null },
          callMs: -99,
          returnMs: -90,
        }
        expect(answer([first as Operation<MetadataOp>, ...operations])).toBe('yes')
      }),
    )
  })

  test('are not, once somebody read what nobody has written', () => {
    fc.assert(
      fc.property(linearizable, fc.nat(), (operations, which) => {
        const reads = operations.filter(({ op }) => op.op === 'get')
        const read = reads[which % Math.max(1, reads.length)]
        fc.pre(read !== undefined)
        const first = {
          op: { op: 'set', value: 'first', refusal: null },
          callMs: -99,
          returnMs: -90,
        }
        const wrong = operations.map((operation) =>
          operation === read
            ? { ...operation, op: { ...operation.op, value: 'never written' } }
            : operation,
        )
        expect(answer([first as Operation<MetadataOp>, ...wrong])).toBe('no')
      }),
    )
  })
})

describe('what takes too long', () => {
  /** Writes that were never answered, and a reading that none of them explains. */
  const hard = Array.from({ length: 24 }, (_, index) =>
    asked('set', `${index}`, index, open),
  ).concat(asked('set', 'x', 50), asked('get', 'x', 60), asked('get', 'y', 70))
  const operations = hard.map(({ op, value, sentMs, doneMs }): Operation<MetadataOp> => {
    return { op: { op, value, refusal: null }, callMs: sentMs, returnMs: doneMs ?? Infinity }
  })

  test('is not known: steps, memory, time, operations', () => {
    const few = { ...bounds, maxSteps: 1_000 }
    expect(linearize(operations, REGISTER, few)).toMatchObject({ answer: 'unknown' })
    const little = { ...bounds, maxMemoryBytes: 10_000 }
    expect(linearize(operations, REGISTER, little)).toMatchObject({ answer: 'unknown' })
    const late = { ...bounds, isOver: () => true }
    expect(linearize(operations, REGISTER, late)).toMatchObject({ answer: 'unknown' })
    expect(linearize(operations, REGISTER, { ...bounds, maxOperations: 5 })).toMatchObject({
      answer: 'unknown',
    })
  })

  test('is told so, and never as well', () => {
    let nowMs = 0
    const hurried = { monotonicMs: () => (nowMs += 30_000) }
    const { counts, unknowns } = check(new MetadataChecker(hurried), hard)
    expect(counts).toEqual({})
    expect(unknowns).toEqual(['whether k is linearizable is not known: no answer in time'])
  })
})
