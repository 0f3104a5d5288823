// Goal: each cell of the table in docs/CHAOS.md is so: a file of each kind, damaged in each manner
// while its node is down, has the outcome that is stated there, no acknowledged record is lost or
// wrong at any consumer, and the other two nodes serve all the while.
// Method: three nodes as processes, with all kinds of files, and a producer that never stops. One
// of them is killed, damaged and started. Files of partitions are damaged all at once, each cell in
// a partition of its own; files of the node one manner after the other. Where a node refuses to
// start, what its message advises is done, and must help. In the end the damaged replicas lead,
// and everything is read from them.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { damage, filesOf } from '../../src/chaos/machine/damage.ts'
import { DAMAGE_TABLE, MANNERS, type Outcome } from '../../src/chaos/machine/damage-table.ts'
import type { DamagedFile, Manner } from '../../src/chaos/faults/spec.ts'
import { DamagedCluster, GROUP, KEPT, VICTIM } from '../support/damaged-cluster.ts'
import { dice } from '../support/log-text.ts'
import { eventually } from '../support/within.ts'

const WAIT_MS = 120_000
const REFUSED = 3
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const random = dice(SEED)
for (let count = 0; count < 10; count += 1) random.next()
const chance = () => random.next()

/** Each cell of these has a partition of its own. */
const OF_PARTITIONS: readonly DamagedFile[] = [
  'segment',
  'active-segment',
  'offset-index',
  'time-index',
  'producer-snapshot',
  'leader-epochs',
]
/** None of them touches what another is about: one manner is done to all of them at once. */
const OF_THE_NODE: readonly DamagedFile[] = [
  'log-starts',
  'high-watermarks',
  'cleaned-offsets',
  'partition-creations',
  'offsets-view',
  'metadata-snapshot',
  'broker-life',
]
/** The node starts without them, but may have to fetch. */
const ALONE: readonly DamagedFile[] = ['recovery-points', 'compaction-gaps', 'clean-shutdown']
/** A node does not start on a damaged one. */
const IDENTITIES: readonly DamagedFile[] = [
  'partition-metadata',
  'meta-properties',
  'metadata-log',
  'quorum-state',
]

const cells = OF_PARTITIONS.flatMap((file) => MANNERS.map((how) => ({ file, how })))
const stated = (file: DamagedFile, how: Manner): readonly Outcome[] =>
  DAMAGE_TABLE.find((row) => row.file === file)?.outcomes[how] ?? []

let cluster: DamagedCluster
/** An older copy of the directory. */
let copy: string

beforeAll(async () => {
  cluster = await DamagedCluster.start(cells.length)
  // From now on the others lead, and nobody moves that back.
  await cluster.kill()
  await cluster.start()
  cluster.produce(50)
  await cluster.acknowledged()
  await cluster.produceKeys()
  await cluster.commit()
  await cluster.whole()
  // The cleaner, snapshots and checkpoints come in their own time.
  const kinds = OF_PARTITIONS.concat(OF_THE_NODE, ALONE, IDENTITIES).filter(
    (file) => file !== 'clean-shutdown',
  )
  await eventually(WAIT_MS, 'files of every kind', () =>
    kinds.every((file) => filesOf(cluster.directory, file).length > 0),
  )
  await cluster.stop()
  copy = cluster.copyDirectory('old')
  await cluster.start()
  cluster.produce(80)
  await cluster.acknowledged()
  await cluster.whole()
  cluster.keepProducing()
})
afterAll(() => cluster[Symbol.asyncDispose]())

const isEmpty = (path: string) => !existsSync(path) || statSync(path).size === 0

/** What is damaged, of a node that is down; null where there is no such file. */
function hurt(file: DamagedFile, how: Manner, partition?: string): string | null {
  const copies = filesOf(copy, file, partition).map((path) => path.slice(copy.length + 1))
  const found = filesOf(cluster.directory, file, partition)
  // What is gone by now, or was cut to nothing and not written since, comes back first.
  if (found.length === 0)
    for (const path of copies)
      if (isEmpty(join(cluster.directory, path)))
        cpSync(join(copy, path), join(cluster.directory, path))
  const paths = filesOf(cluster.directory, file, partition)
  const path = paths.at(random.int(0, Math.max(0, paths.length - 1)))
  if (path === undefined) return null
  const inside = path.slice(cluster.directory.length + 1)
  // Of what has another name by now: the newest of its kind that there was.
  const older = [inside, ...copies.reverse()].map((one) => join(copy, one))
  const there = older.find((one) => existsSync(one))
  const from = there === undefined ? {} : { copy: there }
  return `${inside}: ${damage(path, how, { random: chance, ...from })}`
}

/** The others take what is produced. */
async function othersServe(): Promise<void> {
  const before = cluster.acknowledgedCount
  await eventually(WAIT_MS, 'acknowledgements of the others', () => {
    return cluster.acknowledgedCount > before + cells.length
  })
}

/** Starts it, which must work, and waits until it has everything. */
async function comesBack(done: readonly (string | null)[]): Promise<void> {
  expect(await cluster.start(), `${done.join('\n')}\n${cluster.printed}`).toBe(null)
  await cluster.whole()
}

