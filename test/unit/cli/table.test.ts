// Goal: tables line up and numbers read well.
// Method: a small table, and numbers at the borders.
import { expect, test } from 'vitest'
import { countOf, printBytes, printCount, table } from '../../../src/cli/table.ts'

test('columns are as wide as they must be, numbers stand to the right', () => {
  const rows = [
    ['orders', 12, '1,2', null],
    ['a-longer-name', 3, '', 7],
  ]
  expect(table(['NAME', 'N', 'ISR', 'END'], rows)).toBe(
    [
      'NAME            N  ISR  END',
      'orders         12  1,2    -',
      'a-longer-name   3         7',
      '',
    ].join('\n'),
  )
})

test('sizes and counts', () => {
  expect([0, 1023, 1024, 1536, 150 * 1024, 5 * 2 ** 30].map(printBytes)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '1.5 KiB',
    '150 KiB',
    '5.0 GiB',
  ])
  expect([0, 999, 1000, 1234567].map(printCount)).toEqual(['0', '999', '1,000', '1,234,567'])
  expect([countOf(1, 'record'), countOf(2, 'record')]).toEqual(['1 record', '2 records'])
})
