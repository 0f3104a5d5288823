// Goal: the lag of a group in all is never told as less than it is.
// Method: the line about a group, with partitions of which something is committed or nothing.
import { expect, test } from 'vitest'
import { printGroup } from '../../../src/cli/group-description.ts'

const nobody = { member: null, host: null, client: null }
const known = { committedOffset: 3, endOffset: 1_003, lag: 1_000 }
const unknown = { committedOffset: null, endOffset: 80, lag: null }

test.each([
  [[], 'lag 0'],
  [[known, known], 'lag 2,000'],
  [[known, unknown], 'lag 1,000, unknown in 1 partition'],
  [[unknown, unknown], 'lag unknown in 2 partitions'],
])('%j', (offsets, lag) => {
  const [title] = printGroup({
    ...{ group: 'billing', state: 'Empty', protocol: null, coordinator: 1, members: [] },
    partitions: offsets.map((one, partition) => ({
      ...{ topic: 'orders', partition, ...one },
      ...nobody,
    })),
  }).split('\n')
  expect(title).toBe(`billing: Empty, 0 members, coordinator 1, ${lag}`)
})
