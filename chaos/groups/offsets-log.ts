/**
 * The coordinators' partitions as they lie in the directory of a node that does not run: the log,
 * read to its end, and the view of it that the node has in LevelDB, as `lograft dump` prints it.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRecord } from '../../src/coordinator/groups/records.ts'
import { OFFSETS_TOPIC } from '../../src/coordinator/offsets-topic.ts'
import { readRecords } from '../../src/records/record.ts'
import { batchesIn } from '../../test/support/calls.ts'
import { run } from '../../test/support/command.ts'
import { placeOf, type LoggedCommit } from './history.ts'

const RECORDS_MAX_BYTES = 64 << 20

/** Every commit to `topic` in some partitions of the coordinators, oldest first. */
export function readCommits(
  directory: string,
  { topic, partitions }: { readonly topic: string; readonly partitions: readonly number[] },
): readonly LoggedCommit[] {
  return partitions.flatMap((index) =>
    segmentsIn(join(directory, `${OFFSETS_TOPIC}-${index}`)).flatMap((bytes) =>
      [...batchesIn(bytes)].flatMap((batch) =>
        [...readRecords(batch, { maxBytes: RECORDS_MAX_BYTES })].flatMap(({ key, value }) => {
          const record = decodeRecord({ key: key ?? new Uint8Array(), value })
          if (record?.type !== 'offset' || record.topic !== topic) return []
          const { groupId: group, partition, committed } = record
          if (committed === null) throw new Error(`offsets of ${group} were deleted`)
          return [{ group, partition, offset: committed.offset, metadata: committed.metadata }]
        }),
      ),
    ),
  )
}

function segmentsIn(path: string): readonly Uint8Array[] {
  if (!existsSync(path)) return []
  const names = readdirSync(path).filter((name) => name.endsWith('.log'))
  return names.sort().map((name) => readFileSync(join(path, name)))
}

/** The last one of each place. */
export function fold(commits: readonly LoggedCommit[]): ReadonlyMap<string, LoggedCommit> {
  return new Map(commits.map((commit) => [placeOf(commit), commit]))
}

/** What the view says, which is what the node would have answered. */
export async function readView(
  directory: string,
  topic: string,
): Promise<ReadonlyMap<string, LoggedCommit>> {
  const { code, stdout, stderr } = await run(['dump', join(directory, 'store'), '-r', '--json'])
  if (code !== 0) throw new Error(`the dump of ${directory} ended with ${code}: ${stderr}`)
  const commits = stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes('"type":"committed-offset"'))
    .map((line) => JSON.parse(line) as LoggedCommit & { groupId: string; topic: string })
    .filter((line) => line.topic === topic)
    .map(({ groupId: group, partition, offset, metadata }) => {
      return { group, partition, offset, metadata }
    })
  return fold(commits)
}

/** How two folds differ, as sentences. */
export function differences(
  what: string,
  found: ReadonlyMap<string, LoggedCommit>,
  wanted: ReadonlyMap<string, LoggedCommit>,
): readonly string[] {
  return [...new Set([...found.keys(), ...wanted.keys()])].flatMap((place) => {
    const [there, fold] = [shown(found.get(place)), shown(wanted.get(place))]
    return there === fold ? [] : [`${what}: ${place} is ${there}, by the log ${fold}`]
  })
}

const shown = (commit: LoggedCommit | undefined) =>
  commit ? `${commit.offset} (${commit.metadata})` : 'nothing'
