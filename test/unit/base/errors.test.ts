// Goal: an error keeps its code, its cause and its class, whatever was thrown.
// Method: the few constructors there are, with what they are given in practice.
import { expect, test } from 'vitest'
import { DiskError } from '../../../src/base/disk.ts'
import { asError, LograftError } from '../../../src/base/errors.ts'

test('a LograftError carries its code and its cause', () => {
  const cause = new Error('EACCES')
  const error = new LograftError('INVALID_CONFIG', 'node.id is missing', { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'LograftError',
    code: 'INVALID_CONFIG',
    message: 'node.id is missing',
    cause,
  })
  expect(String(error)).toBe('LograftError: node.id is missing')
})

test('a DiskError is a LograftError under its own name', () => {
  const error = new DiskError('DISK_FULL', 'no space left')
  expect(error).toBeInstanceOf(LograftError)
  expect(error).toMatchObject({ name: 'DiskError', code: 'DISK_FULL' })
})

test('asError gives errors back as they are', () => {
  const error = new LograftError('OVERLOADED', 'full')
  expect(asError(error)).toBe(error)
})

test.each([
  ['a string', 'a string'],
  [42, '42'],
  [null, 'null'],
  [undefined, 'undefined'],
  [{ code: 1 }, '[object Object]'],
])('asError keeps %o as the cause', (thrown, message) => {
  const error = asError(thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error.message).toBe(message)
  expect(error.cause).toBe(thrown)
})
