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
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, electionTimeoutOf, whole } from './quorum/command.ts'
import { FAULTS } from './quorum/faults.ts'
import { QuorumRun } from './quorum/run.ts'
import { runChaos } from './quorum/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...COMMON_OPTIONS,
    rounds: { type: 'string', default: '20' },
    /** One of FAULTS, or several, separated by commas. */
    fault: { type: 'string', default: FAULTS.filter((fault) => fault !== 'power').join() },
    nodes: { type: 'string', default: '3' },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const nodes = whole('nodes', options.nodes, 1)
const electionTimeoutMs = electionTimeoutOf(options.profile)
const faults = options.fault.split(',').map((name) => {
  const fault = FAULTS.find((known) => known === name)
  if (fault) return fault
  throw new Error(`--fault ${name}: it is one of ${FAULTS.join(', ')}`)
})

process.stdout.write(
  `quorum: ${rounds} rounds of ${faults.join(', ')} among ${nodes} nodes, election timeout ` +
    `${electionTimeoutMs} ms, seed ${seed}\n`,
)
process.exitCode = await runChaos({
  ...{ name: 'quorum', rounds, seed, keep: options.keep },
  start: (directory) => QuorumRun.start({ directory, seed, nodes, electionTimeoutMs, faults }),
})
