/**
 * Goal: whatever Kafka's table can say, a caller of gRPC is told as a status, and what to do.
 * Method: every name of the table; then what becomes of an error on its way through the trailers.
 */
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { explained } from '../../../src/rpc/error-table.ts'
import { errorOf, statusOf } from '../../../src/rpc/status.ts'
import { google } from '../../../src/gen/google/rpc/status.js'
import { errors } from '../../../src/wire/errors.ts'

const { BadRequest, ErrorInfo, Status } = google.rpc
const ENDS = { from: 'here', to: 'there' }

test.each(Object.keys(errors).filter((name) => name !== 'NONE'))('%s', (name) => {
  const found = explained(name)
  expect(found).not.toBeNull()
  expect(status[found?.status ?? 'UNKNOWN']).toBeGreaterThan(0)
  // It travels in a header, and is one sentence or two.
  expect(found?.hint).toMatch(/^[\x20-\x7e]{10,120}\.$/)
})

test('NONE is no error, and neither is what nobody knows', () => {
  expect(['NONE', 'NOBODY_KNOWS', 'constructor'].map(explained)).toEqual([null, null, null])
})

test('field and hint arrive as they were thrown; so does the code', () => {
  const hint = 'Äsk for 3'
  const thrown = new LograftError('INVALID_PARTITIONS', 'topic ü has 4', {
    field: 'topics[2].count',
    hint,
  })
  const { code, details, metadata } = statusOf(thrown)
  expect(metadata?.getMap()).toMatchObject({
    'lograft-code': 'INVALID_PARTITIONS',
    'lograft-field': 'topics[2].count',
    // A header is ASCII; the details below are not.
    'lograft-hint': '?sk for 3',
  })
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? []
  const told = Status.decode(bytes as Buffer)
  expect(told).toMatchObject({ code: status.INVALID_ARGUMENT, message: 'topic ü has 4' })
  const [info, bad] = told.details.map(({ value }) => value)
  expect(ErrorInfo.decode(info ?? Buffer.alloc(0))).toMatchObject({
    ...{ reason: 'INVALID_PARTITIONS', domain: 'lograft', metadata: { hint } },
  })
  expect(BadRequest.decode(bad ?? Buffer.alloc(0)).fieldViolations).toMatchObject([
    { field: 'topics[2].count', description: 'topic ü has 4' },
  ])
  if (code === undefined || details === undefined || metadata === undefined) throw new Error()
  expect(errorOf({ code, details, metadata }, ENDS)).toMatchObject({
    code: 'INVALID_ARGUMENT',
    reason: 'INVALID_PARTITIONS',
    field: 'topics[2].count',
    hint: '?sk for 3',
    text: 'topic ü has 4',
  })
})

test('an error that says no hint of its own has that of its code, and no field', () => {
  const { metadata } = statusOf(new LograftError('NON_EMPTY_GROUP', 'group g has 2 members'))
  expect(metadata?.getMap()).toMatchObject({
    'lograft-hint': 'Stop the members of the group first.',
  })
  expect(metadata?.get('lograft-field')).toEqual([])
})
