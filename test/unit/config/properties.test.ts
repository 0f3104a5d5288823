// Goal: a .properties file means here exactly what it means to java.util.Properties.
// Method: the tricky cases of its documentation one by one, and a round trip of arbitrary entries
// through our own printer.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatProperty, parseProperties } from '../../../src/config/properties.ts'

const pairs = (text: string) =>
  parseProperties(text).entries.map(({ key, value }) => [key, value] as const)

describe('separators', () => {
  test.each([
    ['a=b', 'a', 'b'],
    ['a:b', 'a', 'b'],
    ['a b', 'a', 'b'],
    ['a\tb', 'a', 'b'],
    ['a = b', 'a', 'b'],
    ['  a   :   b', 'a', 'b'],
    ['a==b', 'a', '=b'],
    ['a = = b', 'a', '= b'],
    ['a b=c', 'a', 'b=c'],
    ['a', 'a', ''],
    ['a=', 'a', ''],
    ['=b', '', 'b'],
    ['a\\=b=c', 'a=b', 'c'],
    ['a\\:b:c', 'a:b', 'c'],
    ['a\\ b c', 'a b', 'c'],
    ['a=b  ', 'a', 'b  '],
    ['listeners=PLAINTEXT://:9092', 'listeners', 'PLAINTEXT://:9092'],
  ])('%j', (text, key, value) => {
    expect(pairs(text)).toEqual([[key, value]])
  })
})

describe('lines', () => {
  test.each([
    ['comments of both kinds, indented or not', '# a=1\n! b=2\n  # c=3\nd=4', [['d', '4']]],
    ['a comment sign in a value is part of it', 'a=b # c', [['a', 'b # c']]],
    ['empty and blank lines', '\n \t\na=1\n\n', [['a', '1']]],
    [
      'all three ends of a line',
      'a=1\r\nb=2\rc=3\n',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
    ],
    ['a continuation loses its indent', 'a=b,\\\n    c', [['a', 'b,c']]],
    ['a continuation over \\r\\n', 'a=b,\\\r\n  c', [['a', 'b,c']]],
    ['a continuation within a key', 'ab\\\n  c=d', [['abc', 'd']]],
    ['a comment does not continue', '# a \\\nb=1', [['b', '1']]],
    ['a continuation is no comment', 'a=b\\\n# c', [['a', 'b# c']]],
    [
      'two backslashes do not continue',
      'a=b\\\\\nc=d',
      [
        ['a', 'b\\'],
        ['c', 'd'],
      ],
    ],
    ['three backslashes do', 'a=b\\\\\\\nc', [['a', 'b\\c']]],
    [
      'a blank line ends a continuation',
      'a=b\\\n\nc=d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a backslash at the end of the file', 'a=b\\', [['a', 'b']]],
    ['a byte order mark', '\uFEFFa=1', [['a', '1']]],
    [
      'the same key twice',
      'a=1\na=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('%s', (_, text, entries) => {
    expect(pairs(text)).toEqual(entries)
  })

  test('each entry knows the line it begins on', () => {
    const { entries } = parseProperties('# one\na=1\nb=2,\\\n  3\n\nc=4')
    expect(entries.map(({ key, line }) => [key, line])).toEqual([
      ['a', 2],
      ['b', 3],
      ['c', 6],
    ])
  })
})

describe('escapes', () => {
  test.each([
    ['a=\\t\\n\\r\\f', '\t\n\r\f'],
    ['a=\\u00e9\\u20AC', 'é€'],
    ['a=\\\\', '\\'],
    ['a=\\#\\!\\=\\:\\ ', '#!=: '],
  ])('%j', (text, value) => {
    expect(pairs(text)).toEqual([['a', value]])
    expect(parseProperties(text).warnings).toEqual([])
  })

  test('an unfinished \\u is a problem, with its line', () => {
    const { problems } = parseProperties('a=1\nb=\\u12')
    expect(problems).toEqual([
      { line: 2, message: '\\u12 is no character; \\u wants four hexadecimal digits' },
    ])
  })

  test('a backslash that Java drops in silence is a warning', () => {
    const { entries, warnings } = parseProperties('log.dirs=C:\\data')
    expect(entries[0]?.value).toBe('C:data')
    expect(warnings).toEqual([
      { line: 1, message: 'the backslash of \\d is dropped; write \\\\ where one is meant' },
    ])
  })
})

test('what is printed is read back', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (entries) => {
      const printed = entries.map(([key, value]) => formatProperty(key, value)).join('\n')
      const read = parseProperties(printed)
      expect(read.problems).toEqual([])
      expect(read.warnings).toEqual([])
      expect(read.entries.map(({ key, value }) => [key, value])).toEqual(entries)
    }),
  )
})

test('no text makes it throw', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('\\', 'u', '0', 'n', '=', ':', ' ', '\n', '\r', '#', 'a'),
  })
  fc.assert(fc.property(nasty, (text) => void parseProperties(text)))
})
