// Goal: records are printed byte for byte as the format says. Method: one record with everything in
// it, one with nothing, through names, templates and JSON.
import { expect, test } from 'vitest'
import { Writer } from '../../../src/bytes/writer.ts'
import { asJson, compileFormat, printTime } from '../../../src/cli/format.ts'
import type { LogRecord } from '../../../src/records/record.ts'

const FULL: LogRecord = {
  offset: 42,
  timestampMs: 1_700_000_000_123,
  key: Buffer.from('k\u00e9y'),
  value: Buffer.from([0xff, 0x00, 0x0a]),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'a', value: null },
  ],
}
const EMPTY: LogRecord = { offset: 0, timestampMs: -1, key: null, value: null, headers: [] }

function print(format: string, record: LogRecord, nullText = 'null'): string {
  const writer = new Writer()
  compileFormat(format, { nullText })({ topic: 't', partition: 3, record }, writer)
  return Buffer.from(writer.finish()).toString('latin1')
}
const latin1 = (text: string) => Buffer.from(text).toString('latin1')

test.each([
  ['value', '\xff\0\n\n'],
  ['key-value', `${latin1('ké')}y\t\xff\0\n\n`],
  ['%t-%p@%o %T %D\\n', '3@42'],
  ['%S %K', '3 4'],
  ['%R|%%|\\x41\\t\\\\\\0', '\0\0\0\x03|%|A\t\\\0'],
  ['[%h]', '[a=1,a=null]'],
  ['é: %o', `${latin1('é')}: 42`],
])('%s', (format, expected) => {
  expect(print(format, FULL)).toContain(expected)
})

test('%% at a time: every token at once', () => {
  expect(print('%t-%p@%o %T %D\\n', FULL)).toBe('t-3@42 1700000000123 2023-11-14T22:13:20.123Z\n')
  expect(print('%s|%k|%S|%K|%h|%D|%R', EMPTY, 'NIL')).toBe('NIL|NIL|-1|-1||-|\xff\xff\xff\xff')
})

test('JSON: text as text, other bytes in base64, nothing as null', () => {
  expect(JSON.parse(Buffer.from(print('json', FULL), 'latin1').toString())).toEqual({
    topic: 't',
    partition: 3,
    offset: 42,
    timestamp: 1_700_000_000_123,
    key: 'kéy',
    valueBase64: '/wAK',
    headers: [
      { key: 'a', value: '1' },
      { key: 'a', value: null },
    ],
  })
  expect(print('json', EMPTY)).toBe(
    '{"topic":"t","partition":3,"offset":0,"timestamp":-1,"key":null,"value":null}\n',
  )
  expect(asJson('value', Buffer.from('\u{feff}x'))).toEqual({ value: '\u{feff}x' })
})

test.each(['valu', '%q', '%s%', 'x%s\\', '\\q%s', '\\xZZ%s'])('%j is refused', (format) => {
  expect(() => compileFormat(format, { nullText: '' })).toThrow()
})

test('a time that no calendar knows is a dash', () => {
  expect([printTime(-1), printTime(8.65e15), printTime(0)]).toEqual([
    '-',
    '-',
    '1970-01-01T00:00:00.000Z',
  ])
})
