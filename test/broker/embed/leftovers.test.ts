// Goal: clusters come and go without a trace. Method: 50 of them one after another in a process of
// their own, each used; then handles, descriptors and temporary files are what they were after the
// first one (which loads what is loaded once), and the process ends by itself.
import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { tempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/within.ts'

const PACKAGE = new URL('../../../dist/index.js', import.meta.url).href
const CLUSTERS = 50

const PROGRAM = `
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'
import { startCluster } from ${JSON.stringify(PACKAGE)}

const DESCRIPTORS = '/proc/self/fd'
const countDescriptors = () => (process.platform === 'linux' ? readdirSync(DESCRIPTORS).length : 0)
const handles = () => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate')
const files = () => readdirSync(tmpdir())
// What is closed is gone when the event loop has turned.
async function settled() {
  for (let turns = 0; turns < 50; turns += 1) await turn()
  return { handles: handles().sort().join(), descriptors: countDescriptors(), files: files() }
}

async function one(round) {
  const cluster = await startCluster({ topics: { orders: 1 }, links: round % 10 === 9 })
  const leader = await cluster.leaderOf('orders', 0)
  if (round % 5 === 4) await leader.kill()
  await cluster.stop()
}

await one(9)
const before = await settled()
for (let round = 0; round < ${CLUSTERS}; round += 1) await one(round)
console.log(JSON.stringify({ before, after: await settled() }))
`

test(
  `${CLUSTERS} clusters one after another leave nothing behind`,
  { timeout: 300_000 },
  async () => {
    await using directory = await tempDir('embed')
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      env: { ...process.env, TMPDIR: directory.path },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    const ended = new Promise((resolve) => void child.once('close', resolve))
    expect(await within(280_000, 'the end of the process by itself', ended)).toBe(0)
    const { before, after } = JSON.parse(output) as Record<'before' | 'after', unknown>
    expect(after).toEqual(before)
  },
)
