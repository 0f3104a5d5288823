/**
 * Goal: whoever watches can go on from whatever is held, is told when that is too long ago, and
 * holds the cluster's state after every entry, also of one that replaces what it removes.
 * Method: the feed and a watcher on a stream that keeps what is written, fed with records; what the
 * watcher was told, folded by a client's rules, is compared with a snapshot.
 */
import { describe, expect, test } from 'vitest'
import type { lograft } from '../../../../src/gen/lograft/admin/v1/admin.js'
import { applyEntry } from '../../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../../src/metadata/image.ts'
import type { MetadataRecord } from '../../../../src/metadata/records.ts'
import { ChangeFeed, HELD_RECORDS_MAX } from '../../../../src/rpc/admin/change-feed.ts'
import { ChangeWatcher } from '../../../../src/rpc/admin/change-watcher.ts'
import { changeMethods } from '../../../../src/rpc/admin/methods.ts'
import type { RpcError } from '../../../../src/rpc/status.ts'
import type { RpcStream } from '../../../../src/rpc/stream.ts'
import { HeldState } from '../../../support/held-state.ts'
import { broker, config, partition, topic, topicId } from '../../metadata/images.ts'

type WatchEvent = lograft.admin.v1.WatchEvent

/** A node's feed with what stands behind it, fed entry by entry. */
class Fed {
  readonly feed = new ChangeFeed()
  image: MetadataImage = EMPTY_IMAGE

  entry(...records: MetadataRecord[]): this {
    const entry = { offset: this.image.metadataOffset + 1, epoch: 1, records }
    this.image = applyEntry(this.image, entry)
    this.feed.onCommitted([entry])
    return this
  }

  watcher(afterOffset: number | null, { neverSnapshot = false, takes = Infinity } = {}) {
    const stream = new KeptStream(takes)
    const newest = () => this.image
    const options = { afterOffset, neverSnapshot, newest }
    return { stream, watcher: new ChangeWatcher(this.feed, stream, options) }
  }

  /** What somebody holds who begins now. */
  get things() {
    const { stream, watcher } = this.watcher(null)
    watcher.pump()
    return stream.held.things
  }
}

/** Takes as many messages as it is told, and says whether there is room for more. */
class KeptStream implements RpcStream<never, WatchEvent> {
  readonly peer = 'test'
  readonly unsentBytes = 0
  readonly held = new HeldState()
  error: RpcError | null = null
  takes: number

  constructor(takes: number) {
    this.takes = takes
  }

  write(event: WatchEvent): boolean {
    const { encode, decode } = changeMethods.watch.response
    this.held.apply(decode(encode(event)))
    this.takes -= 1
    return this.takes > 0
  }

  fail(error: RpcError): void {
    this.error = error
  }

  open(): void {}
  pause(): void {}
  resume(): void {}
  end(): void {}
}

const founded = () =>
  new Fed()
    .entry({ type: 'ClusterId', clusterId: 'AAAAAAAAAAAAAAAAAAAAAQ' }, broker(1), broker(2))
    .entry(topic(1, 'a'), config('a', 'retention.ms', '1'), partition(1, 0, [1, 2]))

