// Goal: the `repro.sh` of a report does the run again, wherever it is called from, and is not there
// where no shell could. Method: reports of a run made by hand, in a folder whose name needs quotes;
// the script is run by a shell that finds a `lograft` which says what it was asked.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../../src/chaos/report/folder.ts'
import { storyOf, validFindings } from '../../support/chaos-story.ts'
import { tempDir } from '../../support/temp-dir.ts'

const story = storyOf(validFindings)
const onKafka = { ...story, run: { ...story.run, target: 'Apache Kafka 4.1.1' } }

/** What `lograft` is asked by the script of a report, a word a line; null: there is none. */
async function asked(of: typeof story, again: string | null) {
  await using temporary = await tempDir('lograft-repro')
  const folder = join(temporary.path, 'my reports', 'kill-leader-7')
  await writeReport(folder, of, again)
  const script = join(folder, 'repro.sh')
  if (!existsSync(script)) return null
  const bin = join(temporary.path, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'lograft'), '#!/bin/sh\nprintf "%s\\n" "$@"\n')
  chmodSync(join(bin, 'lograft'), 0o755)
  const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`
  const said = execFileSync(script, ['--keep'], { env: { PATH, PID_1: '811' }, encoding: 'utf8' })
  return said.replaceAll(temporary.path, '').trimEnd().split('\n')
}

test('of brokers of its own: the steps, beside the report', async () => {
  expect(await asked(story, "lograft chaos run 'a\nb' --seed 7")).toEqual([
    ...['chaos', 'replay', '/my reports/kill-leader-7', '--report', '/my reports', '--keep'],
  ])
})

test('of another cluster: the command, with processes as they are then', async () => {
  const again = `lograft chaos run kill-leader --seed 7 --pid "1=\${PID_1:?process of node 1}"`
  expect(await asked(onKafka, again)).toEqual([
    ...['chaos', 'run', 'kill-leader', '--seed', '7', '--pid', '1=811'],
    ...['--report', '/my reports', '--keep'],
  ])
})

test('of another cluster by a program, and of a history that was only judged: none', async () => {
  expect(await asked(onKafka, 'chaos(scenario, { seed: 7 })')).toBe(null)
  expect(await asked(story, null)).toBe(null)
})
