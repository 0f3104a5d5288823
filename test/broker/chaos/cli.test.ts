// Goal: what is asked wrongly of `lograft chaos` is told before anything is started, with what to
// do about it, and a history is judged again from its file alone. Method: the command as a shell
// runs it, on histories made by hand. Runs themselves are in test/conformance/chaos-run.test.ts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { suiteNames } from '../../../src/cli/chaos/scenarios.ts'
import { killedLeaderEvents } from '../../support/chaos-story.ts'
import { run } from '../../support/command.ts'
import { tempDir } from '../../support/temp-dir.ts'

const chaos = (...args: string[]) => run(['chaos', ...args])

test('list has the whole suite, each with its claim and what it needs', async () => {
  const { code, stdout } = await chaos('list', '--json')
  expect(code).toBe(0)
  const { scenarios } = JSON.parse(stdout.toString()) as {
    scenarios: { name: string; claim: string; needs: string[] }[]
  }
  expect(scenarios.map(({ name }) => name)).toEqual(suiteNames())
  expect(scenarios.every(({ claim }) => claim.length > 20)).toBe(true)
  expect(scenarios.find(({ name }) => name === 'full-disk')?.needs).toContain('preload')
})

describe('what cannot be run', () => {
  test.each([
    [['run', 'kill-leeder'], 'did you mean kill-leader?'],
    [['run', './none.js'], 'there is no such file'],
    [['run', 'kill-leader', '--seconds', '0'], 'Expected a whole number from 1'],
    [['run', 'kill-leader', '--pid', 'x'], 'such as 1=8123'],
    [['run', '--kafka', '.', '--bootstrap', '127.0.0.1:1'], 'cannot be used with'],
    [['run', 'kill-leader', '--kafka', './none'], 'there is no broker of Apache Kafka'],
    [
      ['run', 'kill-leader', '--bootstrap', '127.0.0.1:1', '--pid', '1=1073741823'],
      'there is no such process here',
    ],
    [['run', 'kill-leader', '--pid', '1=811'], '--bootstrap names it'],
    [['run', 'rolling-restart', '--seconds', '1'], 'the first fault is at 2000 ms'],
    [['run', './chaos/controls/early-acks.js'], 'only in a clone, by `npm run chaos:controls`'],
    [['check', './none.jsonl'], 'there is no file'],
    [['replay', './none'], 'there is no'],
  ])('%j', async (args, words) => {
    const { code, stderr } = await chaos(...args)
    expect(stderr).toContain(words)
    expect(code).toBe(2)
  })

  test('a scenario that is none is told by what is wrong with it', async () => {
    await using folder = await tempDir()
    const path = join(folder.path, 'mine.js')
    writeFileSync(path, "export default { name: 'mine', seconds: 5, faults: [{ fault: 'kil' }] }\n")
    const { code, stderr } = await chaos('run', path)
    expect(stderr).toMatch(/mine\.js: claim is missing/)
    expect(code).toBe(2)
  })

  test.each([
    ['leader-of(order-0)', 'there is no order-0; partitions of orders (6)'],
    ['leader-of(orders-6)', 'there is no orders-6'],
    ['leader-of(orders-*)+nobody', 'selects no node'],
  ])('a step on %s is told before any scenario is run', async (on, words) => {
    await using folder = await tempDir()
    const path = join(folder.path, 'mine.js')
    const scenario = { name: 'mine', claim: 'nothing', seconds: 5 }
    const faults = [{ fault: 'kill', on, atMs: 100 }]
    writeFileSync(path, `export default ${JSON.stringify({ ...scenario, faults })}\n`)
    const { code, stderr } = await chaos('run', 'kill-leader', path)
    expect(stderr).toContain('mine.js: ')
    expect(stderr).toContain(words)
    expect(code).toBe(2)
  })
})

describe('a history that is judged again', () => {
  const lines = killedLeaderEvents.map((event) => JSON.stringify(event))

  test('without a record proves nothing, and is reported where that is asked for', async () => {
    await using folder = await tempDir()
    const path = join(folder.path, 'history.jsonl')
    const report = join(folder.path, 'report')
    writeFileSync(path, `${lines.join('\n')}\n`)
    const { code, stdout } = await chaos('check', folder.path, '--report', report)
    expect(stdout.toString()).toMatch(/^unknown +kill-leader +seed 4711/)
    expect(code).toBe(8)
    expect(readFileSync(join(report, 'index.html'), 'utf8')).toContain('kill -9 of 2')
    expect(existsSync(join(report, 'history.jsonl'))).toBe(true)
  })

  test('that nobody can read is told by its line', async () => {
    await using folder = await tempDir()
    const path = join(folder.path, 'history.jsonl')
    writeFileSync(path, `${lines[0]}\n{"type":"phase"}\n${lines[1]}\n`)
    const { code, stderr } = await chaos('check', path)
    expect(stderr).toContain('line 2')
    expect(code).toBe(3)
  })
})
