/**
 * Goal: an error number means to clients what we think it means, and retrying where we say so
 * helps. Method: kafkajs' own table is the second opinion; where Kafka has renamed a code since,
 * the new name stands here.
 */
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { errorMessage, errorName, errors, isRetriable } from '../../../src/wire/errors.ts'

interface ForeignError {
  readonly type: string
  readonly code: number
  readonly retriable: boolean
}

const require = createRequire(import.meta.url)
const { errorCodes } = require('kafkajs/src/protocol/error.js') as {
  readonly errorCodes: readonly ForeignError[]
}

const RENAMED: Readonly<Record<string, string>> = {
  UNKNOWN: 'UNKNOWN_SERVER_ERROR',
  NOT_LEADER_FOR_PARTITION: 'NOT_LEADER_OR_FOLLOWER',
  GROUP_LOAD_IN_PROGRESS: 'COORDINATOR_LOAD_IN_PROGRESS',
  GROUP_COORDINATOR_NOT_AVAILABLE: 'COORDINATOR_NOT_AVAILABLE',
  NOT_COORDINATOR_FOR_GROUP: 'NOT_COORDINATOR',
}

const known = new Set<number>(Object.values(errors))
const shared = errorCodes.filter(({ code }) => known.has(code))

test('the second opinion covers most of the table', () => {
  expect(shared.length).toBeGreaterThan(70)
})

test.each(shared)('$code is $type', ({ code, type, retriable }) => {
  expect(errorName(code)).toBe(RENAMED[type] ?? type)
  expect(isRetriable(code)).toBe(retriable)
})

describe('the table', () => {
  test('gives no code to two names', () => {
    expect(known.size).toBe(Object.keys(errors).length)
  })

  test('has a sentence for every code', () => {
    for (const code of known) expect(errorMessage(code)).toMatch(/^[A-Za-z].*\.$/)
  })

  test('knows a code that is not in it by its number', () => {
    expect([errorName(9_999), errorMessage(9_999), isRetriable(9_999)]).toEqual([
      '9999',
      'Error 9999.',
      false,
    ])
  })
})
