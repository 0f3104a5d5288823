// Goal: a view holds the last committed record of every key and nothing else, says how far it has
// come, holds the cleaner back to what is durable, and is thrown away whenever the log does not
// bear it out (S16, S17).
// Method: one replica over a real log, step by step; the database is looked into, or taken back.
import { expect, test } from 'vitest'
import { whyUnsound } from '../../../../src/coordinator/view/check-store.ts'
import { MemoryStore } from '../../../../src/host/memory-store.ts'
import { contentOf } from '../../log/cleaner/fixture.ts'
import { KeptLogger, TOPIC_ID } from '../../log/fixture.ts'
import {
  JournalStore,
  NAME,
  Replica,
  TOPIC,
  caughtUp,
  contentOfView,
  openViews,
} from './fixture.ts'

const utf8 = new TextEncoder()
const PARTITION = { topic: TOPIC, partition: 0 }

function begin({ store = new JournalStore(), replica = new Replica() } = {}) {
  const logger = new KeptLogger()
  const { views, failures } = openViews(replica, store, { logger })
  const view = views.follow(replica)
  const reasons = () => logger.lines.map(({ fields }) => fields['reason']).filter(Boolean)
  return { store, replica, views, view, failures, logger, reasons }
}

test('only what is committed gets in, and the last of each key', async () => {
  const { replica, view } = begin()
  await replica.add(['a', '1'], ['b', '1'], ['a', '2'])
  replica.append([['b', '2']])
  await view.untilApplied(3)
  expect(view.appliedOffset).toBe(3)
  expect(Object.fromEntries(await contentOfView(view))).toEqual({ a: '2', b: '1' })
  await replica.commit()
  await replica.add(['a', null])
  await view.untilApplied(5)
  expect(Object.fromEntries(await contentOfView(view))).toEqual({ b: '2' })
  expect(await view.get([utf8.encode('a'), utf8.encode('b')])).toEqual([null, utf8.encode('2')])
})

test('records whose keys begin alike come in the order of their keys, and no others', async () => {
  const { replica, view } = begin()
  await replica.add(['ab', '1'], ['b', '2'], ['aa', '3'], ['a', '4'], ['a\u{ff}', '5'])
  await view.untilApplied(5)
  const keys: string[] = []
  for await (const { key } of view.beginningWith(utf8.encode('a')))
    keys.push(new TextDecoder().decode(key))
  expect(keys).toEqual(['a', 'aa', 'ab', 'a\u{ff}'])
})

test('whoever waits for an offset is told, or that it will not come', async () => {
  const { replica, views, view } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  const abort = new AbortController()
  const given = view.untilApplied(2, abort.signal)
  const waits = view.untilApplied(2)
  abort.abort(new Error('given up'))
  await expect(given).rejects.toThrow('given up')
  await replica.add(['a', '2'])
  await waits
  const never = view.untilApplied(9)
  await views.close()
  await expect(never).rejects.toMatchObject({ code: 'VIEW_CLOSED' })
  await expect(view.untilApplied(0)).rejects.toMatchObject({ code: 'VIEW_CLOSED' })
})

test('it goes on where it was, without reading what it has', async () => {
  const { replica, view, views, store } = begin()
  await replica.add(['a', '1'], ['b', '1'])
  await view.untilApplied(2)
  await views.close()
  const writes = store.writes.length
  const again = begin({ replica, store })
  await replica.add(['a', '2'])
  await again.view.untilApplied(3)
  expect(again.reasons()).toEqual([])
  // One entry and the position.
  const [last] = store.writes.slice(writes)
  expect(last?.operations).toHaveLength(2)
  expect(await contentOfView(again.view)).toEqual(replica.folded)
})

test('a view of another leader epoch is folded again', async () => {
  const { replica, view, views, store, reasons } = begin()
  await replica.add(['a', '1'])
  await replica.add(['b', '1'])
  await view.untilApplied(2)
  await views.close()
  expect(reasons()).toEqual([])
  replica.truncateTo(1)
  await replica.add(['c', '1'], ['d', '1'])
  const again = begin({ replica, store })
  await caughtUp(again.view, replica)
  expect(again.reasons()).toEqual(['it is of another leader epoch'])
  expect(await contentOfView(again.view)).toEqual(replica.folded)
})

test('a view that is ahead of the log is folded again', async () => {
  const { replica, view, views, store } = begin()
  await replica.add(['a', '1'])
  await replica.add(['b', '1'])
  await view.untilApplied(2)
  await views.close()
  replica.truncateTo(1)
  const again = begin({ replica, store })
  await again.view.untilApplied(1)
  expect(again.reasons()).toEqual(['it is ahead of the log'])
  expect(await contentOfView(again.view)).toEqual(replica.folded)
})