/** Lines of the log about a partition of the node's last life. */
const linesAbout = (partition: number) =>
  cluster.printed
    .split('\n')
    .filter((line) => line.includes(`kept-${partition}/`) || line.includes(`kept-${partition}.`))
    .concat(
      cluster.printed.split('\n').filter((line) => line.includes(`"partition":${partition},`)),
    )
    .join('\n')

describe(`damaged files (SEED=${SEED})`, () => {
  test('of partitions, each cell in a partition of its own', async () => {
    await cluster.kill()
    const done = cells.map(({ file, how }, partition) => hurt(file, how, `${KEPT}-${partition}`))
    expect(cells.filter((_, partition) => done[partition] === null)).toEqual([])
    await othersServe()
    await comesBack(done)
    const before = cells.map((_, partition) => linesAbout(partition))
    // Now those that were damaged lead, and consumers read everything from them.
    await cluster.lead()
    await cluster.readsRight()
    await cluster.whole()
    const hasFetched = /left the ISR|torn tail cut/
    cells.forEach(({ file, how }, partition) => {
      const after = linesAbout(partition)
      const why = `${file}, ${how}: ${done[partition]}\n${after}`
      const seen: readonly Outcome[] = hasFetched.test(before[partition] ?? '')
        ? ['refetched']
        : hasFetched.test(after)
          ? ['found-by-reading']
          : ['rebuilt', 'harmless']
      expect(stated(file, how), why).toSatisfy((outcomes: readonly Outcome[]) =>
        outcomes.some((outcome) => seen.includes(outcome)),
      )
    })
  })

  test.each(MANNERS)('of the node, one after the other: %s', async (how) => {
    await cluster.kill()
    const done = OF_THE_NODE.map((file) => hurt(file, how))
    expect(OF_THE_NODE.filter((_, index) => done[index] === null)).toEqual([])
    await othersServe()
    await comesBack(done)
    expect((await cluster.group.offsets(GROUP)).get(KEPT)?.get(0)).toBeGreaterThan(0)
  })

  test.each(ALONE.flatMap((file) => MANNERS.map((how) => [file, how] as const)))(
    '%s: %s',
    async (file, how) => {
      if (file === 'clean-shutdown' && how !== 'old-copy') await cluster.stop()
      else await cluster.kill()
      const done = [hurt(file, how)]
      expect(done).not.toContain(null)
      await othersServe()
      await comesBack(done)
    },
  )

  test.each(
    IDENTITIES.flatMap((file) => MANNERS.map((how) => [file, how] as const)).filter(([file, how]) =>
      stated(file, how).includes('refuses'),
    ),
  )('of who it is: it refuses, and comes back when the file does: %s, %s', async (file, how) => {
    if (cluster.isRunning) await cluster.kill()
    const partition = file === 'partition-metadata' ? `${KEPT}-0` : undefined
    const before = filesOf(cluster.directory, file, partition).map(
      (path) => [path, readFileSync(path)] as const,
    )
    const done = hurt(file, how, partition)
    expect(done).not.toBe(null)
    const code = await cluster.start()
    const why = `${file}, ${how}: ${done}\n${cluster.printed}`
    if (code === null) {
      expect(stated(file, how).length, why).toBeGreaterThan(1)
      return cluster.whole()
    }
    expect(code, why).toBe(REFUSED)
    expect(cluster.printed, why).toMatch(/Nothing was (changed|deleted)/)
    // What nobody here knows to be missing, the leader tells.
    const lacks = file === 'metadata-log' && cluster.printed.includes('had acknowledged is gone')
    expect(cluster.printed, why).toMatch(
      lacks ? /come back as a learner/ : /Restore .* from a copy/,
    )
    // What it was, not an older copy; the next one to be started shows that it helped.
    for (const [path, bytes] of before) writeFileSync(path, bytes)
  })

  test('of who it is: all is well again', async () => {
    if (cluster.isRunning) await cluster.kill()
    await othersServe()
    await comesBack([])
  })

  test('of who it is, harmless: an old copy', async () => {
    await cluster.kill()
    const files = ['meta-properties', 'quorum-state', 'partition-metadata'] as const
    await comesBack(files.map((file) => hurt(file, 'old-copy', undefined)))
  })

  test('without partition.metadata, and without a copy: begin anew, as is advised', async () => {
    await cluster.kill()
    const [path] = filesOf(cluster.directory, 'partition-metadata', `${KEPT}-1`)
    damage(String(path), 'delete', { random: chance })
    expect(await cluster.start()).toBe(REFUSED)
    expect(cluster.printed).toContain('begin-anew')
    const partition = join(cluster.directory, `${KEPT}-1`)
    renameSync(partition, `${cluster.directory}.moved`)
    mkdirSync(partition)
    writeFileSync(join(partition, 'begin-anew'), '')
    await comesBack([])
  })

  test('nothing is lost, whoever leads', async () => {
    await cluster.finish()
    await cluster.lead()
    await cluster.readsRight()
    expect(
      (await cluster.partitions([KEPT])).filter(({ leader }) => leader === VICTIM),
    ).not.toEqual([])
  })
})
