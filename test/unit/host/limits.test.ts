// Goal: the limit on open files is the one the system enforces, and running into it is told apart
// from a failing disk.
// Method: a process of its own whose limit is set by the shell opens files until it is refused.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openFilesLimit } from '../../../src/host/limits.ts'

const source = (name: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../../src/host/${name}`, import.meta.url)))

const SCRIPT = `
  import { openFilesLimit } from ${source('limits.ts')}
  import { hostDisk } from ${source('disk.ts')}
  const limit = openFilesLimit()
  const files = []
  const codes = []
  try {
    for (;;) files.push(hostDisk.open('/dev/null', 'read'))
  } catch (error) {
    codes.push(error.code)
  }
  try {
    hostDisk.syncDirectory('/')
  } catch (error) {
    codes.push(error.code)
  }
  const refused = await hostDisk.syncDirectoryInBackground('/').catch((error) => error.code)
  for (const file of files.splice(0, 40)) file.close()
  console.log(JSON.stringify({ limit, open: files.length, codes: [...codes, refused] }))
`

test('the limit of this process is a number', () => {
  expect(openFilesLimit()).toBeGreaterThanOrEqual(32)
})

// Only Linux has the shell and the files this needs for certain.
test.runIf(process.platform === 'linux')('beyond the limit everything is TOO_MANY_FILES', () => {
  const output = execFileSync(
    '/bin/sh',
    [
      '-c',
      'ulimit -n 300 && exec "$0" --import tsx --input-type=module -e "$1"',
      process.execPath,
      SCRIPT,
    ],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
  )
  const found = JSON.parse(output) as { limit: number; open: number; codes: string[] }
  expect(found.limit).toBe(300)
  expect(found.open).toBeLessThan(300)
  expect(found.codes).toEqual(['TOO_MANY_FILES', 'TOO_MANY_FILES', 'TOO_MANY_FILES'])
})