test('what is truncated although it was committed is not read for one moment', async () => {
  const { replica, view, reasons } = begin()
  await replica.add(['a', '1'])
  await replica.add(['b', '1'])
  await view.untilApplied(2)
  replica.truncateTo(1)
  expect(view.appliedOffset).toBe(-1)
  expect(view.durableOffset).toBe(0)
  await view.untilApplied(1)
  expect(reasons()).toEqual(['it is ahead of the log'])
  expect(await contentOfView(view)).toEqual(replica.folded)
})

test('a truncation is noticed by whoever asks, before anybody tells', async () => {
  const { replica, view } = begin()
  await replica.add(['a', '1'])
  await replica.add(['b', '1'])
  await view.untilApplied(2)
  replica.log.truncateTo(1)
  expect(view.appliedOffset).toBe(-1)
})

test('what is truncated while it is written does not count as applied', async () => {
  const { replica, view, store } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  let isApplied = false
  const waits = view.untilApplied(2).then(() => (isApplied = true))
  let isFirst = true
  store.onBatch(() => {
    if (isFirst) replica.truncateTo(1)
    isFirst = false
  })
  const isBackAtOne = new Promise<void>((resolve) => {
    view.watch(() => (view.appliedOffset === 1 ? resolve() : undefined))
  })
  await replica.add(['b', '1'])
  await isBackAtOne
  expect(isApplied).toBe(false)
  await replica.add(['c', '1'])
  await waits
  expect(await contentOfView(view)).toEqual(replica.folded)
})

test('a log that begins again elsewhere empties the view', async () => {
  const { replica, view, reasons } = begin()
  await replica.add(['a', '1'], ['b', '1'])
  await view.untilApplied(2)
  replica.beginAgainAt(500)
  expect(reasons()).toEqual(['the log begins behind it'])
  await view.untilApplied(500)
  expect(await contentOfView(view)).toEqual(new Map())
  await replica.add(['c', '1'])
  await view.untilApplied(501)
  expect(Object.fromEntries(await contentOfView(view))).toEqual({ c: '1' })
})

test('the cleaner does not pass what is durable in the view', async () => {
  const { replica, view } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  replica.log.roll()
  await replica.add(['a', '2'])
  await view.untilApplied(2)
  expect(view.durableOffset).toBe(0)
  await replica.compact()
  expect(replica.log.cleaning.cleanedOffset).toBe(0)
  await replica.add(['a', '3'])
  await view.untilApplied(3)
  expect(view.durableOffset).toBeGreaterThanOrEqual(2)
  await replica.compact()
  expect(replica.log.cleaning.cleanedOffset).toBe(2)
})

/** A copy of the store with `a` in it: of the tombstone that came later the log has no trace. */
async function missTombstone({ replica, view, views, store }: ReturnType<typeof begin>) {
  await replica.add(['a', '1'], ['b', '1'])
  await view.untilApplied(2)
  const old = store.copy()
  await replica.add(['a', null])
  for (const value of ['2', '3', '4', '5']) {
    replica.clock.advance(1_000)
    await replica.add(['b', value])
    await caughtUp(view, replica)
    await replica.compact()
  }
  await views.close()
  expect(contentOf(replica.log).records.filter(({ key }) => key === 'a')).toEqual([])
  return old
}

test('an old copy of the database that missed a tombstone is folded again', async () => {
  const first = begin()
  const { replica } = first
  const old = await missTombstone(first)
  expect(replica.cleaner.cleanedOffset({ topic: TOPIC, partition: 0 })).toBeGreaterThan(2)
  const again = begin({ replica, store: old })
  await caughtUp(again.view, replica)
  expect(again.reasons()).toEqual(['the log was compacted beyond it'])
  expect(await contentOfView(again.view)).toEqual(replica.folded)
  expect(again.logger.messages('info')).toContain('view folded from the log')
})

test('without a word from the cleaner, records that are missing tell', async () => {
  const first = begin()
  const { replica } = first
  const old = await missTombstone(first)
  const cleaner = { cleanedOffset: () => 0, holdBack: () => () => {} }
  const { views } = openViews(replica, old, { cleaner })
  const view = views.follow(replica)
  await caughtUp(view, replica)
  expect(await contentOfView(view)).toEqual(replica.folded)
})

