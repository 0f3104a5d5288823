/**
 * `npm run chaos:quorum [-- --rounds 100 --fault kill --seed N --profile default --nodes 3]`:
 * topics are created and deleted all the time, through random nodes, while round after round the
 * active controller is hurt and healed. What must hold: every acknowledged creation is there once,
 * under the same id on every node; every acknowledged deletion is done; no topic is half there;
 * what is unknown is the same everywhere; and while a quorum is healthy, it goes on. Faults: kill,
 * stop (SIGSTOP), cut, cut-in, cut-out (packets lost), and power (unsynced writes lost), which is
 * not among those taken by default. The seed decides what is done; when it hits is the machine's. A
 * run that fails keeps its directory: the history, what the nodes printed, their data. Ends with `N
 * passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asError } from '../src/base/errors.ts'
import { FAULTS, type FaultName } from './quorum/faults.ts'
import { percentile } from './quorum/gaps.ts'
import { QuorumRun, tally, type Round } from './quorum/run.ts'

const ELECTION_TIMEOUTS_MS = { default: 1000, fast: 200 } as const

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    /** One of FAULTS, or several, separated by commas. */
    fault: { type: 'string', default: FAULTS.filter((fault) => fault !== 'power').join() },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fff_ffff)) },
    profile: { type: 'string', default: 'fast' },
    nodes: { type: 'string', default: '3' },
    /** Keep the directory of a run that was valid, too. */
    keep: { type: 'boolean', default: false },
  },
})

interface Command {
  readonly rounds: number
  readonly seed: number
  readonly nodes: number
  readonly electionTimeoutMs: number
  readonly faults: readonly FaultName[]
}

function readCommand(): Command {
  const { profile } = options
  if (profile !== 'default' && profile !== 'fast')
    throw new Error(`--profile ${profile}: it is default or fast`)
  const whole = (name: 'rounds' | 'seed' | 'nodes', min: number) => {
    const value = Number(options[name])
    if (Number.isInteger(value) && value >= min) return value
    throw new Error(`--${name} ${options[name]}: not a whole number from ${min} on`)
  }
  return {
    rounds: whole('rounds', 1),
    seed: whole('seed', 0),
    nodes: whole('nodes', 1),
    electionTimeoutMs: ELECTION_TIMEOUTS_MS[profile],
    faults: options.fault.split(',').map((name) => {
      const fault = FAULTS.find((known) => known === name)
      if (fault) return fault
      throw new Error(`--fault ${name}: it is one of ${FAULTS.join(', ')}`)
    }),
  }
}

/** The gaps of some rounds, as one line. */
function gapsOf(rounds: readonly Round[]): string {
  const gaps = rounds.map(({ gapMs }) => gapMs)
  const at = (rank: number) => (percentile(gaps, rank) ?? Number.NaN).toFixed(0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${gaps.length} rounds)`
}

function report(run: QuorumRun, verdict: string): string {
  const { creations, deletions } = tally(run.history.operations)
  const kinds = new Set(run.rounds.map(({ fault, lostQuorum }) => `${fault} ${lostQuorum}`))
  const gaps = [...kinds].map((kind) => {
    const own = run.rounds.filter((round) => `${round.fault} ${round.lostQuorum}` === kind)
    const name = `${own[0]?.fault}${own[0]?.lostQuorum ? ', quorum lost' : ''}`
    return `gap           ${name}: ${gapsOf(own)}`
  })
  return [
    '',
    ...gaps,
    `creations     ${creations}`,
    `deletions     ${deletions}${run.shed > 0 ? `; ${run.shed} operations not even tried` : ''}`,
    `verdict       ${verdict}`,
    '',
  ].join('\n')
}

/** Round after round; how many were sound. */
async function rounds(run: QuorumRun, wanted: number): Promise<number> {
  let passed = 0
  let told = 0
  while (passed < wanted) {
    const isSound = await run.round()
    // A round that found no end of its gap is told as a fault.
    for (const { fault, victim, gapMs } of run.rounds.slice(told)) {
      told += 1
      const gap = `gap ${gapMs.toFixed(0)} ms`
      process.stdout.write(`round ${told}: ${fault} of controller ${victim}, ${gap}\n`)
    }
    if (!isSound) return passed
    passed += 1
  }
  return passed
}

async function main(): Promise<number> {
  const command = readCommand()
  const directory = mkdtempSync(join(tmpdir(), 'lograft-quorum-'))
  process.stdout.write(
    `quorum: ${command.rounds} rounds of ${command.faults.join(', ')} among ${command.nodes} ` +
      `nodes, election timeout ${command.electionTimeoutMs} ms, seed ${command.seed}\n`,
  )
  let passed = 0
  let run: QuorumRun | null = null
  let verdict = 'unknown'
  try {
    run = await QuorumRun.start({ directory, ...command })
    passed = await rounds(run, command.rounds)
    const isFinished = passed === command.rounds && (await run.finish())
    verdict = isFinished ? 'valid' : run.faults.length > 0 ? 'invalid' : 'unknown'
  } catch (thrown) {
    process.stdout.write(`${asError(thrown).stack ?? asError(thrown).message}\n`)
  }
  await run?.close()
  for (const fault of run?.faults.slice(0, 20) ?? []) process.stdout.write(`FAULT ${fault}\n`)
  for (const unknown of run?.unknowns ?? []) process.stdout.write(`UNKNOWN ${unknown}\n`)
  if (run) process.stdout.write(report(run, verdict))
  if (verdict === 'valid' && !options.keep) rmSync(directory, { recursive: true, force: true })
  else process.stdout.write(`everything is kept in ${directory}, seed ${command.seed}\n`)
  process.stdout.write(`\n${passed} passed, ${verdict === 'valid' ? 0 : 1} failed\n`)
  return verdict === 'valid' ? 0 : 1
}

process.exitCode = await main()
