// Goal: of hundreds of produces that wait for one partition's followers, none looks at the appends
// of the others, and all learn what decides about them: the high watermark, and who leads.
// Method: a partition with three replicas on a log in memory, two watchers that count.
import { expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { ManualClock } from '../log/fixture.ts'
import { openPartition } from './partition-fixture.ts'

const IDS = [1, 2, 3].map(asNodeId)

test('an append wakes no one who waits for a commit; commits and leadership do', () => {
  const broker = () => ({ isActive: true, brokerEpoch: 7 })
  const { partition, tell, append } = openPartition(0, new ManualClock(), { broker })
  tell({ replicas: IDS, isr: IDS, leaderEpoch: 1 })
  const wakes = { appends: 0, commits: 0 }
  partition.watch(() => (wakes.appends += 1))
  const stop = partition.watchCommits(() => (wakes.commits += 1))
  expect(partition.watcherCount).toBe(2)

  append()
  append()
  expect(wakes).toEqual({ appends: 2, commits: 0 })

  for (const nodeId of IDS.slice(1))
    partition.read({
      ...{ currentLeaderEpoch: 1, fetchOffset: 2, lastFetchedEpoch: 1, isolation: 'log-end' },
      ...{ maxBytes: 1_000, atLeastOneBatch: true },
      follower: { nodeId, brokerEpoch: 7, flushedOffset: 0 },
    })
  expect(partition.log.highWatermark).toBe(2)
  expect(wakes).toEqual({ appends: 3, commits: 1 })

  tell({ replicas: IDS, isr: IDS, leader: asNodeId(2), leaderEpoch: 2 })
  expect(wakes).toEqual({ appends: 4, commits: 2 })

  stop()
  partition.resign()
  expect(wakes).toEqual({ appends: 5, commits: 2 })
})
