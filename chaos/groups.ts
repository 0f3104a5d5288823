/**
 * `npm run chaos:groups [-- --rounds 10 --fault coordinator|member|both|mixed --seed N]`: three
 * brokers, a topic of twelve partitions under load, groups of kafkajs and of librdkafka that read
 * it, each member a process, and probes that commit all the time; round after round the coordinator
 * of a group, one of its members or both are killed, while others join and leave. What must hold:
 * every acknowledged commit is what a later fetch returns, in one generation no partition has two
 * owners, every record is processed, the group is stable again within its session timeout and 1 s,
 * no client is told what Kafka would not say, and all that `chaos:replication` asks for. The seed
 * decides what is done; when it hits is the machine's. Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, settings, whole } from './quorum/command.ts'
import { GROUP_FAULTS, GroupRun } from './groups/run.ts'
import { runToVerdict } from './replication/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...{ seed: COMMON_OPTIONS.seed, keep: COMMON_OPTIONS.keep, set: COMMON_OPTIONS.set },
    rounds: { type: 'string', default: '10' },
    fault: { type: 'string', default: 'mixed' },
    /** Takes every commit for acknowledged that is asked for: the verdict must be invalid. */
    plant: { type: 'boolean', default: false },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const set = settings(options.set)
const faults =
  options.fault === 'mixed' ? GROUP_FAULTS : GROUP_FAULTS.filter((name) => name === options.fault)
if (faults.length === 0)
  throw new Error(`--fault ${options.fault}: ${GROUP_FAULTS.join(', ')} or mixed`)

process.stdout.write(`groups: ${rounds} rounds of ${faults.join(', ')}, seed ${seed}\n`)
process.exitCode = await runToVerdict({
  ...{ name: 'groups', rounds, seed, keep: options.keep },
  start: (directory) => GroupRun.start({ directory, seed, faults, isPlanted: options.plant, set }),
})
