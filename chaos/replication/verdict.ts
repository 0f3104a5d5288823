/**
 * Runs one kind of the data plane's chaos to its verdict: round after round while nothing is wrong,
 * then the judgement; what was measured, what clients complained of, every error code they were
 * told. Valid only if everything that was looked at is known to be right. A run that is not valid
 * keeps its directory: the history, what the nodes printed, their data.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { printCodes } from './codes.ts'
import type { LoadedCluster } from './loaded-cluster.ts'
import type { Load } from './program-load.ts'

const FAULTS_SHOWN = 20
const COMPLAINTS_SHOWN = 8

export interface JudgedRun {
  readonly loaded: LoadedCluster
  /** Clients beside those that produce. */
  readonly clients?: readonly Pick<Load, 'name' | 'complaints'>[]
  /** One more; what is to be said of it, and whether all is well. */
  round(): Promise<{ readonly isSound: boolean; readonly said: string }>
  /** Ends it, and adds what is wrong to what `loaded` knows of. */
  judge(): Promise<void>
  /** Ends what it has beside `loaded`; idempotent. */
  close?(): Promise<void>
  /** What it has measured, as lines. */
  figures(): readonly string[]
}

export interface JudgeOptions {
  /** Of the directory. */
  readonly name: string
  readonly rounds: number
  readonly seed: number
  /** Keep the directory of a run that was valid, too. */
  readonly keep: boolean
  readonly start: (directory: string) => Promise<JudgedRun>
}

/** The exit code. */
export async function runToVerdict(options: JudgeOptions): Promise<number> {
  const { name, rounds, seed, keep } = options
  const directory = mkdtempSync(join(tmpdir(), `lograft-${name}-`))
  let run: JudgedRun | null = null
  let passed = 0
  let verdict = 'unknown'
  try {
    run = await options.start(directory)
    passed = await soundRounds(run, rounds)
    await run.judge()
    verdict = run.loaded.isSound ? 'valid' : 'unknown'
  } catch (thrown) {
    say(asError(thrown).stack ?? asError(thrown).message)
  }
  await run?.close?.()
  await run?.loaded.close()
  if (run && run.loaded.faults.length > 0) verdict = 'invalid'
  if (run) report(run, verdict)
  if (verdict === 'valid' && !keep) rmSync(directory, { recursive: true, force: true })
  else say(`everything is kept in ${directory}, seed ${seed}`)
  say(`\n${passed} passed, ${verdict === 'valid' ? 0 : 1} failed`)
  return verdict === 'valid' ? 0 : 1
}

/** Round after round; how many were sound. */
async function soundRounds(run: JudgedRun, wanted: number): Promise<number> {
  for (let passed = 0; passed < wanted; passed += 1) {
    const { isSound, said } = await run.round()
    say(`round ${passed + 1}: ${said}`)
    if (!isSound) return passed
  }
  return wanted
}

function report(run: JudgedRun, verdict: string): void {
  const { faults, unknowns, missing, loads, recorder, history } = run.loaded
  for (const fault of faults.slice(0, FAULTS_SHOWN)) say(`FAULT ${fault}`)
  if (faults.length > FAULTS_SHOWN) say(`FAULT and ${faults.length - FAULTS_SHOWN} more`)
  for (const unknown of unknowns) say(`UNKNOWN ${unknown}`)
  for (const note of missing) say(`SKIPPED ${note}`)
  say('')
  for (const line of run.figures()) say(line)
  say('\nwhat clients complained of:')
  for (const { name, complaints } of [...loads, ...(run.clients ?? [])]) {
    for (const [complaint, count] of [...complaints].slice(0, COMPLAINTS_SHOWN))
      say(`${name.padEnd(14)} ${String(count).padStart(5)} times: ${complaint}`)
    const others = complaints.size - COMPLAINTS_SHOWN
    if (others > 0) say(`${name.padEnd(14)} and ${others} other sentences`)
  }
  say('\nerror codes that clients were told:')
  for (const line of printCodes(recorder.told)) say(line)
  const told = (wanted: string) => history.sends.filter(({ outcome }) => outcome === wanted).length
  say(
    `\nrecords ${history.sends.length}: ${told('ok')} acknowledged, ${told('failed')} refused, ` +
      `${told('unknown')} unknown`,
  )
  say(`verdict ${verdict}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
