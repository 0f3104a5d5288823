// Goal: a fault switch hits what it was told to hit, so often and so long as it was told, and is
// refused with the field that is wrong.
import { beforeEach, describe, expect, test } from 'vitest'
import { isLograftError } from '../../../src/base/errors.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { FaultOrder } from '../../../src/server/faults/fault-order.ts'
import { FaultSwitches } from '../../../src/server/faults/fault-switches.ts'
import { errors } from '../../../src/wire/errors.ts'
import { ManualClock } from '../log/fixture.ts'

const NOTHING = { api: '', clientId: '', error: '', delayMs: 0, count: 0, forMs: 0 }
const FAIL = { ...NOTHING, kind: 'fail', api: 'Produce', error: 'KAFKA_STORAGE_ERROR' } as const

let clock: ManualClock
let switches: FaultSwitches

beforeEach(() => {
  clock = new ManualClock()
  switches = new FaultSwitches({ apis: ['Produce', 'Fetch'], clock, logger: silentLogger })
})

const kindOf = (api: string, clientId: string | null = null) =>
  switches.hit(api, clientId)?.kind ?? null

test('nothing is hit where nothing is set', () => {
  expect(kindOf('Produce')).toBeNull()
})

test('so many requests of one name are hit, and then no more', () => {
  switches.inject({ ...FAIL, count: 2 })
  expect(kindOf('Fetch')).toBeNull()
  expect(switches.hit('Produce', 'any')?.errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(switches.list()).toMatchObject([{ id: 1, hits: 1, count: 2 }])
  expect(kindOf('Produce')).toBe('fail')
  expect(kindOf('Produce')).toBeNull()
  expect(switches.list()).toEqual([])
  expect([...switches.readings()]).toEqual([{ kind: 'fail', api: 'Produce', count: 2 }])
})

test('what nobody says is one request within a minute', () => {
  switches.inject(FAIL)
  clock.advance(59_999)
  expect(switches.list()).toMatchObject([{ count: 1, leftMs: 1 }])
  clock.advance(1)
  expect(kindOf('Produce')).toBeNull()
  expect(switches.list()).toEqual([])
})

test('one client, or all whose names begin so', () => {
  switches.inject({ ...FAIL, clientId: 'replica-*', count: 10 })
  switches.inject({ ...NOTHING, kind: 'refuse-client', clientId: 'me' })
  expect(kindOf('Produce')).toBeNull()
  expect(kindOf('Produce', 'replica-2')).toBe('fail')
  expect(kindOf('Produce', 'replicas')).toBeNull()
  expect(kindOf('Fetch', 'me')).toBe('refuse-client')
  expect(kindOf('Fetch', 'menot')).toBeNull()
})

test('of several the first that was set; taking one back leaves the others', () => {
  switches.inject({ ...FAIL, count: 10 })
  switches.inject({ ...NOTHING, kind: 'lose-answers', api: 'Produce', count: 10 })
  expect(kindOf('Produce')).toBe('fail')
  expect(switches.clear([1])).toBe(1)
  expect(switches.clear([1])).toBe(0)
  expect(kindOf('Produce')).toBe('lose-answers')
  expect(switches.clear([])).toBe(1)
  expect(kindOf('Produce')).toBeNull()
})

test('there is a bound on how many are set', () => {
  for (let count = 0; count < 100; count += 1) switches.inject(FAIL)
  expect(() => switches.inject(FAIL)).toThrow('100 fault switches are set already')
})

test('a closed one hits nothing, and nobody is kept waiting', () => {
  switches.inject(FAIL)
  switches.close()
  expect(kindOf('Produce')).toBeNull()
  expect(switches.closed.aborted).toBe(true)
})

describe('what makes no sense is refused with its field', () => {
  const DELAY = { ...NOTHING, kind: 'delay', api: 'Fetch', delayMs: 5 } as const
  test.each<[string, FaultOrder, string]>([
    ['api', { ...FAIL, api: '' }, 'name one, such as Produce, Fetch'],
    ['api', { ...FAIL, api: 'Produces' }, 'did you mean Produce?'],
    ['error', { ...FAIL, error: '' }, 'name one'],
    ['error', { ...FAIL, error: 'NONE' }, 'there is no error NONE'],
    ['error', { ...DELAY, error: 'NOT_CONTROLLER' }, 'delay answers with no error'],
    ['delay_ms', { ...DELAY, delayMs: 0 }, 'say for how long'],
    ['delay_ms', { ...DELAY, delayMs: 60_001 }, 'up to 60000'],
    ['delay_ms', { ...FAIL, delayMs: 1 }, 'fail delays nothing'],
    ['count', { ...FAIL, count: 1_000_001 }, 'up to 1000000'],
    ['count', { ...FAIL, count: 0.5 }, 'a whole number'],
    ['for_ms', { ...FAIL, forMs: 3_600_001 }, 'up to 3600000'],
    ['client_id', { ...NOTHING, kind: 'refuse-client' }, 'name the client'],
    ['client_id', { ...FAIL, clientId: 'x'.repeat(250) }, 'at most 249 characters'],
  ])('%s %#', (field, order, why) => {
    let thrown: unknown
    try {
      switches.inject(order)
    } catch (caught) {
      thrown = caught
    }
    expect(isLograftError(thrown) && thrown.field).toBe(field)
    expect(String(thrown)).toContain(why)
    expect(switches.list()).toEqual([])
  })
})
