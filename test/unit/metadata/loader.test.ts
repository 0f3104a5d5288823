/**
 * Goal: publishers hear everything once, in order, and only after the start is over; a slow or a
 * failing one holds up nobody's correctness.
 * Method: publishers that write down what they are told; slow ones are released by the test.
 */
import { describe, expect, test } from 'vitest'
import { MetadataLoader } from '../../../src/metadata/loader.ts'
import type { MetadataPublisher } from '../../../src/metadata/publisher.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { imageOf, imageRecords } from '../../../src/metadata/snapshot.ts'
import { imageWith, topic } from './images.ts'

const entry = (offset: number, ...records: MetadataRecord[]) => ({ offset, epoch: 1, records })

/** A loader whose publishers `a` and `b` write into `told`; `a` waits when `slow` says so. */
function loader({ slow = false, failing = false } = {}) {
  const told: string[] = []
  const releases: (() => void)[] = []
  const publisher = (name: string): MetadataPublisher => ({
    name,
    onMetadataUpdate(delta, image) {
      const names = [...delta.topics.changed.values()].map((changed) => changed.name)
      told.push(`${name} ${delta.image.metadataOffset}→${image.metadataOffset} ${names.join()}`)
      if (name === 'a' && failing) throw new Error('broken')
      if (name === 'a' && slow) return new Promise((resolve) => releases.push(resolve))
    },
  })
  const faults: string[] = []
  const made = new MetadataLoader({
    publishers: [publisher('a'), publisher('b')],
    onFault: (name, error) => faults.push(`${name}: ${error.message}`),
  })
  return { loader: made, told, releases, faults }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('the metadata loader', () => {
  test('publishes nothing before it has caught up, then all of it at once', () => {
    const { loader: made, told } = loader()
    made.onCommitted([entry(0, topic(1)), entry(1, topic(2))])
    made.onCommitted([entry(2, topic(3))])
    expect(told).toEqual([])
    expect(made.committedImage.metadataOffset).toBe(2)
    made.onCaughtUp()
    expect(told).toEqual(['a -1→2 t1,t2,t3', 'b -1→2 t1,t2,t3'])
  })

  test('tells all publishers in their order, in the turn of the commit', () => {
    const { loader: made, told } = loader()
    made.onCaughtUp()
    made.onCommitted([entry(0, topic(1))])
    made.onCommitted([entry(1, topic(2))])
    expect(told).toEqual(['a -1→0 t1', 'b -1→0 t1', 'a 0→1 t2', 'b 0→1 t2'])
    expect(made.publishedImage).toBe(made.committedImage)
  })

  test('waits for a slow publisher and makes one update of what comes meanwhile', async () => {
    const { loader: made, told, releases } = loader({ slow: true })
    made.onCaughtUp()
    made.onCommitted([entry(0, topic(1))])
    made.onCommitted([entry(1, topic(2))])
    made.onCommitted([entry(2, topic(3))])
    const second = made.published(1)
    expect(told).toEqual(['a -1→0 t1'])
    expect([made.committedImage, made.publishedImage].map((i) => i.metadataOffset)).toEqual([2, -1])
    releases.shift()?.()
    await turn()
    expect(told.slice(1)).toEqual(['b -1→0 t1', 'a 0→2 t2,t3'])
    releases.shift()?.()
    await second
    expect(told.slice(3)).toEqual(['b 0→2 t2,t3'])
  })

  test('reports a publisher that fails and goes on with the next', () => {
    const { loader: made, told, faults } = loader({ failing: true })
    made.onCaughtUp()
    made.onCommitted([entry(0, topic(1))])
    expect(told).toEqual(['a -1→0 t1', 'b -1→0 t1'])
    expect(faults).toEqual(['a: broken'])
  })

  test('begins from a snapshot, and can be given another one later', () => {
    const { loader: made, told } = loader()
    const records = [...imageRecords(imageWith(topic(1)))]
    made.onSnapshot(imageOf({ endOffset: 5, epoch: 2, records }))
    made.onCommitted([entry(5, topic(2))])
    made.onCaughtUp()
    expect(told).toEqual(['a -1→5 t1,t2', 'b -1→5 t1,t2'])
    made.onSnapshot(imageOf({ endOffset: 9, epoch: 3, records: [topic(2), topic(3)] }))
    expect(told.slice(2)).toEqual(['a 5→8 t3', 'b 5→8 t3'])
    expect([...made.publishedImage.topics.byName.keys()]).toEqual(['t2', 't3'])
  })
})
