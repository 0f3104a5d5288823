// Goal: a line becomes the record that was meant, and what was not meant is an error that says why.
// Method: lines of each format; JSON there and back through the format of `consume --json`.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEscapes } from '../../../src/cli/escapes.ts'
import { compileFormat } from '../../../src/cli/format.ts'
import { lineParser, type LineFormat } from '../../../src/cli/line-record.ts'
import { Writer } from '../../../src/bytes/writer.ts'

const PLAIN: LineFormat = {
  json: false,
  keySeparator: null,
  key: null,
  nullMarker: null,
  tombstones: false,
  headers: [],
}
const NOW_MS = 1_234

const parse = (line: string, format: Partial<LineFormat> = {}) =>
  lineParser({ ...PLAIN, ...format })(Buffer.from(line), NOW_MS)

function shown(line: string, format: Partial<LineFormat> = {}) {
  const { record, partition } = parse(line, format)
  const text = (bytes: Uint8Array | null | undefined) =>
    bytes ? Buffer.from(bytes).toString() : bytes
  return [text(record.key), text(record.value), partition]
}

test('a plain line is a value', () => {
  expect(shown('a b:c\r')).toEqual([null, 'a b:c\r', null])
  expect(shown('', { key: 'k' })).toEqual(['k', '', null])
  expect(parse('x').record.timestampMs).toBe(NOW_MS)
})

test('key and value stand around the first separator', () => {
  expect(shown('a:b:c', { keySeparator: readEscapes(':') })).toEqual(['a', 'b:c', null])
  expect(shown('::', { keySeparator: readEscapes('::') })).toEqual(['', '', null])
  expect(() => parse('abc', { keySeparator: readEscapes('\\t') })).toThrow('no key separator "\\t"')
})

test('null is what was said to mean it, and nothing else', () => {
  const format = { keySeparator: readEscapes(':'), nullMarker: 'NULL' }
  expect(shown('NULL:NULL', format)).toEqual([null, null, null])
  expect(shown('NULL:NULLS', format)).toEqual([null, 'NULLS', null])
  expect(shown('NULL')).toEqual([null, 'NULL', null])
  expect(shown('dead', { tombstones: true })).toEqual(['dead', null, null])
})

test('headers of all records come before those of one', () => {
  const line = '{"value":"v","headers":[{"key":"a","value":"2"},{"key":"b","value":null}]}'
  const { headers } = parse(line, { json: true, headers: [['a', '1']] }).record
  expect(headers?.map(({ key, value }) => [key, value && String(Buffer.from(value))])).toEqual([
    ['a', '1'],
    ['a', '2'],
    ['b', null],
  ])
  expect(parse('{"headers":{"x":"1"}}', { json: true }).record.headers).toHaveLength(1)
})

test('what consume prints as JSON, produce reads as the same record', () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 40 }))
  const record = fc.record({
    offset: fc.nat(),
    timestampMs: fc.oneof(fc.constant(-1), fc.nat()),
    key: bytes,
    value: bytes,
    headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes })),
  })
  const format = compileFormat('json', { nullText: '' })
  fc.assert(
    fc.property(record, fc.nat(50), (given, partition) => {
      const writer = new Writer()
      format({ topic: 't', partition, record: given }, writer)
      const line = Buffer.from(writer.finish()).toString().trimEnd()
      const read = parse(line, { json: true })
      const plain = (value: Uint8Array | null | undefined) => value && Buffer.from(value)
      expect(read.partition).toBe(partition)
      expect(read.record.timestampMs).toBe(given.timestampMs)
      expect(plain(read.record.key)).toEqual(plain(given.key))
      expect(plain(read.record.value)).toEqual(plain(given.value))
      expect(read.record.headers?.map((header) => [header.key, plain(header.value)])).toEqual(
        given.headers.map((header) => [header.key, plain(header.value)]),
      )
    }),
  )
})

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'no object'],
  ['{"valeu":"x"}', 'no field "valeu"'],
  ['{"value":1}', 'neither text nor null'],
  ['{"value":"a","valueBase64":"YQ=="}', 'both value and valueBase64'],
  ['{"valueBase64":"%"}', 'not base64'],
  ['{"partition":-1}', 'partition'],
  ['{"timestamp":"now"}', 'timestamp'],
  ['{"headers":[1]}', 'one of its headers is no object'],
  ['{"headers":[{"value":"x"}]}', 'has no key'],
])('%s is refused', (line, why) => {
  expect(() => parse(line, { json: true })).toThrow(why)
})
