/**
 * `npm run chaos:membership [-- --rounds 10 --seed N --profile default]`: voters come and go by
 * `lograft quorum`, while topics are created and deleted all the time. A round adds two voters to
 * three, one of those down meanwhile, hands leadership over, lets two go, the leader among them,
 * and replaces one whose machine is lost. What must hold is what `chaos:quorum` checks, and: every
 * change takes effect, `quorum status` shows it, and what would leave no majority is refused with
 * the arithmetic. The seed decides what is done; when it hits is the machine's. A run that fails
 * keeps its directory. Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, electionTimeoutOf, whole } from './quorum/command.ts'
import { MembershipRun } from './quorum/membership-run.ts'
import { runChaos } from './quorum/verdict.ts'

const { values: options } = parseArgs({
  options: { ...COMMON_OPTIONS, rounds: { type: 'string', default: '4' } },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const electionTimeoutMs = electionTimeoutOf(options.profile)

process.stdout.write(
  `membership: ${rounds} rounds, election timeout ${electionTimeoutMs} ms, seed ${seed}\n`,
)
process.exitCode = await runChaos({
  ...{ name: 'membership', rounds, seed, keep: options.keep },
  start: (directory) => MembershipRun.start({ directory, seed, rounds, electionTimeoutMs }),
})
