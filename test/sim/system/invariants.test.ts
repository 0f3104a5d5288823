/**
 * Goal: every invariant of whole nodes fires. Method: a history of a few entries, a disk on which
 * what a test says is written (by the code that nodes use) and made durable or not; each test does
 * one thing that must never be, from a beginning that is in order.
 */
import { describe, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import { encodeRecords } from '../../../src/metadata/codec.ts'
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import { encodeEntry } from '../../../src/quorum/entry.ts'
import {
  NO_QUORUM_STATE,
  writeQuorumState,
  type QuorumState,
} from '../../../src/quorum/quorum-state.ts'
import { SnapshotStore } from '../../../src/quorum/snapshot-store.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Message } from '../../../src/raft/messages.ts'
import { Violation } from '../invariants/violation.ts'
import { DiskView, NOTHING } from './disk-view.ts'
import { History } from './history.ts'
import { Deliveries } from './invariants/deliveries.ts'
import { disks } from './invariants/disks.ts'
import { Founding } from './invariants/founding.ts'
import { nameOf, Proposals } from './invariants/proposals.ts'
import { checkSnapshot } from './invariants/snapshots.ts'
import { MachineDisk } from './machine-disk.ts'
import { MountedDisk } from './mounted-disk.ts'
import { Verdict } from './verdict.ts'

const DIRECTORY = '/data/metadata'
const LOG = `${DIRECTORY}/${'0'.repeat(20)}.log`
const idOf = (number: number) => `${String(number).padStart(21, 'A')}A`
const [A, B, C] = [1, 2, 3].map((node) => `${node}@${idOf(node)}`) as ReplicaKey[] as [
  ReplicaKey,
  ReplicaKey,
  ReplicaKey,
]
const VOTERS = { voters: [A, B, C], outgoing: [], learners: [] }

const topic = (number: number): MetadataRecord => ({
  type: 'Topic',
  name: nameOf(number),
  topicId: asTopicId(idOf(number)),
})

/** Of term 1, with the topic of its own number. */
const entryAt = (index: number): Entry => ({
  index,
  term: 1,
  kind: 'data',
  data: encodeRecords([topic(index)]),
})

const delivered = (index: number, number = index, epoch = 1): CommittedEntry => ({
  offset: index - 1,
  epoch,
  records: [topic(number)],
})

/** Three committed entries, and a disk that is as a test makes it. */
class Stage {
  readonly history = new History()
  readonly machine = new MachineDisk()
  readonly disk: MountedDisk
  readonly view: DiskView
  readonly snapshots: SnapshotStore

  constructor() {
    this.history.founding = VOTERS
    for (const index of [1, 2, 3]) this.history.push(entryAt(index))
    this.disk = new MountedDisk({
      machine: this.machine,
      isAlive: () => true,
      touched: () => undefined,
      afterSync: (run) => run(),
      writesHalf: () => false,
      failed: () => undefined,
      renamed: () => undefined,
    })
    this.disk.makeDirectory(DIRECTORY)
    this.disk.syncDirectory('/data')
    const chains = { chainOf: (index: number) => index, chainAt: (index: number) => index }
    this.view = new DiskView(this.machine, DIRECTORY, chains)
    this.snapshots = new SnapshotStore({ disk: this.disk, directory: DIRECTORY })
  }

  state(state: Partial<QuorumState>): void {
    writeQuorumState(this.disk, DIRECTORY, { ...NO_QUORUM_STATE, term: 1, ...state })
  }

  /** Entries 1 to `last` are in the log, and durable or not. */
  log(last: number, { term = 1, isDurable = true } = {}): void {
    const file = this.disk.open(LOG, 'create')
    file.truncate(0)
    for (let offset = 0, at = 0; offset < last; offset += 1) {
      const header = { index: offset, term, previousTerm: term, flushedOffset: 0, commitOffset: 0 }
      at += file.writeAt([encodeEntry(header, entryAt(offset + 1), 0)], at)
    }
    if (isDurable) file.syncNow()
    this.disk.syncDirectory(DIRECTORY)
  }

  /** A snapshot of what is committed up to `index`, holding what `of` was. */
  async snapshot(index: number, of = index): Promise<string> {
    const id = { endOffset: index, epoch: 1 }
    const records = imageRecords(this.history.imageAt(of))
    await this.snapshots.write(id, { configuration: VOTERS, records })
    return this.snapshots.pathOf(id)
  }

  deliveries(): Deliveries {
    return new Deliveries('A', this.history, this.view)
  }
}

async function broken(
  invariant: string,
  act: (stage: Stage) => void | Promise<void>,
): Promise<void> {
  let violation: unknown = null
  try {
    await act(new Stage())
  } catch (error) {
    violation = error
  }
  expect(violation).toBeInstanceOf(Violation)
  expect((violation as Violation).invariant).toBe(invariant)
}

describe('what listeners are told', () => {
  test('is in order', async () => {
    const stage = new Stage()
    stage.log(3)
    const deliveries = stage.deliveries()
    deliveries.snapshot(stage.history.imageAt(1))
    deliveries.entries([delivered(2), delivered(3)])
    deliveries.leadership({ epoch: 1, leaderId: null, isLeader: true })
    deliveries.caughtUp()
    expect(deliveries.applied).toBe(3)
    await stage.snapshot(2)
  })

  test('leaves nothing out, repeats nothing', async () => {
    for (const index of [1, 3])
      await broken('5-applied-once', (stage) => {
        stage.log(3)
        const deliveries = stage.deliveries()
        deliveries.entries([delivered(1)])
        deliveries.entries([delivered(index)])
      })
    await broken('5-applied-once', (stage) => {
      stage.log(3)
      const deliveries = stage.deliveries()
      deliveries.entries([delivered(1)])
      deliveries.snapshot(stage.history.imageAt(1))
    })
  })

  test('is what is committed', async () => {
    const tell = (entry: CommittedEntry) => (stage: Stage) => {
      stage.log(3)
      stage.deliveries().entries([entry])
    }
    await broken('5-state-machine', tell(delivered(1, 2)))
    await broken('5-state-machine', tell(delivered(1, 1, 2)))
    await broken('5-state-machine', (stage) => {
      stage.log(3)
      stage.deliveries().snapshot({ ...stage.history.imageAt(1), metadataOffset: 1 })
    })
    await broken('5-committed', (stage) => {
      stage.log(4)
      stage.deliveries().entries([1, 2, 3, 4].map((index) => delivered(index)))
    })
  })

  test('is durable', () =>
    broken('6-applicable', (stage) => {
      stage.log(3, { isDurable: false })
      stage.deliveries().entries([delivered(1)])
    }))

  test('is caught up once', () =>
    broken('5-caught-up', (stage) => {
      const deliveries = stage.deliveries()
      deliveries.caughtUp()
      deliveries.caughtUp()
    }))

  test('epochs only go up', () =>
    broken('7-term', (stage) => {
      const deliveries = stage.deliveries()
      deliveries.leadership({ epoch: 2, leaderId: null, isLeader: false })
      deliveries.leadership({ epoch: 1, leaderId: null, isLeader: false })
    }))

  test('whoever leads was told an entry of its epoch', () =>
    broken('4-leader-delivered', (stage) => {
      stage.log(3)
      const deliveries = stage.deliveries()
      deliveries.entries([delivered(1)])
      deliveries.leadership({ epoch: 2, leaderId: null, isLeader: true })
    }))
})

describe('what askers are told', () => {
  const accepted = (proposals: Proposals, number: number, offset: number) =>
    proposals.asked(nameOf(number), 'A', {
      accepted: true,
      offset,
      outcome: Promise.resolve({ outcome: 'unknown' }),
    })
  const ok = (offset: number) => ({ outcome: 'ok', offset }) as const

  test('once', () =>
    broken('13-answer', () => {
      const proposals = new Proposals(() => undefined)
      accepted(proposals, 1, 0)
      proposals.ended(nameOf(1), { outcome: 'unknown' }, 0)
      proposals.ended(nameOf(1), { outcome: 'unknown' }, 0)
    }))

  test('ok is committed at its offset, and delivered', async () => {
    await broken('13-committed', () => {
      const proposals = new Proposals(() => undefined)
      accepted(proposals, 1, 0)
      proposals.ended(nameOf(1), ok(0), 1)
    })
    await broken('13-committed', () => {
      const proposals = new Proposals(() => undefined)
      accepted(proposals, 1, 5)
      proposals.committed(entryAt(1))
      proposals.ended(nameOf(1), ok(5), 6)
    })
    await broken('13-delivered', () => {
      const proposals = new Proposals(() => undefined)
      accepted(proposals, 1, 0)
      proposals.committed(entryAt(1))
      proposals.ended(nameOf(1), ok(0), 0)
    })
  })

  test('what is committed is so once', () =>
    broken('13-once', () => {
      const proposals = new Proposals(() => undefined)
      proposals.committed(entryAt(1))
      proposals.committed({ ...entryAt(1), index: 2 })
    }))

  test('refused or failed is never committed', async () => {
    await broken('13-refused', () => {
      const proposals = new Proposals(() => undefined)
      proposals.asked(nameOf(1), 'A', { accepted: false, reason: 'not-leader' })
      proposals.committed(entryAt(1))
    })
    await broken('13-refused', () => {
      const proposals = new Proposals(() => undefined)
      accepted(proposals, 1, 0)
      proposals.committed(entryAt(1))
      proposals.ended(nameOf(1), { outcome: 'failed', reason: 'not-leader' }, 0)
    })
  })

  test('a confirmed leader is not behind', () =>
    broken('12-read', () => new Proposals(() => undefined).confirmed('A', 2, 3)))
})

describe('founding', () => {
  const bound = (...founders: ReplicaKey[]) => ({ ...NOTHING, founders })
  const founded = (...founders: ReplicaKey[]) => ({ ...bound(...founders), founded: true })

  test('binds once, and with itself', async () => {
    await broken('S1-bound-once', () => new Founding().found(A, bound(A, C), bound(A, B)))
    await broken('S1-bound', () => new Founding().found(A, bound(B, C), NOTHING))
  })

  test('there is one', () =>
    broken('S1-one-founding', () => {
      const founding = new Founding()
      founding.found(A, founded(A, B), bound(A, B))
      founding.found(C, founded(C), NOTHING)
    }))
})

describe('a disk', () => {
  test('has what its state remembers as durable', () =>
    broken('S6-watermark', (stage) => {
      stage.log(2)
      stage.state({ flushedOffset: 3 })
      disks.changed(A, stage.view)
    }))

  test('has the term of every entry before the entry', () =>
    broken('S8-hard-state-first', (stage) => {
      stage.state({ term: 1 })
      stage.log(2, { term: 2 })
      disks.changed(A, stage.view)
    }))

  test('lets a core begin with what is durable, and in a term it has', async () => {
    const begin = { startIndex: 0, lastIndex: 2, lastTerm: 1, term: 1 }
    const begins =
      (change: Partial<typeof begin>, isDurable = true) =>
      (stage: Stage) => {
        stage.state({ term: 1 })
        stage.log(2, { isDurable })
        disks.begins(A, stage.view, 3, { ...begin, ...change })
      }
    begins({})(new Stage())
    await broken('15-durable', begins({}, false))
    await broken('11-log-start', begins({ startIndex: 4 }))
    await broken('7-term', begins({ term: 0 }))
  })

  test('keeps what was delivered, and what no snapshot has', async () => {
    await broken('11-truncation', () => disks.truncates(A, 2, 3))
    await broken('11-log-start', async (stage) => {
      await stage.snapshot(2)
      disks.forgets(A, stage.view, 2)
      disks.forgets(A, stage.view, 3)
    })
    await broken('11-snapshot', () => disks.installs(A, 4, 3))
  })

  test('that failed silences its node, and stops it', async () => {
    const said = (type: string) => ({ type }) as Message
    disks.speaksAfterFailure(A, said('heartbeat'))
    await broken('S18-stopped', () => disks.speaksAfterFailure(A, said('append-response')))
    await broken('S18-failed-sync', () => disks.failedSync(A, false))
  })
})

describe('a snapshot', () => {
  test('is the committed state of its index', async () => {
    await broken('11-snapshot', async (stage) => {
      const path = await stage.snapshot(3, 2)
      checkSnapshot(stage.machine, DIRECTORY, path, stage.history)
    })
    await broken('11-snapshot', async (stage) => {
      const path = await stage.snapshot(4, 3)
      checkSnapshot(stage.machine, DIRECTORY, path, stage.history)
    })
  })

  test('can be read', () =>
    broken('11-snapshot-unreadable', async (stage) => {
      const path = await stage.snapshot(2)
      stage.disk.open(path, 'write').truncate(20)
      checkSnapshot(stage.machine, DIRECTORY, path, stage.history)
    }))
})

test('what is broken first is kept, whoever catches it', () => {
  const verdict = new Verdict()
  const breaks = (invariant: string) => () => {
    throw new Violation(invariant, 'so it is')
  }
  verdict.note(breaks('first'))
  expect(() => verdict.guard(breaks('second'))).toThrow(Violation)
  verdict.report(new Error('a node failed'), 'fatal')
  expect((verdict.first as Violation).invariant).toBe('first')

  const failure = new Verdict()
  failure.report(new Error('founding died', { cause: new Error('no reason') }), 'fatal')
  expect((failure.first as Violation).invariant).toBe('fatal: no reason')
})
