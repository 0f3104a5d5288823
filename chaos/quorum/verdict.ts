/**
 * Runs one kind of chaos to its verdict: round after round while nothing is wrong, then the end;
 * what was measured, what was wrong, and `N passed, N failed`. Only what was found to be right
 * passes: what could not be found out does not. A run that fails keeps its directory.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { percentile } from './gaps.ts'

export interface Measurement {
  /** Those of one kind are told together. */
  readonly kind: string
  readonly what: string
  readonly gapMs: number
}

/** What is looked at, and what was found. */
export interface Judged {
  /** What no cluster may do, as sentences. */
  readonly faults: readonly string[]
  /** What could not be found out: no proof of anything, and so no success. */
  readonly unknowns: readonly string[]
  /** What was counted, as lines. */
  figures(): readonly string[]
  close(): Promise<void>
}

export interface ChaosRun {
  readonly loaded: Judged
  /** Grows with each round. */
  readonly measured: readonly Measurement[]
  /** False when something is wrong. */
  round(): Promise<boolean>
  /** Stops everything, and checks once more; false when something is wrong. */
  finish(): Promise<boolean>
}

export interface ChaosOptions {
  /** Of the directory. */
  readonly name: string
  readonly rounds: number
  readonly seed: number
  /** Keep the directory of a run that was valid, too. */
  readonly keep: boolean
  readonly start: (directory: string) => Promise<ChaosRun>
}

/** The exit code. */
export async function runChaos({ name, rounds, seed, keep, start }: ChaosOptions): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), `lograft-${name}-`))
  let passed = 0
  let run: ChaosRun | null = null
  let verdict = 'unknown'
  try {
    run = await start(directory)
    passed = await soundRounds(run, rounds)
    const isFinished = passed === rounds && (await run.finish())
    verdict = isFinished ? 'valid' : run.loaded.faults.length > 0 ? 'invalid' : 'unknown'
  } catch (thrown) {
    say(asError(thrown).stack ?? asError(thrown).message)
  }
  await run?.loaded.close()
  for (const fault of run?.loaded.faults.slice(0, 20) ?? []) say(`FAULT ${fault}`)
  for (const unknown of run?.loaded.unknowns ?? []) say(`UNKNOWN ${unknown}`)
  if (run) report(run, verdict)
  if (verdict === 'valid' && !keep) rmSync(directory, { recursive: true, force: true })
  else say(`everything is kept in ${directory}, seed ${seed}`)
  say(`\n${passed} passed, ${verdict === 'valid' ? 0 : 1} failed`)
  return verdict === 'valid' ? 0 : 1
}

/** Round after round; how many were sound. */
async function soundRounds(run: ChaosRun, wanted: number): Promise<number> {
  let told = 0
  for (let passed = 0; passed < wanted; passed += 1) {
    const isSound = await run.round()
    // What found no end of its gap is told as a fault.
    for (const { what, gapMs } of run.measured.slice(told))
      say(`round ${passed + 1}: ${what}, gap ${gapMs.toFixed(0)} ms`)
    told = run.measured.length
    if (!isSound) return passed
  }
  return wanted
}

function report({ measured, loaded }: ChaosRun, verdict: string): void {
  say('')
  for (const kind of new Set(measured.map((one) => one.kind)))
    say(`gap           ${kind}: ${gapsOf(measured.filter((one) => one.kind === kind))}`)
  for (const line of loaded.figures()) say(line)
  say(`verdict       ${verdict}`)
}

/** All gaps, as one line. */
function gapsOf(measured: readonly Measurement[]): string {
  const gaps = measured.map(({ gapMs }) => gapMs)
  const at = (rank: number) => (percentile(gaps, rank) ?? Number.NaN).toFixed(0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${gaps.length} times)`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
