/**
 * `npm run chaos:controls [-- NAME… --times 3 --seed 7 --sound --keep]`: negative controls. Each is
 * a cluster that must lose, or show what it must not: by settings that permit it, or by one of the
 * simulator's bugs, planted in real processes (`controls/plant.ts`). A control passes when the
 * checkers find what it says (`mustFind`). With `--sound` those with planted bugs run without them,
 * and must be valid: so it is the bug that is found, and not the schedule. Ends with
 * `N passed, N failed`.
 */
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Scenario } from '../src/chaos/api.ts'
import { runScenario } from '../src/chaos/run/run.ts'
import { plantedProgram } from './controls/plant.ts'

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    sound: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})

const FOLDER = fileURLToPath(new URL('controls/', import.meta.url))
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())

const report = mkdtempSync(join(tmpdir(), 'lograft-controls-'))
console.log(`reports: ${report}`)
let passed = 0
let failed = 0
for (const scenario of await controls())
  for (let time = 0; time < Number(options.times); time += 1)
    if (await holds(scenario, Number(options.seed) + time)) passed += 1
    else failed += 1
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

async function controls(): Promise<readonly Scenario[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js'))
  const found: Scenario[] = []
  for (const file of files.sort()) {
    const module = (await import(pathToFileURL(join(FOLDER, file)).href)) as { default: Scenario }
    found.push(module.default)
  }
  const unknown = names.find((name) => !found.some((one) => one.name === name))
  if (unknown !== undefined) {
    console.error(`no control is called ${unknown}: ${found.map(({ name }) => name).join(', ')}`)
    process.exit(2)
  }
  return found.filter(
    ({ name, plant }) =>
      (names.length === 0 || names.includes(name)) && (!options.sound || plant !== undefined),
  )
}

async function holds(scenario: Scenario, seed: number): Promise<boolean> {
  const { name, plant } = scenario
  const { expect: _, mustFind: __, ...sound } = scenario
  const isPlanted = plant !== undefined && !options.sound
  const { results, folder } = await runScenario(options.sound ? sound : scenario, {
    ...{ seed, report, keep: options.keep, signal: interrupted.signal },
    place: isPlanted ? { program: plantedProgram(plant) } : {},
    again: `npm run chaos:controls -- ${name} --seed ${seed}${options.sound ? ' --sound' : ''}`,
  })
  const { passed: isRight, word, because } = results
  console.log(`${isRight ? 'ok    ' : 'FAILED'} ${name} (seed ${seed}): ${word}: ${because}`)
  if (!isRight) console.log(`       ${folder}`)
  return isRight
}