test('entries of a partition that is gone go, also when that is interrupted', async () => {
  const { replica, view, views, store } = begin()
  const many = Array.from({ length: 2_500 }, (_, index) => [`key ${index}`, 'x'] as const)
  for (let from = 0; from < many.length; from += 5) replica.append(many.slice(from, from + 5))
  await replica.commit()
  await caughtUp(view, replica)
  await views.forget(NAME)
  expect(await everything(store)).toBe(0)
  // Two pieces of three are out.
  const half = store.copy(store.writes.length - 2)
  expect(await everything(half)).toBe(501)
  expect(await whyUnsound(half)).toBe(null)
  const other = new Replica()
  await other.add(['key 2', 'y'])
  const again = begin({ replica: other, store: half })
  await again.view.untilApplied(1)
  expect(await contentOfView(again.view)).toEqual(other.folded)
})

async function everything(store: JournalStore): Promise<number> {
  const all = { gte: Uint8Array.of(0), lt: Uint8Array.of(255) }
  return (await store.iterator(all).nextv(1_000_000)).length
}

test('what is forgotten and followed again at once is folded again', async () => {
  const { replica, view, views, failures } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  const gone = views.forget(NAME)
  const again = views.follow(replica)
  await gone
  await again.untilApplied(1)
  expect(await contentOfView(again)).toEqual(replica.folded)
  expect(failures).toEqual([])
})

test('views nobody wants any more are forgotten', async () => {
  const { replica, view, views, store } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  await views.close()
  const { views: later } = openViews(replica, store)
  await later.retain(() => true)
  await later.retain(({ topicId, partition }) => topicId !== TOPIC_ID || partition !== 0)
  await later.forget(NAME)
  expect(await everything(store)).toBe(0)
})

test('a database that fails stops the node, and nobody waits for ever', async () => {
  const { replica, view, failures, store } = begin()
  await replica.add(['a', '1'])
  await view.untilApplied(1)
  store.onBatch(() => {
    throw new Error('no space')
  })
  const waits = view.untilApplied(2)
  await replica.add(['a', '2'])
  await expect(waits).rejects.toMatchObject({ code: 'VIEW_CLOSED' })
  expect(failures).toHaveLength(1)
  expect(failures[0]?.message).toContain('no space')
})

test('a store in memory serves the next life, and a life that has ended no more', async () => {
  const level = await MemoryStore.create()
  const store = MemoryStore.of(level)
  const replica = new Replica()
  const { views } = openViews(replica, store)
  const view = views.follow(replica)
  await replica.add(['a', '1'], ['b', '1'])
  await view.untilApplied(2)
  expect(await contentOfView(view)).toEqual(replica.folded)
  await views.close()
  await store.close()
  await expect(view.get([utf8.encode('a')])).rejects.toMatchObject({ code: 'STORE_FAILED' })
  const next = MemoryStore.of(level)
  expect(await whyUnsound(next)).toBe(null)
  const { views: later } = openViews(replica, next)
  const again = later.follow(replica)
  await again.untilApplied(2)
  expect(await contentOfView(again)).toEqual(replica.folded)
  await later.close()
})

test('its digest is that of its entries, whatever is written over and over', async () => {
  const { replica, view, store } = begin()
  const histories = [
    ...[['a', '1'] as const, ['a', null] as const, ['a', '2'] as const, ['b', null] as const],
    ...[['b', '1'] as const, ['b', '1'] as const, ['a', '3'] as const, ['b', null] as const],
    ...[['a', null] as const, ['a', null] as const, ['b', '2'] as const],
  ]
  for (const [index, entry] of histories.entries()) {
    await replica.add(entry)
    await view.untilApplied(index + 1)
    expect([index, await whyUnsound(store)]).toEqual([index, null])
  }
  // And of one that begins again, and of which nothing is known at first.
  replica.truncateTo(4)
  await replica.add(['a', '4'], ['b', '3'])
  await caughtUp(view, replica)
  expect(await whyUnsound(store)).toBeNull()
  expect(Object.fromEntries(await contentOfView(view))).toEqual({ a: '4', b: '3' })
})

test('one that is closed holds the cleaner back still, and goes on where it was', async () => {
  const { replica, views, view, store } = begin()
  await replica.add(['a', '1'], ['b', '1'])
  await view.untilApplied(2)
  await views.close()
  await replica.add(['a', '2'], ['a', null], ['b', '2'])
  await replica.compact()
  expect(replica.cleaner.cleanedOffset(PARTITION)).toBeLessThanOrEqual(2)
  const again = begin({ replica, store })
  await caughtUp(again.view, replica)
  expect(again.reasons()).toEqual([])
  expect(await contentOfView(again.view)).toEqual(replica.folded)
})
