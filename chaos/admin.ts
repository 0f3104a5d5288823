/**
 * `npm run chaos:admin [-- --rounds 25 --kills 4 --topics 50 --seed N]`: three controllers and a
 * broker. Each round makes a plan that brings some of many topics to another state and the others
 * to an end, and has it carried out by a client of the gRPC API, while the active controller is
 * killed by `kill -9` in the middle, several times (25 rounds of 4: 100); the client goes on with
 * the same key at another node. In every fifth round two clients do so with plans that contradict
 * each other. Meanwhile somebody watches the metadata, and is cut off at random. What must hold:
 * the end is the plan; in the committed log each step is there once, in its order, in one entry
 * with its key; of what two plans of one state both change, one does; who watches holds exactly
 * what every node has, and never an earlier state after a later one. The seed decides what is
 * done; when it hits is the machine's. A run that fails keeps its directory. Ends with `N passed,
 * N failed`.
 */
import { parseArgs } from 'node:util'
import { AdminRun } from './admin/run.ts'
import { COMMON_OPTIONS, electionTimeoutOf, settings, whole } from './quorum/command.ts'
import { runChaos } from './quorum/verdict.ts'

const { values: options } = parseArgs({
  options: {
    ...COMMON_OPTIONS,
    profile: { type: 'string', default: 'default' },
    rounds: { type: 'string', default: '25' },
    kills: { type: 'string', default: '4' },
    topics: { type: 'string', default: '50' },
    /** A client that forgets its key when it asks again: the verdict must be invalid. */
    plant: { type: 'boolean', default: false },
  },
})

const rounds = whole('rounds', options.rounds, 1)
const killsPerRound = whole('kills', options.kills, 0)
const topics = whole('topics', options.topics, 1)
const seed = whole('seed', options.seed, 0)
const electionTimeoutMs = electionTimeoutOf(options.profile)
const set = settings(options.set)

process.stdout.write(
  `admin: ${rounds} plans of ${topics} topics, ${rounds * killsPerRound} kills, seed ${seed}\n`,
)
process.exitCode = await runChaos({
  ...{ name: 'admin', rounds, seed, keep: options.keep },
  start: (directory) =>
    AdminRun.start({
      ...{ directory, seed, topics, killsPerRound, electionTimeoutMs, set },
      isPlanted: options.plant,
    }),
})
