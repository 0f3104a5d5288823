// Goal: a scenario's own `check` is heard, and one that fails itself is no verdict and no reason to
// have no report. Method: a history made by hand, in a file, judged with a check and again without.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Scenario } from '../../../src/chaos/api.ts'
import { judgeHistory } from '../../../src/chaos/run/judging.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { final, send, whole } from './made-history.ts'

/** Verdict, anomalies and what is unknown: as it is judged, and as it is judged once more. */
async function judged(check: Scenario['check']) {
  await using temporary = await tempDir('lograft-judging')
  const file = join(temporary.path, 'history.jsonl')
  const events = whole(send(1), send(2), final([1, 2]))
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  const stories = [await judgeHistory(file, check), await judgeHistory(file)]
  return stories.map(({ findings: { verdict, counts, unknowns } }) => {
    return { verdict, counts, unknowns }
  })
}

test('what a check says is an anomaly, whoever judges the file again', async () => {
  const told = { verdict: 'invalid', counts: { claim: 1 }, unknowns: [] }
  expect(await judged(() => ['too slow'])).toEqual([told, told])
  const fine = { verdict: 'valid', counts: {}, unknowns: [] }
  expect(await judged(() => [])).toEqual([fine, fine])
})

test('a check that fails itself proves nothing', async () => {
  const failed = (why: string) => {
    const unknowns = [`the scenario's check failed: ${why}`]
    return { verdict: 'unknown', counts: {}, unknowns }
  }
  const broken = () => {
    throw new Error('no max')
  }
  expect(await judged(broken)).toEqual([failed('no max'), failed('no max')])
  const [told] = await judged((() => undefined) as unknown as NonNullable<Scenario['check']>)
  expect(told?.verdict).toBe('unknown')
})
