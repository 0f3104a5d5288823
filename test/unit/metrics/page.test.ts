// Goal: what is collected comes out in Prometheus' text format, whatever clients call their topics.
// Method: samples by hand, and the whole text.
import { expect, test } from 'vitest'
import { Durations, STEPS_SECONDS } from '../../../src/base/durations.ts'
import { collect, type Collected } from '../../../src/metrics/collection.ts'
import { familiesOf } from '../../../src/metrics/page.ts'
import { bounded, SERIES_MAX } from '../../../src/metrics/series.ts'

const pageOf = (collected: Collected) => [...familiesOf(collected)].join('')

test('nothing collected is an empty page', async () => {
  expect(pageOf(await collect([]))).toBe('')
})

test('families come in the order of the table, each with its help and its type', async () => {
  const collected = await collect([
    (put) => {
      put('lograft_leaders', 2)
      put('lograft_role_serving', 1, 'broker')
    },
    async (put) => {
      await Promise.resolve()
      put('lograft_role_serving', 0, 'controller')
      put('process_max_fds', Infinity)
    },
  ])
  expect(pageOf(collected)).toBe(
    `# HELP lograft_role_serving 1 while this role of the node serves, as /readyz says; else 0
# TYPE lograft_role_serving gauge
lograft_role_serving{role="broker"} 1
lograft_role_serving{role="controller"} 0
# HELP lograft_leaders Partitions that this broker leads
# TYPE lograft_leaders gauge
lograft_leaders 2
# HELP process_max_fds File descriptors that it may open
# TYPE process_max_fds gauge
process_max_fds +Inf
`,
  )
})

test('names that clients choose cannot break out of their quotes', async () => {
  const group = 'a "group"\nwith \\ and lograft_leaders 7'
  const page = pageOf(
    await collect([(put) => put('lograft_group_committed_offset', 5, group, 'topic', '0')]),
  )
  expect(page.split('\n')[2]).toBe(
    String.raw`lograft_group_committed_offset{group="a \"group\"\nwith \\ and lograft_leaders 7",topic="topic",partition="0"} 5`,
  )
})

test('a histogram counts what took at most so long, up to all of it', async () => {
  const durations = new Durations()
  durations.add(0.05)
  durations.add(0.1)
  durations.add(3, 2)
  durations.add(60_000)
  const collected = await collect([
    (put) => put('lograft_fsync_duration_seconds', durations, 'data'),
  ])
  const lines = pageOf(collected).trimEnd().split('\n').slice(2)
  const buckets = lines.filter((line) => line.includes('_bucket'))
  expect(buckets).toHaveLength(STEPS_SECONDS.length + 1)
  expect(buckets[0]).toBe('lograft_fsync_duration_seconds_bucket{log="data",le="0.0001"} 2')
  expect(buckets.find((line) => line.includes('le="0.0025"'))).toMatch(/ 2$/)
  expect(buckets.find((line) => line.includes('le="0.005"'))).toMatch(/ 4$/)
  expect(buckets.find((line) => line.includes('le="10"'))).toMatch(/ 4$/)
  expect(lines.slice(-3)).toEqual([
    'lograft_fsync_duration_seconds_bucket{log="data",le="+Inf"} 5',
    'lograft_fsync_duration_seconds_sum{log="data"} 60.00615',
    'lograft_fsync_duration_seconds_count{log="data"} 5',
  ])
})

test('of more than there is room for the first are taken, and the rest is counted', () => {
  const all = Array.from({ length: SERIES_MAX.topics + 7 }, (_, index) => index)
  const [taken, left] = bounded('topics', all)
  expect([taken.length, taken.at(-1), left]).toEqual([SERIES_MAX.topics, SERIES_MAX.topics - 1, 7])
})
