/**
 * How fast batches are given out: what lies in the tail cache, read again and again; what lies only
 * in segment files; and what a producer is writing meanwhile, to a consumer at the tail. The bare
 * loop sends the same bytes, in responses of the same size, from memory in all three.
 */
import { bytesPerSecond, compare } from '../compare.ts'
import type { ProducePlan } from '../load-plan.ts'
import type { Rig } from '../rig.ts'
import { bothSides } from '../rig.ts'
import type { Row } from '../row.ts'
import { megabytesPerSecond, throughputRow } from '../row.ts'
import type { Side } from '../side.ts'

const BATCHES = { recordBytes: 1_000, batchBytes: 100_000, inFlight: 5, acks: 1 } as const
const RECORDS_PER_BATCH = 100
const FETCH = { maxBytes: 1 << 20, minBytes: 1, maxWaitMs: 500 }
/** Well within the tail cache of 64 MiB. */
const TAIL_BATCHES = 300
/** What pushes the beginning out of the tail cache. */
const OLD_BATCHES = 1_200
const AS_LONG_AS_IT_TAKES_MS = 60_000
const TARGET = { limit: 0.6, aim: 0.9, better: 'more' } as const
const UNIT = { unit: 'MB/s', rate: megabytesPerSecond }

export async function measureFetch(rig: Rig): Promise<Row[]> {
  return [
    await reread(rig, 'fetch again from the tail cache', { batches: TAIL_BATCHES, target: TARGET }),
    await reread(rig, 'fetch from segment files', { batches: OLD_BATCHES }),
    await follow(rig),
  ]
}

/** Fills a topic of one partition, then reads its first batches over and over. */
function reread(
  rig: Rig,
  measure: string,
  { batches, target }: { batches: number; target?: typeof TARGET },
): Promise<Row> {
  const topic = `fetch-${batches}`
  return rig.withTopic({ name: topic, partitions: 1 }, async () => {
    await rig.resetBare('keep')
    for (const side of await bothSides(rig)) {
      // The bare loop keeps what is to be read, and no more.
      const requestsMax = side.name === 'bare' ? TAIL_BATCHES : batches
      await rig.load.run({
        ...producing(side, topic),
        durationMs: AS_LONG_AS_IT_TAKES_MS,
        requestsMax,
      })
    }
    const comparison = await compare(rig, bytesPerSecond, ({ address }) => {
      const untilOffset = TAIL_BATCHES * RECORDS_PER_BATCH
      return rig.load.run({
        ...{ type: 'fetch', ...FETCH, atEnd: 'again', durationMs: rig.pace.runMs },
        sources: [{ address, topic, partition: 0, fromOffset: 0, untilOffset }],
      })
    })
    return throughputRow(measure, comparison, { ...UNIT, ...(target ? { target } : {}) })
  })
}

/**
 * A reader beside a writer that goes as fast as it can: how fast records are written and read, up
 * to the moment when the reader has the last of them.
 */
function follow(rig: Rig): Promise<Row> {
  const topic = 'follow'
  return rig.withTopic({ name: topic, partitions: 1 }, async () => {
    const ends = { lograft: 0, bare: 0 }
    const comparison = await compare(rig, bytesPerSecond, async (side) => {
      const { address, name } = side
      if (name === 'bare') {
        await rig.resetBare('keep')
        ends.bare = 0
      }
      const requestsMax = Math.ceil(rig.pace.followBytes / BATCHES.batchBytes)
      const fromOffset = ends[name]
      const untilOffset = (ends[name] += requestsMax * RECORDS_PER_BATCH)
      const [read, written] = await Promise.all([
        rig.reader.run({
          ...{ type: 'fetch', ...FETCH, atEnd: 'wait', durationMs: AS_LONG_AS_IT_TAKES_MS },
          sources: [{ address, topic, partition: 0, fromOffset, untilOffset }],
        }),
        rig.load.run({
          ...producing(side, topic),
          ...{ durationMs: AS_LONG_AS_IT_TAKES_MS, requestsMax },
        }),
      ])
      return { ...read, loadCpuSeconds: Math.max(read.loadCpuSeconds, written.loadCpuSeconds) }
    })
    return throughputRow('written and read at the same time', comparison, UNIT)
  })
}

function producing({ address }: Side, topic: string): Omit<ProducePlan, 'durationMs'> {
  return { type: 'produce', address, topic, connections: 1, ...BATCHES }
}
