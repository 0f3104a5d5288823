/**
 * `npm run chaos:reassign [-- --rounds 3 --rate BYTES --seed N]`: replicas move between four
 * brokers under load, held to a rate; then a broker with an empty disk takes the place of one that
 * was killed. What must hold: the rate is kept, and all that `chaos:replication` asks for. Ends
 * with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, settings, whole } from './quorum/command.ts'
import { ReassignRun } from './replication/reassign-run.ts'
import { runToVerdict } from './replication/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...{ seed: COMMON_OPTIONS.seed, keep: COMMON_OPTIONS.keep, set: COMMON_OPTIONS.set },
    rounds: { type: 'string', default: '3' },
    /** What each node may take, in bytes a second; 0: as much as it can. */
    rate: { type: 'string', default: '1000000' },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const bytesPerSecond = whole('rate', options.rate, 0) || Infinity
const set = settings(options.set)
process.stdout.write(`reassign: ${rounds} rounds, ${bytesPerSecond} bytes/s, seed ${seed}\n`)
process.exitCode = await runToVerdict({
  ...{ name: 'reassign', rounds, seed, keep: options.keep },
  start: (directory) => ReassignRun.start({ directory, seed, set, bytesPerSecond }),
})
