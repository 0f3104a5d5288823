// Goal: every error that a response tells is found, wherever its schema has error codes.
// Method: responses of real schemas; and of each API that is served, that there is a place to look.
import { expect, test } from 'vitest'
import { handlers } from '../../../src/server/handlers/index.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { errorCodesOf } from '../../../src/wire/error-codes.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { FieldShape } from '../../../src/wire/schema.ts'

function codesIn(fields: readonly FieldShape[], response: unknown): number[] {
  const codes: number[] = []
  errorCodesOf(fields)(response, (code) => codes.push(code))
  return codes
}

test('codes inside of arrays inside of arrays are found, and NONE is none', () => {
  const partition = (index: number, errorCode: number) => ({ index, errorCode, baseOffset: -1 })
  const response = {
    responses: [
      { name: 'a', partitionResponses: [partition(0, errors.NONE), partition(1, 6)] },
      { name: 'b', partitionResponses: [partition(0, 3)] },
    ],
  }
  expect(codesIn(produce.responseFields, response)).toEqual([6, 3])
})

test('a code at the top counts, and what is left out or null does not', () => {
  expect(codesIn(fetch.responseFields, { errorCode: 70, responses: [] })).toEqual([70])
  expect(codesIn(fetch.responseFields, { responses: null })).toEqual([])
  expect(codesIn(fetch.responseFields, null)).toEqual([])
})

test.each(handlers.map(({ api }) => [api.name, api] as const))('%s has codes', (_, api) => {
  expect(JSON.stringify(api.responseFields)).toContain('"errorCode"')
})
