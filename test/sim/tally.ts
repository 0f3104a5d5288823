/**
 * Seeds that have passed, by commit and world, over all runs on this machine; and where the next
 * run goes on that is to complete a number of them. Only a clean work tree has a commit to count
 * for.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WorldName } from './worlds.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const FILE = join(ROOT, 'node_modules/.cache/sim-passed.json')

export interface Count {
  /** In all runs. */
  passed: number
  /** Of runs that resume: seeds 1 to `resumeAt - 1` were run, and so many of them failed. */
  resumeAt: number
  failed: number
}

type Totals = Record<string, Partial<Record<WorldName, Count>>>

export class Tally {
  readonly #commit: string | null
  readonly #totals: Totals

  constructor() {
    this.#commit = commitNow()
    this.#totals = readTotals()
  }

  /** What the counts are for, in a few letters. */
  get name(): string {
    return this.#commit?.slice(0, 12) ?? 'uncommitted changes'
  }

  of(world: WorldName): Count {
    const counts = (this.#totals[this.#commit ?? ''] ??= {})
    return (counts[world] ??= { passed: 0, resumeAt: 1, failed: 0 })
  }

  save(): void {
    if (this.#commit === null) return
    mkdirSync(dirname(FILE), { recursive: true })
    writeFileSync(FILE, `${JSON.stringify(this.#totals, null, 1)}\n`)
  }
}

function readTotals(): Totals {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Totals
  } catch {
    return {}
  }
}

function commitNow(): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    return git('status', '--porcelain') === '' ? git('rev-parse', 'HEAD').trim() : null
  } catch {
    return null
  }
}
