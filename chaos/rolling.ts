/**
 * `npm run chaos:rolling [-- --rounds 3 --seed N]`: all nodes of a cluster under load are
 * restarted, one after the other, by asking them to stop. What must hold: no client is given an
 * error, no partition is without a leader, and all that `chaos:replication` asks for. It prints for
 * how long partitions were silent. Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, settings, whole } from './quorum/command.ts'
import { RollingRun } from './replication/rolling-run.ts'
import { runToVerdict } from './replication/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...{ seed: COMMON_OPTIONS.seed, keep: COMMON_OPTIONS.keep, set: COMMON_OPTIONS.set },
    rounds: { type: 'string', default: '3' },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const set = settings(options.set)
process.stdout.write(`rolling: ${rounds} times all nodes, seed ${seed}\n`)
process.exitCode = await runToVerdict({
  ...{ name: 'rolling', rounds, seed, keep: options.keep },
  start: (directory) => RollingRun.start({ directory, seed, set }),
})
