// Goal: a dump of the store says how far each view has come and what is committed in it, and of a
// damaged one that it is; it changes nothing. Method: a store as the node writes it, in a folder.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import { isProblem } from '../../../src/cli/dump-line.ts'
import { dumpStore } from '../../../src/cli/dump-store.ts'
import { encodeRecord } from '../../../src/coordinator/groups/records.ts'
import { Digest } from '../../../src/coordinator/view/digest.ts'
import {
  encodePosition,
  entryKey,
  entryPrefix,
  positionKey,
} from '../../../src/coordinator/view/view-format.ts'
import { lockStore } from '../../../src/host/level-store.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'

const NAME = { topicId: asTopicId('Zm9vYmFyYmF6cXV4MTIzNA'), partition: 7 }

let directory: TempDir
beforeAll(async () => (directory = await tempDir()))
afterAll(() => directory[Symbol.asyncDispose]())

async function textsOf(records: boolean): Promise<readonly string[]> {
  const texts: string[] = []
  for await (const line of dumpStore(join(directory.path, 'store'), { records }))
    texts.push(isProblem(line) ? `PROBLEM ${line.why}` : line.text)
  return texts
}

const committed = encodeRecord({
  type: 'offset',
  groupId: 'g',
  topic: 'orders',
  partition: 3,
  committed: { offset: 42, leaderEpoch: -1, metadata: '', commitTimeMs: 0, expireTimeMs: -1 },
})

test('views, entries when asked, and what is wrong', async () => {
  const { store, close } = await lockStore(directory.path, () => Promise.resolve(null))
  const digest = new Digest()
  const value = committed.value as Uint8Array
  digest.add(committed.key, value)
  const key = positionKey(NAME)
  const position = encodePosition(key, { appliedOffset: 9, leaderEpoch: 2, digest })
  await store.put(key, position)
  await store.put(entryKey(entryPrefix(NAME), committed.key), value)
  await close()

  const view = `view of topic id ${NAME.topicId}, partition 7: applied 9  epoch 2`
  const before = fs.readdirSync(join(directory.path, 'store', 'views'))
  expect(await textsOf(false)).toEqual([view])
  const entry = 'group "g"  orders-3  offset 42  1970-01-01T00:00:00.000Z'
  expect(await textsOf(true)).toEqual([view, entry])
  expect(fs.readdirSync(join(directory.path, 'store', 'views'))).toEqual(before)

  const again = await lockStore(directory.path, () => Promise.resolve(null))
  await again.store.put(entryKey(entryPrefix(NAME), Uint8Array.of(1)), Uint8Array.of(2))
  await again.close()
  const [problem, ...rest] = await textsOf(true)
  expect(problem).toContain('PROBLEM the entries of')
  expect(rest).toContain(view)
})

test('a store that cannot be opened is a problem', async () => {
  fs.writeFileSync(join(directory.path, 'store', 'views', 'CURRENT'), 'nonsense')
  const [problem] = await textsOf(false)
  expect(problem).toContain('PROBLEM it cannot be opened')
})
