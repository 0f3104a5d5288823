// Goal: whatever happens to the files of the database while the node is down, the views are the
// fold of the log afterwards: with any byte of any file flipped, with files missing, with all of
// them gone, and with those of an earlier day, also when the log was compacted since.
// Method: a small LevelDB with tables, their filters and indexes, and a log of writes, opened the
// way a node does it; by default a sample of the bytes (TEST_FULL=1: every byte, two ways).
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { whyUnsound } from '../../../../src/coordinator/view/check-store.ts'
import { lockStore } from '../../../../src/host/level-store.ts'
import { Replica, caughtUp, contentOfView, openViews } from './fixture.ts'

const IS_FULL = process.env['TEST_FULL'] === '1'
const STRIDE = IS_FULL ? 1 : 31

let directory = ''
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lograft-views-'))
})
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true })
})

const storePath = () => join(directory, 'store', 'views')

/** One life of the node: the views catch up and are compared; resolves to why it began empty. */
async function live(replica: Replica, work = () => Promise.resolve()): Promise<string | null> {
  const { store, thrownAway, close } = await lockStore(directory, whyUnsound)
  const { views, failures } = openViews(replica, store)
  const view = views.follow(replica)
  await caughtUp(view, replica)
  expect(await contentOfView(view)).toEqual(replica.folded)
  await work()
  await caughtUp(view, replica)
  expect(await contentOfView(view)).toEqual(replica.folded)
  await views.close()
  await close()
  expect(failures).toEqual([])
  return thrownAway
}

/** Some of it in tables, some in the log of writes; keys changed and deleted. */
async function grow(replica: Replica): Promise<void> {
  for (const round of [1, 2, 3])
    await live(replica, async () => {
      for (let index = 0; index < 8; index += 1)
        await replica.add([`group-${index}`, `offset ${round}`], [`other ${round} ${index}`, 'x'])
      await replica.add(['group-3', round === 2 ? null : 'again'])
    })
}

const filesOf = (path: string) => fs.readdirSync(path).filter((name) => name !== 'LOCK')

function* flips(copy: string): Generator<{ name: string; bytes: Buffer; at: number }> {
  let skipped = 0
  for (const name of filesOf(copy)) {
    // What LevelDB writes about itself, and nobody reads.
    if (name.startsWith('LOG')) continue
    const sound = fs.readFileSync(join(copy, name))
    for (let at = 0; at < sound.byteLength; at += 1) {
      skipped += 1
      if (skipped % STRIDE !== 0) continue
      for (const mask of IS_FULL ? [0x01, 0xff] : [at % 2 === 0 ? 0x01 : 0xff]) {
        const bytes = Buffer.from(sound)
        bytes[at] = (sound[at] as number) ^ mask
        yield { name, bytes, at }
      }
    }
  }
}

function restore(copy: string): void {
  fs.rmSync(storePath(), { recursive: true, force: true })
  fs.cpSync(copy, storePath(), { recursive: true })
}

test('with any byte flipped', { timeout: 1_800_000 }, async () => {
  const replica = new Replica()
  await grow(replica)
  const copy = join(directory, 'copy')
  fs.cpSync(storePath(), copy, { recursive: true })
  let thrownAway = 0
  for (const { name, bytes, at } of flips(copy)) {
    restore(copy)
    fs.writeFileSync(join(storePath(), name), bytes)
    const why = await live(replica).catch((thrown: unknown) => {
      throw new Error(`byte ${at} of ${name}`, { cause: thrown })
    })
    if (why !== null) thrownAway += 1
  }
  expect(thrownAway).toBeGreaterThan(0)
})

test('without any one of its files, and without all of them', async () => {
  const replica = new Replica()
  await grow(replica)
  const copy = join(directory, 'copy')
  fs.cpSync(storePath(), copy, { recursive: true })
  for (const name of filesOf(copy)) {
    restore(copy)
    fs.rmSync(join(storePath(), name))
    await live(replica)
  }
  fs.rmSync(storePath(), { recursive: true })
  expect(await live(replica)).toBe(null)
})

test('with the files of an earlier day, also when the log was compacted since', async () => {
  const replica = new Replica()
  await grow(replica)
  const copy = join(directory, 'copy')
  fs.cpSync(storePath(), copy, { recursive: true })
  await live(replica, () => replica.add(['group-1', null], ['group-2', 'later']))
  restore(copy)
  await live(replica)
  await live(replica, async () => {
    for (const value of ['p', 'q', 'r']) {
      replica.clock.advance(1_000)
      await replica.add(['group-4', value])
    }
  })
  await live(replica, () => replica.compact())
  restore(copy)
  expect(await live(replica)).toBe(null)
})

test('what else is in it is none of ours, so all of it goes', async () => {
  const replica = new Replica()
  await grow(replica)
  const { store, close } = await lockStore(directory, whyUnsound)
  await store.put(Uint8Array.of(9, 9), Uint8Array.of(1))
  await close()
  expect(await live(replica)).toBe('it holds a key that is none of ours')
  expect(await live(replica)).toBe(null)
})