describe('a watcher', () => {
  test('goes on from any entry that is held', () => {
    const fed = founded()
      .entry(config('', 'x', '1'))
      .entry(config('', 'x', '2'))
    for (let after = 0; after <= 3; after += 1) {
      const { stream, watcher } = fed.watcher(after)
      watcher.pump()
      expect([stream.held.snapshots, stream.held.entries]).toEqual([0, 3 - after])
    }
  })

  test('is told of what replaces and what removes', () => {
    const fed = founded()
    const { stream, watcher } = fed.watcher(null)
    watcher.pump()
    fed
      .entry({ type: 'RemoveTopic', topicId: topicId(1) }, topic(2, 'a'), partition(2, 0, [2]))
      .entry(config('a', 'retention.ms', '2'), broker(2, { fenced: true, brokerEpoch: 9 }))
      .entry({ type: 'UnregisterBroker', nodeId: broker(2).nodeId, brokerEpoch: 9 })
      .entry({ type: 'FeatureLevel', name: 'f', level: 3 })
      .entry({ type: 'FeatureLevel', name: 'f', level: 0 })
    watcher.pump()
    expect(stream.held.entries).toBe(5)
    const { 'feature f': feature, ...things } = stream.held.things
    expect(feature).toEqual({ name: 'f', level: 0 })
    expect(things).toEqual(fed.things)
  })

  test('is sent no more than it takes, and then the rest', () => {
    const fed = founded()
    const { stream, watcher } = fed.watcher(null, { takes: 1 })
    watcher.pump()
    fed.entry(config('', 'x', '1'))
    watcher.pump()
    expect([watcher.isBlocked, stream.takes]).toEqual([true, 0])
    stream.takes = Infinity
    watcher.drained()
    expect(stream.held.things).toEqual(fed.things)
  })

  test('of many changes at once is told in pieces that hold together', () => {
    const partitions = Array.from({ length: 2_500 }, (_, at) => partition(3, at, [1]))
    const fed = founded().entry(topic(3, 'large'), ...partitions)
    for (const after of [null, 1]) {
      const { stream, watcher } = fed.watcher(after)
      watcher.pump()
      expect(Object.keys(stream.held.things).length).toBeGreaterThan(after === null ? 2_500 : 2_499)
      expect(stream.held.offset).toBe(2)
    }
  })
})

describe('what is not held any more', () => {
  const forgotten = () => {
    const fed = founded()
    const partitions = Array.from({ length: 9_000 }, (_, at) => partition(3, at, [1]))
    fed.entry(topic(3, 'large'), ...partitions)
    for (let round = 0; round < 6; round += 1)
      fed.entry(
        ...partitions.map(({ topicId: id, partition: at }): MetadataRecord => {
          return { type: 'PartitionChange', topicId: id, partition: at, isr: [], leader: -1 }
        }),
      )
    return fed
  }

  test('has a bound', () => {
    expect(9_000 * 7).toBeGreaterThan(HELD_RECORDS_MAX)
    const { feed } = forgotten()
    expect([feed.imageAt(0), feed.holds(1), feed.holds(feed.endOffset)]).toEqual([
      null,
      false,
      true,
    ])
  })

  test('is replaced by a snapshot, unless none is wanted', () => {
    const fed = forgotten()
    const { stream, watcher } = fed.watcher(1)
    watcher.pump()
    expect([stream.held.snapshots, stream.held.offset]).toEqual([1, fed.image.metadataOffset])
    const refused = fed.watcher(1, { neverSnapshot: true })
    refused.watcher.pump()
    expect(refused.stream.error?.code).toBe('OUT_OF_RANGE')
  })

  test('a watcher that is so slow begins anew', () => {
    const fed = founded()
    const { stream, watcher } = fed.watcher(1)
    fed.feed.onSnapshot((fed.image = applyEntry(fed.image, { offset: 9, epoch: 1, records: [] })))
    watcher.pump()
    expect([stream.held.snapshots, stream.held.offset]).toEqual([1, 9])
    expect(stream.held.things).toEqual(fed.things)
  })

  test('of the future is waited for', () => {
    const fed = founded()
    const { stream, watcher } = fed.watcher(3)
    watcher.pump()
    fed
      .entry(config('', 'x', '1'))
      .entry(config('', 'x', '2'))
      .entry(config('', 'x', '3'))
    watcher.pump()
    expect([stream.held.snapshots, stream.held.entries, stream.held.offset]).toEqual([0, 1, 4])
    const never = fed.watcher(100)
    for (let beats = 0; beats < 20; beats += 1) never.watcher.beat()
    expect(never.stream.error?.code).toBe('OUT_OF_RANGE')
  })
})
