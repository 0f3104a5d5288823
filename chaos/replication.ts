/**
 * `npm run chaos:replication [-- --rounds 20 --fault kill|stop|cut|mixed --seed N]`: three brokers,
 * a topic of twelve partitions on all of them, producers and consumers of several makes; round after
 * round the leader of a partition is killed, stopped or cut off from the others, and comes back.
 * What must hold: no acknowledged record is lost, moved, doubled or out of order, no consumer sees
 * what is not there in the end, all replicas are one log, and no client is told what Kafka would not
 * say. The seed decides what is done; when it hits is the machine's. A run that is not valid keeps
 * its directory: the history, what the nodes printed, their data. Ends with `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asError } from '../src/base/errors.ts'
import { COMMON_OPTIONS, whole } from './quorum/command.ts'
import { printCodes } from './replication/codes.ts'
import { FAULTS } from './replication/faults.ts'
import { gapsOfClient, printGaps } from './replication/outages.ts'
import { ReplicationRun } from './replication/run.ts'

const { values: options } = parseArgs({
  options: {
    seed: COMMON_OPTIONS.seed,
    keep: COMMON_OPTIONS.keep,
    rounds: { type: 'string', default: '10' },
    fault: { type: 'string', default: 'kill' },
    session: { type: 'string', default: '9000' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

const rounds = whole('rounds', options.rounds, 1)
const seed = whole('seed', options.seed, 0)
const sessionTimeoutMs = whole('session', options.session, 100)
const faults = options.fault === 'mixed' ? FAULTS : FAULTS.filter((name) => name === options.fault)
if (faults.length === 0) throw new Error(`--fault ${options.fault}: ${FAULTS.join(', ')} or mixed`)

say(
  `replication: ${rounds} rounds of ${faults.join(', ')}, session ${sessionTimeoutMs} ms, seed ${seed}`,
)
const directory = mkdtempSync(join(tmpdir(), 'lograft-replication-'))
let run: ReplicationRun | null = null
let verdict = 'unknown'
try {
  run = await ReplicationRun.start({ directory, seed, sessionTimeoutMs, faults })
  for (let index = 0; index < rounds; index += 1) {
    const isSound = await run.round()
    const last = run.rounds.at(-1)
    if (last)
      say(
        `round ${index + 1}: ${last.fault} of node ${last.victim}${last.wasController ? ' (active controller)' : ''}, ` +
          `led: ${printGaps([...last.gaps.values()])}; followed: ${printGaps([...last.followerGaps.values()])}`,
      )
    if (!isSound) break
  }
  await run.finish()
  verdict = run.faults.length > 0 ? 'invalid' : run.unknowns.length > 0 ? 'unknown' : 'valid'
} catch (thrown) {
  say(asError(thrown).stack ?? asError(thrown).message)
}
await run?.close()
for (const fault of run?.faults.slice(0, 20) ?? []) say(`FAULT ${fault}`)
for (const unknown of run?.unknowns ?? []) say(`UNKNOWN ${unknown}`)
for (const note of run?.missing ?? []) say(`SKIPPED ${note}`)
for (const { name, complaints } of run?.loads ?? []) {
  const gaps = (wanted: boolean) =>
    (run?.rounds ?? [])
      .filter(({ wasController }) => wasController === wanted)
      .flatMap(({ atMs, led }) =>
        gapsOfClient(run?.history.sends ?? [], { producer: name, sinceMs: atMs, partitions: led }),
      )
  say(`${name}: ${printGaps(gaps(false))}; with the active controller: ${printGaps(gaps(true))}`)
  for (const [complaint, count] of complaints) say(`  ${count} times: ${complaint}`)
}
for (const line of run ? printCodes(run.recorder.told) : []) say(line)
say(`records ${run?.history.sends.length ?? 0}, verdict ${verdict}`)
if (verdict === 'valid' && !options.keep) rmSync(directory, { recursive: true, force: true })
else say(`everything is kept in ${directory}, seed ${seed}`)
say(`\n${run?.rounds.length ?? 0} passed, ${verdict === 'valid' ? 0 : 1} failed`)
process.exitCode = verdict === 'valid' ? 0 : 1
