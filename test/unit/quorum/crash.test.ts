/**
 * Goal: whatever was answered outlives the machine stopping at any moment, whichever of the
 * unsynced writes survive; no (offset, term) ever names two entries (A11), and a node that stops in
 * the middle of a start, a snapshot or a trim starts again.
 * Method: a disk that loses what was not fsynced; a run is stopped before each of its operations in
 * turn, rebooted with every kind of survival, and its second life may be stopped and rebooted too.
 */
import { describe, expect, test } from 'vitest'
import { CrashDisk, SURVIVALS, type Survival } from '../base/crash-disk.ts'
import type { QuorumNode } from './quorum-node.ts'
import { QuorumNode as Node, named } from './quorum-node.ts'

const DIRECTORY = '/data/__cluster_metadata-0'
const options = (disk: CrashDisk) => ({ disk, directory: DIRECTORY, maxBytesBetweenSnapshots: 600 })

/** What is remembered over all lives of a node. */
class History {
  /** Topic names that were answered with success. */
  readonly acknowledged = new Set<string>()
  /** What was ever delivered, by offset and term. */
  readonly #delivered = new Map<string, string>()
  #terms: number[] = []

  note(node: QuorumNode): void {
    for (const { offset, epoch, records } of node.entries) {
      const key = `${offset}@${epoch}`
      const content = JSON.stringify(records)
      expect(this.#delivered.get(key) ?? content).toBe(content)
      this.#delivered.set(key, content)
    }
    const { epoch, isLeader } = node.quorum.leadership
    if (!isLeader) return
    expect(this.#terms).not.toContain(epoch)
    expect(epoch).toBeGreaterThan(Math.max(0, ...this.#terms))
    this.#terms.push(epoch)
  }
}

let lives = 0

/**
 * One life: starts, appends alone and together, may stop cleanly. Ends early when the disk crashes.
 */
async function live(disk: CrashDisk, history: History, entries: number): Promise<void> {
  lives += 1
  const node = new Node(options(disk))
  try {
    await node.start()
    history.note(node)
    for (const name of history.acknowledged) expect(node.topics).toContain(name)
    const append = async (part: number) => {
      const name = `life${lives}-${part}`
      const { outcome } = await node.append(named(name, 10_000 * lives + part))
      if (outcome === 'ok') history.acknowledged.add(name)
    }
    for (let part = 0; part < entries; part += 3) {
      await append(part)
      await Promise.allSettled([append(part + 1), append(part + 2)])
    }
    await node.quorum.close()
    if (disk.operations < disk.crashAt) expect(node.fatal).toEqual([])
  } catch (thrown) {
    // The machine stopped, or refused because it had: either way this life is over.
    if (disk.operations < disk.crashAt) throw thrown
  }
}

/** Stops the machine before `crashAt`; the disk after the reboot. */
async function crashing(disk: CrashDisk, history: History, crashAt: number, survival: Survival) {
  disk.crashAt = disk.operations + crashAt
  await live(disk, history, 12)
  return disk.afterCrash(survival)
}

/** How many operations a life takes that nobody stops. */
async function operationsOf(disk: CrashDisk): Promise<number> {
  const before = disk.operations
  await live(disk, new History(), 12)
  return disk.operations - before
}

/** Every second operation with the entries written, the others with only the durable ones. */
const STRIDE = 2
const phaseOf = ({ entries }: Survival) => (entries === 'written' ? 0 : 1)

describe('an answered change outlives', () => {
  test.each(SURVIVALS)(
    'a first life that stops anywhere ($entries entries, $contents contents)',
    async (survival) => {
      const operations = await operationsOf(new CrashDisk())
      expect(operations).toBeGreaterThan(50)
      for (let crashAt = phaseOf(survival); crashAt <= operations; crashAt += STRIDE) {
        const history = new History()
        const rebooted = await crashing(new CrashDisk(), history, crashAt, survival)
        await live(rebooted, history, 3)
        // And once more, from what that life left on disk.
        await live(rebooted.afterCrash(survival), history, 0)
      }
    },
  )

  test.each(SURVIVALS)(
    'a second life that stops anywhere ($entries entries, $contents contents)',
    async (survival) => {
      const first = new CrashDisk()
      const known = new History()
      await live(first, known, 12)
      const reboot = () => first.afterCrash({ entries: 'durable', contents: 'durable' })
      const operations = await operationsOf(reboot())
      for (let crashAt = phaseOf(survival); crashAt <= operations; crashAt += STRIDE) {
        const history = new History()
        for (const name of known.acknowledged) history.acknowledged.add(name)
        const rebooted = await crashing(reboot(), history, crashAt, survival)
        await live(rebooted, history, 3)
      }
    },
  )

  test('a process killed with its writes in the page cache, then a power cut in the next start', async () => {
    const lost: Survival = { entries: 'durable', contents: 'durable' }
    const operations = await operationsOf(new CrashDisk())
    for (let killAt = 10; killAt <= operations; killAt += 7)
      for (let cutAt = 0; cutAt < 20; cutAt += 1) {
        const history = new History()
        const disk = new CrashDisk()
        // No reboot in between: what the first life wrote is there, but not durable.
        await crashing(disk, history, killAt, lost)
        const rebooted = await crashing(disk, history, cutAt, lost)
        await live(rebooted, history, 0)
      }
  })
})
