/**
 * Goal: damage below the durable watermark refuses the start, damage above it is a torn tail and is
 * cut, and nothing that was never written is ever delivered (SAFETY S2, S5, S6; invariant A15).
 * Method: every byte of every file of a small metadata directory is flipped, and the log is cut at
 * every length; each time a node starts on it.
 */
import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/base/disk.ts'
import type { CommittedEntry } from '../../../src/metadata/records.ts'
import { MetadataUnusable } from '../../../src/quorum/unusable.ts'
import { CrashDisk } from '../base/crash-disk.ts'
import { QuorumNode, named, started } from './quorum-node.ts'

const DIRECTORY = '/data/__cluster_metadata-0'
const LOG = `${DIRECTORY}/00000000000000000000.log`
/** On a machine that has much else to do. */
const SOME_THOUSAND_STARTS_MS = 180_000
const ALL_WRITTEN = { entries: 'written', contents: 'written' } as const

/** A directory as a node left it that was stopped, or killed, after some topics. */
async function leftBy(end: 'stopped' | 'killed', maxBytesBetweenSnapshots = Infinity) {
  const disk = new CrashDisk()
  const node = await started({ disk, directory: DIRECTORY, maxBytesBetweenSnapshots })
  for (let number = 1; number <= 6; number += 1) {
    await node.append(named(`topic-${number}`, number))
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (end === 'stopped') await node.quorum.close()
  return { disk: disk.afterCrash(ALL_WRITTEN), entries: node.entries, topics: node.topics }
}

function bytesOf(disk: CrashDisk, path: string): Uint8Array {
  const bytes = readFile(disk, path)
  if (bytes === null) throw new Error(`${path} is missing`)
  return bytes
}

/** A copy of the disk in which one file holds `bytes`. */
function withFile(disk: CrashDisk, path: string, bytes: Uint8Array): CrashDisk {
  const copy = disk.afterCrash(ALL_WRITTEN)
  const file = copy.open(path, 'write')
  file.truncate(0)
  file.writeAt([bytes], 0)
  return copy
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const harmed = bytes.slice()
  harmed[at] = (harmed[at] ?? 0) ^ 0x01
  return harmed
}

/** What a node delivers that starts on the disk, or why it refuses. */
async function start(disk: CrashDisk): Promise<QuorumNode | MetadataUnusable> {
  const node = new QuorumNode({ disk, directory: DIRECTORY })
  try {
    await node.start()
    return node
  } catch (thrown) {
    if (thrown instanceof MetadataUnusable) return thrown
    throw thrown
  }
}

/**
 * How many of the entries were recovered: a prefix of what was written, then one of the new term.
 */
function recovered(node: QuorumNode, written: readonly CommittedEntry[]): number {
  const old = node.entries.slice(0, -1)
  expect(old).toEqual(written.slice(0, old.length))
  return old.length
}

describe('the log', () => {
  test('of a node that stopped cleanly is whole or refused, whichever byte is flipped', async () => {
    const { disk, entries } = await leftBy('stopped')
    const bytes = bytesOf(disk, LOG)
    for (let at = 0; at < bytes.byteLength; at += 1) {
      const outcome = await start(withFile(disk, LOG, flipped(bytes, at)))
      expect(outcome, `byte ${at}`).toBeInstanceOf(MetadataUnusable)
      expect((outcome as MetadataUnusable).message).toMatch(
        /\.log is damaged at byte \d+, where metadata offset \d+ .*Nothing was deleted\./,
      )
    }
    expect(recovered((await start(disk)) as QuorumNode, entries)).toBe(entries.length)
  })

  test('of a node that was killed loses its unproven end at most, whichever byte is flipped', async () => {
    const { disk, entries } = await leftBy('killed')
    const bytes = bytesOf(disk, LOG)
    const outcomes: (number | 'refused')[] = []
    for (let at = 0; at < bytes.byteLength; at += 1) {
      const outcome = await start(withFile(disk, LOG, flipped(bytes, at)))
      outcomes.push(outcome instanceof MetadataUnusable ? 'refused' : recovered(outcome, entries))
    }
    // The last entry tells that all before it were on disk; of itself nobody knows.
    expect(new Set(outcomes)).toEqual(new Set(['refused', entries.length - 1]))
    const lastEntryAt = outcomes.indexOf(entries.length - 1)
    expect(outcomes.slice(lastEntryAt)).not.toContain('refused')
  })

  test('cut at any length gives a prefix or is refused', async () => {
    for (const end of ['stopped', 'killed'] as const) {
      const { disk, entries } = await leftBy(end)
      const bytes = bytesOf(disk, LOG)
      for (let length = 0; length < bytes.byteLength; length += 1) {
        const outcome = await start(withFile(disk, LOG, bytes.slice(0, length)))
        if (end === 'stopped') expect(outcome, `length ${length}`).toBeInstanceOf(MetadataUnusable)
        if (outcome instanceof QuorumNode) recovered(outcome, entries)
      }
    }
  })

  test('that is refused is left as it was', async () => {
    const { disk } = await leftBy('stopped')
    const harmed = flipped(bytesOf(disk, LOG), 100)
    const copy = withFile(disk, LOG, harmed)
    expect(await start(copy)).toBeInstanceOf(MetadataUnusable)
    expect(bytesOf(copy, LOG)).toEqual(harmed)
  })
})

describe('quorum-state', () => {
  test('is read as it was written or refused, whichever byte is flipped or missing', async () => {
    const { disk } = await leftBy('stopped')
    const path = `${DIRECTORY}/quorum-state`
    const bytes = bytesOf(disk, path)
    for (let at = 0; at < bytes.byteLength; at += 1)
      for (const harmed of [flipped(bytes, at), bytes.slice(0, at)])
        expect(await start(withFile(disk, path, harmed)), `byte ${at}`).toBeInstanceOf(
          MetadataUnusable,
        )
  })
})

describe('a snapshot', () => {
  test(
    'whose bytes are flipped or missing is passed over for the older one',
    async () => {
      const { disk, topics } = await leftBy('stopped', 300)
      const names = disk
        .list(DIRECTORY)
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.checkpoint'))
      expect(names).toHaveLength(2)
      for (const name of names) {
        const path = `${DIRECTORY}/${name}`
        const bytes = bytesOf(disk, path)
        for (let at = 0; at < bytes.byteLength; at += 1)
          for (const harmed of [flipped(bytes, at), bytes.slice(0, at)]) {
            const outcome = await start(withFile(disk, path, harmed))
            expect(outcome, `${name} byte ${at}`).toBeInstanceOf(QuorumNode)
            expect((outcome as QuorumNode).topics).toEqual(topics)
          }
      }
    },
    SOME_THOUSAND_STARTS_MS,
  )

  test('both of whose copies are damaged refuses, naming the file and the byte', async () => {
    const { disk } = await leftBy('stopped', 300)
    let harmed = disk
    for (const { name } of disk.list(DIRECTORY))
      if (name.endsWith('.checkpoint')) {
        const path = `${DIRECTORY}/${name}`
        harmed = withFile(harmed, path, flipped(bytesOf(disk, path), 90))
      }
    const outcome = await start(harmed)
    expect(outcome).toBeInstanceOf(MetadataUnusable)
    expect((outcome as MetadataUnusable).message).toMatch(/\.checkpoint is damaged at byte 0/)
  })
})
