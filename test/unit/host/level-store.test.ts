// Goal: an open store locks its directory against every other process, and only for as long (S4).
// Method: a second process tries to open the same store while this one holds it, and after it let
// go.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../../src/host/level-store.ts'

let directory = ''
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lograft-store-'))
})
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true })
})

/** What another process hears when it opens the same database. */
function fromAnotherProcess(): string {
  const script = `
    import { Level } from 'level'
    const store = new Level(process.argv[1])
    await store.open().then(() => store.close()).then(
      () => console.log('opened'), (error) => console.log(error.cause?.code ?? error.code))`
  const args = ['--input-type=module', '-e', script, join(directory, 'store')]
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim()
}

test('while it is open nobody else gets in; afterwards everybody does', async () => {
  const store = await openStore(directory)
  expect(fromAnotherProcess()).toBe('LEVEL_LOCKED')
  await expect(openStore(directory)).rejects.toMatchObject({ code: 'DIRECTORY_LOCKED' })
  await store.close()
  expect(fromAnotherProcess()).toBe('opened')
})

test('the lock of a killed process is gone with it', async () => {
  const script = `
    import { Level } from 'level'
    await new Level(process.argv[1]).open()
    process.kill(process.pid, 'SIGKILL')`
  const args = ['--input-type=module', '-e', script, join(directory, 'store')]
  expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL')
  const store = await openStore(directory)
  await store.close()
})

test('bytes come back as they were, also by a store opened again', async () => {
  const key = Uint8Array.of(0, 255, 1)
  const value = Uint8Array.of(7, 0, 200)
  const store = await openStore(directory)
  await store.put(key, value, { sync: true })
  await store.close()
  const again = await openStore(directory)
  expect(new Uint8Array((await again.get(key)) ?? [])).toEqual(value)
  await again.close()
})

test('a place that cannot hold a store is named', async () => {
  fs.writeFileSync(join(directory, 'store'), 'a file where the directory should be')
  await expect(openStore(directory)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: expect.stringContaining(join(directory, 'store')) as string,
  })
})
