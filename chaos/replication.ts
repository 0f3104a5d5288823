/**
 * `npm run chaos:replication [-- --rounds 20 --fault kill|restart|stop|cut|mixed --seed N]`: three
 * brokers, a topic of twelve partitions on all of them, producers and consumers of several makes;
 * round after round the leader of a partition is killed, stopped or cut off from the others, and
 * comes back. What must hold: no acknowledged record is lost, moved, doubled or out of order, no
 * consumer sees what is not there in the end, all replicas are one log, and no client is told what
 * Kafka would not say. The seed decides what is done; when it hits is the machine's. Ends with `N
 * passed, N failed`.
 */
import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, settings, whole } from './quorum/command.ts'
import { FAULTS } from './replication/faults.ts'
import { figuresOf, sentenceOf } from './replication/figures.ts'
import { ReplicationRun } from './replication/run.ts'
import { runToVerdict } from './replication/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...{ seed: COMMON_OPTIONS.seed, keep: COMMON_OPTIONS.keep, set: COMMON_OPTIONS.set },
    rounds: { type: 'string', default: '10' },
    fault: { type: 'string', default: 'kill' },
    /** `broker.session.timeout.ms`. */
    session: { type: 'string', default: '9000' },
    /** Produces with acks=1 what is judged as acknowledged by all: the verdict must be invalid. */
    plant: { type: 'boolean', default: false },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const sessionTimeoutMs = whole('session', options.session, 100)
const set = settings(options.set)
const faults = options.fault === 'mixed' ? FAULTS : FAULTS.filter((name) => name === options.fault)
if (faults.length === 0) throw new Error(`--fault ${options.fault}: ${FAULTS.join(', ')} or mixed`)

process.stdout.write(
  `replication: ${rounds} rounds of ${faults.join(', ')}, session ${sessionTimeoutMs} ms, seed ${seed}\n`,
)
process.exitCode = await runToVerdict({
  ...{ name: 'replication', rounds, seed, keep: options.keep },
  start: async (directory) => {
    const run = await ReplicationRun.start({
      ...{ directory, seed, sessionTimeoutMs, faults, isPlanted: options.plant, set },
    })
    return {
      loaded: run.loaded,
      judge: () => run.loaded.judge(),
      round: async () => {
        const isSound = await run.round()
        return { isSound, said: sentenceOf(run.rounds.at(-1)) }
      },
      figures: () => figuresOf(run.rounds),
    }
  },
})
