// Goal: a whole run, as a user makes it: the scenario of docs/CHAOS.md from a file, brokers,
// clients and faults as processes, a report that holds everything that is promised, a history that
// is judged alike again, steps that are done again, and Ctrl-C that ends a run in good order.
// Method: the command as a shell runs it, for a few seconds of faults.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { between } from '../../chaos/page.ts'
import type { HistoryEvent } from '../../src/chaos/history/events.ts'
import type { Results } from '../../src/chaos/report/results.ts'
import { Command } from '../support/command.ts'
import { within } from '../support/within.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RUN_MS = 240_000
const SEED = 12

/** The code block of docs/CHAOS.md. */
function example(): string {
  const part = between(readFileSync(join(ROOT, 'docs', 'CHAOS.md'), 'utf8'), 'example') ?? ''
  return /```js\n([\s\S]*?)```/.exec(part)?.[1] ?? ''
}

/** To its end, however long a run takes. */
async function chaos(...args: string[]) {
  await using command = new Command(['chaos', ...args])
  command.child.stdin.end()
  const code = await within(
    RUN_MS,
    'the end of the run',
    new Promise<number | null>((resolve) => command.child.once('close', resolve)),
  )
  return { code, stdout: command.stdout.toString(), stderr: command.stderr }
}

describe('a run of the scenario in docs/CHAOS.md', () => {
  // Inside the checkout, for there `lograft/chaos` is this package.
  const work = join(ROOT, 'chaos-report', `test-${process.pid}`)
  const scenario = join(work, 'slow-follower.js')
  const folder = join(work, 'report', `slow-follower-${SEED}`)
  let ended: Awaited<ReturnType<typeof chaos>>

  beforeAll(async () => {
    mkdirSync(work, { recursive: true })
    writeFileSync(scenario, example())
    const report = ['--report', join(work, 'report')]
    ended = await chaos('run', scenario, '--seed', String(SEED), ...report)
  })
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  const eventsOf = (path: string) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as HistoryEvent)

  test('is valid, and says so', () => {
    expect(ended.stdout).toMatch(/^valid +slow-follower +seed 12/)
    expect(ended.stdout).toMatch(/\n1 passed, 0 failed\n$/)
    expect(ended.code).toBe(0)
    expect(ended.stderr).toContain('faults are made')
  })

  test('its report holds everything that is promised', () => {
    const names = readdirSync(folder)
    for (const name of ['index.html', 'results.json', 'junit.xml', 'history.jsonl'])
      expect(names).toContain(name)
    for (const name of ['schedule.json', 'repro.sh', 'logs']) expect(names).toContain(name)
    expect(statSync(join(folder, 'repro.sh')).mode & 0o111).not.toBe(0)
    expect(readdirSync(join(folder, 'logs')).length).toBe(3)
    const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results
    expect(results).toMatchObject({ verdict: 'valid', passed: true, seed: SEED })
    expect(results.faults).toEqual({ delay: 1, kill: 1, pause: 1 })
    expect(results.findings.records.ok).toBeGreaterThan(100)
    const index = readFileSync(join(work, 'report', 'index.html'), 'utf8')
    expect(index).toContain(`slow-follower-${SEED}/index.html`)
  })

  test('all that was done was taken back, and was read by two clients', () => {
    const events = eventsOf(join(folder, 'history.jsonl'))
    const ids = (type: 'fault' | 'healed') =>
      events.flatMap((event) => (event.type === type ? [event.id] : [])).sort()
    expect(ids('healed')).toEqual(ids('fault'))
    const readers = new Set(events.flatMap((one) => (one.type === 'final' ? [one.reader] : [])))
    expect(readers.size).toBe(2)
  })

  test('its history is judged alike again, and proves nothing when its end is missing', async () => {
    const copy = join(work, 'copy.jsonl')
    copyFileSync(join(folder, 'history.jsonl'), copy)
    expect(await chaos('check', copy)).toMatchObject({ code: 0 })
    truncateSync(copy, statSync(copy).size - 20)
    expect(await chaos('check', copy)).toMatchObject({ code: 8 })
  })

  test('one record that is gone from the readings is found lost', async () => {
    const copy = join(work, 'lost.jsonl')
    const events = eventsOf(join(folder, 'history.jsonl'))
    const sent = events.find((one) => one.type === 'send' && one.outcome === 'ok')
    if (sent?.type !== 'send') throw new Error('nothing was acknowledged')
    const id = `${sent.producer}:${sent.number}`
    const without = events.map((one) => {
      if (one.type !== 'final' && one.type !== 'poll') return one
      const kept = one.ids.flatMap((is, index) => (is === id ? [] : [index]))
      const offsets = kept.map((index) => one.offsets[index])
      return { ...one, offsets, ids: kept.map((index) => one.ids[index]) }
    })
    writeFileSync(copy, without.map((event) => `${JSON.stringify(event)}\n`).join(''))
    const { code, stdout } = await chaos('check', copy, '--json')
    expect(code).toBe(1)
    expect((JSON.parse(stdout) as Results).findings.counts).toMatchObject({ 'lost-write': 1 })
  })

  test('its steps are done again, beside it', async () => {
    const { code, stdout } = await chaos('replay', folder, '--report', dirname(folder))
    expect(stdout).toMatch(/^valid +slow-follower +seed 12/)
    expect(code).toBe(0)
    const schedule = (of: string) => readFileSync(join(of, 'schedule.json'), 'utf8')
    expect(schedule(`${folder}-2`)).toBe(schedule(folder))
    expect(readFileSync(join(folder, 'results.json'), 'utf8')).toContain('"verdict": "valid"')
  })

  test('Ctrl-C takes back what was done, reads, judges and reports', async () => {
    const report = join(work, 'cut')
    await using command = new Command(['chaos', 'run', scenario, '--seed', '3', '--report', report])
    await within(
      RUN_MS,
      'a fault',
      new Promise<void>((resolve) =>
        command.child.stderr.on('data', () => {
          if (/\] fault \d/.test(command.stderr)) resolve()
        }),
      ),
    )
    command.child.kill('SIGINT')
    const end = new Promise<number | null>((resolve) => command.child.once('close', resolve))
    expect(await within(RUN_MS, 'the end', end)).toBe(8)
    expect(command.stdout.toString()).toContain('unknown: it was interrupted')
    expect(existsSync(join(report, 'slow-follower-3', 'index.html'))).toBe(true)
    expect(command.stderr).not.toContain('fault 2')
  })
})
