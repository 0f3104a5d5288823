/**
 * Scenarios by name or by file. The default suite is a folder of the package, and nothing in it is
 * known here by name: what it holds is what there is.
 */
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { asError, LograftError } from '../../base/errors.ts'
import type { Scenario } from '../../chaos/api.ts'
import { scenarioFrom } from '../../chaos/run/scenario-shape.ts'
import { nearestName } from '../../config/nearest.ts'

/** Beside `dist/` and `src/` alike. */
const SUITE = fileURLToPath(new URL('../../../chaos/scenarios', import.meta.url))

/** What is run when nobody has time: faults of four families. */
export const SHORT_SUITE = ['kill-leader', 'pause-leader', 'cut-leader-one-way', 'power-cut']
export const SHORT_SECONDS = 15
/** Takes half an hour, and is run when it is asked for. */
export const NOT_IN_SUITE = new Set(['mixed'])

export function suiteNames(): readonly string[] {
  const files = existsSync(SUITE) ? readdirSync(SUITE) : []
  return files
    .filter((name) => name.endsWith('.js'))
    .map((name) => basename(name, '.js'))
    .sort()
}

/** The scenario of a name of the suite, or of a file; what is wrong with it is a BAD_SCENARIO. */
export async function loadScenario(word: string): Promise<Scenario> {
  const path = pathOf(word)
  const module = await load(path, word)
  const scenario = scenarioFrom(module['default'], word)
  if (scenario.plant === undefined) return scenario
  throw new LograftError(
    'BAD_SCENARIO',
    `${word}: a bug is planted only in a clone, by \`npm run chaos:controls\``,
  )
}

function pathOf(word: string): string {
  const isName = /^[a-z0-9-]+$/.test(word)
  if (isName && suiteNames().includes(word)) return join(SUITE, `${word}.js`)
  const path = resolve(word)
  if (existsSync(path) && !isName) return path
  const nearest = nearestName(word, suiteNames())
  const advice = isName
    ? nearest
      ? `did you mean ${nearest}?`
      : '`lograft chaos list` names those there are; a file of yours is named with its .js.'
    : 'there is no such file.'
  throw new LograftError('BAD_SCENARIO', `no scenario ${word}: ${advice}`)
}

async function load(path: string, word: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (thrown) {
    const { message } = asError(thrown)
    // A file outside any project finds no package, wherever the command itself is installed.
    const advice = message.includes("'lograft'")
      ? ': it is found from a project that has the package; or export the object without `scenario()`'
      : ''
    throw new LograftError('BAD_SCENARIO', `${word}: ${message}${advice}`, { cause: thrown })
  }
}
