/**
 * Goal: what is in a list from the first page to the last is told once, in order, whatever comes
 * and goes between pages; and a page has a size.
 * Method: lists that change at random between pages, against what was there throughout.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFirst, pageOf, partitionKey, topicIn } from '../../../src/rpc/admin/paging.ts'

const pageIn = (items: readonly string[], page: { size: number; token: string } | null) =>
  pageOf(page, { list: 'names', itemsAfter: () => [...items].sort(), keyOf: (name) => name })

const name = fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }).map((text) => `/${text}`)

test('what stays is told once and in order, and nothing is told twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 30 }),
      fc.array(fc.uniqueArray(name, { maxLength: 30 }), { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (staying, passing, size) => {
        const told: string[] = []
        let token = ''
        for (const others of passing) {
          const page = pageIn([...new Set([...staying, ...others])], { size, token })
          expect(page.items.length).toBeLessThanOrEqual(size)
          told.push(...page.items)
          token = page.nextPageToken
          if (token === '') break
        }
        // As many pages as there can be things.
        fc.pre(token === '')
        expect([...new Set(told)].sort()).toEqual(told)
        expect(told.filter((one) => staying.includes(one))).toEqual([...staying].sort())
      },
    ),
  )
})

test('0 is 100, 1,000 is the most; a full page that is the last says so', () => {
  const many = Array.from({ length: 1_001 }, (_, index) => partitionKey('t', index))
  const sizeOf = (size: number) => pageIn(many, { size, token: '' }).items.length
  expect([0, 1, 999, 1_000].map(sizeOf)).toEqual([100, 1, 999, 1_000])
  expect(pageIn(many, null).items).toHaveLength(100)
  expect(() => sizeOf(1_001)).toThrow(expect.objectContaining({ field: 'page.size' }) as Error)
  expect(pageIn(['a', 'b'], { size: 2, token: '' })).toEqual({
    items: ['a', 'b'],
    nextPageToken: '',
  })
})

test.each(['nonsense', '*', Buffer.from('other\na').toString('base64url'), 'x'.repeat(10_000)])(
  'the token %.20s is none of this list',
  (token) => {
    expect(() => pageIn(['a'], { size: 1, token })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', field: 'page.token' }) as Error,
    )
  },
)

test('partitions are in the order of topics, then of numbers', () => {
  const keys = [
    ...[partitionKey('a', 2), partitionKey('a', 10), partitionKey('a-b', 0), partitionKey('ab', 0)],
  ]
  expect([...keys].sort()).toEqual(keys)
  expect(keys.map(topicIn)).toEqual(['a', 'a', 'a-b', 'ab'])
  expect([null, { size: 0, token: '' }, { size: 0, token: 'x' }].map(isFirst)).toEqual([
    ...[true, true, false],
  ])
})

test('behind the longest name that a group may have there is a next page', () => {
  const longest = `/${'g'.repeat(32_767)}`
  const { nextPageToken: token } = pageIn([longest, '/h'], { size: 1, token: '' })
  expect(pageIn([longest, '/h'], { size: 1, token }).items).toEqual(['/h'])
})
