/**
 * Goal: every invariant fires. Method: replicas A, B and C are made up, what they say and what
 * their disks have is written by hand, and each test does one thing that must never be, from a
 * beginning that is in order.
 */
import { describe, expect, test } from 'vitest'
import type { Configuration, ReplicaKey } from '../../src/raft/configuration.ts'
import type { Message } from '../../src/raft/messages.ts'
import type { Entry } from '../../src/raft/entry.ts'
import type { Batch, Bounds, Ready, Status } from '../../src/raft/types.ts'
import { Clients, dataOf } from './invariants/clients.ts'
import { Invariants } from './invariants/invariants.ts'
import { Violation } from './invariants/violation.ts'
import { ModelDisk } from './model-disk.ts'
import { Scheduler } from './scheduler.ts'

const [A, B, C, D] = ['n0.1', 'n1.1', 'n2.1', 'n3.1'] as ReplicaKey[] as [
  ReplicaKey,
  ReplicaKey,
  ReplicaKey,
  ReplicaKey,
]
const VOTERS = [A, B, C]
const FOUNDING: Configuration = { voters: VOTERS, outgoing: [], learners: [] }
const LIMITS: Bounds = {
  entryBytes: 16,
  appendBytes: 100,
  appendEntries: 2,
  inflightAppends: 1,
  inflightBytes: 1_000,
  uncommittedBytes: 1_000,
  cachedBytes: 1_000,
  reads: 10,
}

const noop = (index: number, term: number): Entry => ({ index, term, kind: 'noop' })
const data = (index: number, term: number, id: number, extraBytes = 0): Entry => ({
  index,
  term,
  kind: 'data',
  data: dataOf(id, extraBytes),
})
const changed = (index: number, term: number, configuration: Partial<Configuration>): Entry => ({
  index,
  term,
  kind: 'configuration',
  configuration: { ...FOUNDING, ...configuration },
})

/** Three replicas that say and write what a test tells them to. */
class Stage {
  readonly invariants = new Invariants(LIMITS, new Clients())
  readonly disks = new Map<ReplicaKey, ModelDisk>()
  readonly #batches = new Map<ReplicaKey, number>()

  constructor() {
    for (const key of VOTERS) this.start(key)
  }

  disk(key: ReplicaKey): ModelDisk {
    const disk = this.disks.get(key) ?? new ModelDisk(FOUNDING)
    this.disks.set(key, disk)
    return disk
  }

  start(key: ReplicaKey): void {
    const disk = this.disk(key)
    const recovered = disk.recovered()
    const { term } = recovered.hardState
    const told: Status = { role: 'follower', term, leader: null, commit: recovered.commit }
    this.invariants.started(key, disk, { recovered, state: disk.newest, told })
  }

  say(key: ReplicaKey, said: Partial<Omit<Ready, 'status'>>, status: Partial<Status> = {}): void {
    const replica = this.invariants.of(key)
    const ready: Ready = {
      batch: null,
      messages: [],
      answers: [],
      snapshots: [],
      applicable: replica.applicable,
      ...said,
      status: { ...replica.status, ...status },
    }
    this.invariants.ready(key, ready, null)
  }

  /** Says a batch; it is durable at once unless it stays on its way. */
  write(
    key: ReplicaKey,
    part: Partial<Batch>,
    status: Partial<Status> = {},
    { stays = false } = {},
  ): void {
    const number = (this.#batches.get(key) ?? 0) + 1
    this.#batches.set(key, number)
    const empty = { hardState: null, snapshot: null, truncateFrom: null, entries: [] }
    const batch = { ...empty, ...part, number }
    this.say(key, { batch }, status)
    this.disk(key).writeBatch(batch, 0)
    if (!stays) this.finish(key)
  }

  finish(key: ReplicaKey): void {
    const before = this.disk(key).hardState
    const write = this.disk(key).finishFirst()
    const hasTruncated = write?.type === 'batch' && write.batch.truncateFrom !== null
    this.invariants.durable(key, before, hasTruncated)
  }

  /** All vote for it, durably; then it leads. */
  elect(key: ReplicaKey, term: number): void {
    for (const voter of VOTERS)
      this.write(voter, { hardState: { term, vote: key } }, { term, role: 'follower' })
    this.say(key, {}, { role: 'leader', leader: key })
  }

  /** A leads term 1 and has committed what all have. */
  committed(...entries: Entry[]): void {
    this.elect(A, 1)
    for (const key of VOTERS) this.write(key, { entries })
    this.say(A, {}, { commit: entries.length })
  }

  send(key: ReplicaKey, content: object): void {
    const { term } = this.invariants.of(key).status
    this.say(key, { messages: [{ from: key, to: A, term, ...content } as Message] })
  }
}

/** What the last step breaks. */
function broken(invariant: string, act: (stage: Stage) => void): void {
  const stage = new Stage()
  let violation: unknown = null
  try {
    act(stage)
  } catch (error) {
    violation = error
  }
  expect(violation).toBeInstanceOf(Violation)
  expect((violation as Violation).invariant).toBe(invariant)
}

test('a run in order breaks nothing', () => {
  const stage = new Stage()
  stage.committed(noop(1, 1), data(2, 1, 7))
  stage.say(B, {}, { commit: 2, leader: A })
  stage.send(B, { type: 'append-response', session: 1, index: 2 })
})

describe('elections', () => {
  test('1: two leaders of one term', () =>
    broken('1-election-safety', (stage) => {
      stage.elect(A, 1)
      stage.say(B, {}, { role: 'leader' })
    }))

  test('1: the same leader of one term in two lives', () =>
    broken('1-election-safety', (stage) => {
      stage.elect(A, 1)
      stage.start(A)
      stage.say(A, {}, { role: 'leader', leader: A })
    }))

  test('1: a leader without the votes of a quorum', () =>
    broken('1-quorum-of-votes', (stage) => {
      stage.write(A, { hardState: { term: 1, vote: A } }, { term: 1 })
      stage.say(A, {}, { role: 'leader' })
    }))

  test('7: a term that goes back', () =>
    broken('7-term', (stage) => {
      stage.elect(A, 2)
      stage.say(B, {}, { term: 1 })
    }))

  test('7: two votes in a term', () =>
    broken('7-vote', (stage) => {
      stage.write(B, { hardState: { term: 1, vote: A } }, { term: 1 })
      stage.write(B, { hardState: { term: 1, vote: C } })
    }))

  test('10: who is no voter campaigns', () =>
    broken('10-campaign', (stage) => {
      stage.disks.set(D, new ModelDisk({ voters: [], outgoing: [], learners: [] }))
      stage.start(D)
      stage.send(D, { type: 'pre-vote', lastIndex: 0, lastTerm: 0 })
    }))
})

describe('logs', () => {
  test('2: a leader takes entries away', () =>
    broken('2-leader-append-only', (stage) => {
      stage.elect(A, 1)
      stage.write(A, { entries: [noop(1, 1)] })
      stage.write(A, { truncateFrom: 1 })
    }))

  test('3: a gap', () =>
    broken('3-log-gap', (stage) => {
      stage.elect(A, 1)
      stage.write(B, { entries: [noop(2, 1)] })
    }))

  test('3: an entry of a later term', () =>
    broken('3-log-term', (stage) => stage.write(B, { entries: [noop(1, 1)] })))

  test('3: the same index and term, and something else', () =>
    broken('3-log-matching', (stage) => {
      stage.elect(A, 1)
      stage.write(A, { entries: [noop(1, 1)] })
      stage.write(B, { entries: [data(1, 1, 7)] })
    }))

  test('11: what is known to be committed is truncated', () =>
    broken('11-truncation', (stage) => {
      stage.committed(noop(1, 1))
      stage.say(B, {}, { commit: 1 })
      stage.write(B, { truncateFrom: 1 })
    }))

  test('11: a snapshot of something else', () =>
    broken('11-snapshot', (stage) => {
      stage.committed(noop(1, 1))
      const mark = { index: 1, term: 1, configuration: FOUNDING }
      stage.invariants.snapshot(B, { mark, chain: 12 })
    }))

  test('11: a snapshot with other voters', () =>
    broken('11-snapshot-configuration', (stage) => {
      stage.committed(noop(1, 1))
      stage.write(A, { entries: [changed(2, 1, { learners: [D] })] })
      stage.write(B, { entries: [changed(2, 1, { learners: [D] })] })
      stage.say(A, {}, { commit: 2 })
      const mark = { index: 2, term: 1, configuration: FOUNDING }
      stage.invariants.snapshot(A, { mark, chain: stage.disk(A).log.lastChain })
    }))

  test('11: a log that begins behind what was applied', () =>
    broken('11-log-start', (stage) => {
      stage.committed(noop(1, 1))
      stage.invariants.compacted(A, { index: 1, term: 1, configuration: FOUNDING })
    }))

  test('15: a replica comes back without what it acknowledged', () =>
    broken('15-restart', (stage) => {
      stage.committed(noop(1, 1))
      stage.send(B, { type: 'append-response', session: 1, index: 1 })
      stage.disk(B).log.truncateFrom(1)
      stage.start(B)
    }))
})

describe('commits', () => {
  test('4: a later leader without what is committed', () =>
    broken('4-leader-completeness', (stage) => {
      stage.elect(A, 1)
      for (const key of [A, B]) stage.write(key, { entries: [noop(1, 1)] })
      stage.say(A, {}, { commit: 1 })
      stage.elect(C, 2)
    }))

  test('5: two things committed at one index', () =>
    broken('5-state-machine', (stage) => {
      stage.committed(noop(1, 1))
      stage.elect(B, 2)
      stage.write(C, { truncateFrom: 1, entries: [noop(1, 2)] })
      stage.say(C, {}, { commit: 1 })
    }))

  test('5: another state', () =>
    broken('5-state-machine', (stage) => {
      stage.committed(noop(1, 1))
      stage.invariants.applied(A, 1, 12)
    }))

  test('5: applied twice', () =>
    broken('5-applied-once', (stage) => {
      stage.committed(noop(1, 1))
      const { lastChain } = stage.disk(A).log
      stage.invariants.applied(A, 1, lastChain)
      stage.invariants.applied(A, 1, lastChain)
    }))

  test('6: a commit that goes back', () =>
    broken('6-commit', (stage) => {
      stage.committed(noop(1, 1))
      stage.say(A, {}, { commit: 0 })
    }))

  test('6: a follower commits before any leader', () =>
    broken('6-commit', (stage) => {
      stage.elect(A, 1)
      stage.write(B, { entries: [noop(1, 1)] }, { commit: 1 })
    }))

  test('6: no quorum has it on its disks', () =>
    broken('6-quorum', (stage) => {
      stage.elect(A, 1)
      stage.write(A, { entries: [noop(1, 1)] })
      stage.write(B, { entries: [noop(1, 1)] }, {}, { stays: true })
      stage.say(A, {}, { commit: 1 })
    }))

  test('6: an entry of an earlier term is committed by counting', () =>
    broken('6-own-term', (stage) => {
      stage.elect(A, 1)
      for (const key of VOTERS) stage.write(key, { entries: [noop(1, 1)] })
      stage.elect(A, 2)
      stage.say(A, {}, { commit: 1 })
    }))

  test('6: something may be applied that is not durable', () =>
    broken('6-applicable', (stage) => {
      stage.committed(noop(1, 1))
      stage.write(B, { entries: [noop(2, 1)] }, {}, { stays: true })
      stage.write(C, { entries: [noop(2, 1)] })
      stage.write(A, { entries: [noop(2, 1)] }, {})
      stage.say(A, {}, { commit: 2 })
      stage.say(B, { applicable: 2 }, { commit: 2 })
    }))
})

describe('gates', () => {
  test('8: a term that is not durable', () =>
    broken('8-term-gate', (stage) => {
      stage.say(B, {}, { term: 1 })
      stage.send(B, { type: 'vote-response', granted: false })
    }))

  test('8: a vote that is not durable', () =>
    broken('8-vote-gate', (stage) => {
      stage.write(B, { hardState: { term: 1, vote: null } }, { term: 1 })
      stage.send(B, { type: 'vote-response', granted: true })
    }))

  test('8: entries that are not durable', () =>
    broken('8-ack-gate', (stage) => {
      stage.elect(A, 1)
      stage.write(B, { entries: [noop(1, 1)] }, {}, { stays: true })
      stage.send(B, { type: 'append-response', session: 1, index: 1 })
    }))

  test('8: a word of a term that is over', () =>
    broken('8-old-term', (stage) => {
      stage.elect(A, 1)
      stage.write(B, { hardState: { term: 2, vote: null } }, { term: 2 })
      const late = {
        from: B,
        to: A,
        term: 1,
        type: 'append-response',
        session: 1,
        index: 0,
      } as const
      stage.say(B, { messages: [late] })
    }))

  test('8: a leader whose own vote is not durable', () =>
    broken('8-own-vote', (stage) => {
      for (const voter of [B, C])
        stage.write(voter, { hardState: { term: 1, vote: A } }, { term: 1 })
      stage.write(A, { hardState: { term: 1, vote: A } }, { term: 1 }, { stays: true })
      stage.say(A, {}, { role: 'leader' })
    }))

  test('9: what is acknowledged is not what the leader has', () =>
    broken('9-acknowledged', (stage) => {
      stage.elect(B, 1)
      stage.write(B, { entries: [noop(1, 1)] })
      stage.elect(A, 2)
      stage.write(A, { entries: [noop(1, 2)] })
      stage.send(B, { type: 'append-response', session: 1, index: 1 })
    }))
})

describe('configurations', () => {
  test('10: two changes at a time', () =>
    broken('10-one-change', (stage) => {
      stage.committed(noop(1, 1))
      stage.write(A, { entries: [changed(2, 1, { learners: [D] })] })
      stage.write(A, { entries: [changed(3, 1, {})] })
    }))

  test('10: a change before the leader has committed anything', () =>
    broken('10-own-term', (stage) => {
      stage.elect(A, 1)
      stage.write(A, { entries: [noop(1, 1), changed(2, 1, { learners: [D] })] })
    }))

  test('10: voters change without a joint configuration', () =>
    broken('10-step', (stage) => {
      stage.committed(noop(1, 1))
      stage.write(A, { entries: [changed(2, 1, { voters: [A, B] })] })
    }))

  test('10: a voter that was no learner', () =>
    broken('10-step', (stage) => {
      stage.committed(noop(1, 1))
      stage.write(A, { entries: [changed(2, 1, { voters: [A, B, D], outgoing: VOTERS })] })
    }))

  test('10: a joint configuration committed by the old voters alone', () =>
    broken('10-joint-quorum', (stage) => {
      stage.committed(noop(1, 1))
      const joint = changed(2, 1, { voters: [A], outgoing: VOTERS })
      const left = changed(3, 1, { voters: [A] })
      // A alone has both: enough for the last configuration, not for the joint one.
      stage.write(A, { entries: [joint] })
      stage.invariants.of(A).log.append(left)
      stage.disk(A).log.append(left)
      stage.say(A, {}, { commit: 3 })
    }))

  test('10: a removed leader goes on', () =>
    broken('10-removed-leader', (stage) => {
      stage.committed(noop(1, 1))
      const joint = changed(2, 1, { voters: [B, C], outgoing: VOTERS })
      for (const key of VOTERS) stage.write(key, { entries: [joint] })
      stage.say(A, {}, { commit: 2 })
      const left = changed(3, 1, { voters: [B, C] })
      for (const key of VOTERS) stage.write(key, { entries: [left] })
      stage.say(A, {}, { commit: 3 })
    }))
})

describe('clients', () => {
  const answer = (stage: Stage, type: string, rest: object = {}) =>
    stage.say(A, { answers: [{ type, id: 7, ...rest } as Ready['answers'][number]] })
  const propose = (stage: Stage) =>
    stage.invariants.asked({ type: 'propose', id: 7, data: dataOf(7, 0) })

  test('12: a read that is older than what was committed', () =>
    broken('12-read', (stage) => {
      stage.committed(noop(1, 1))
      stage.invariants.asked({ type: 'read', id: 7 })
      answer(stage, 'readable', { index: 0 })
    }))

  test('13: refused and appended', () =>
    broken('13-refused', (stage) => {
      stage.elect(A, 1)
      propose(stage)
      answer(stage, 'refused', { reason: 'overloaded' })
      stage.write(A, { entries: [data(1, 1, 7)] })
    }))

  test('13: committed twice', () =>
    broken('13-once', (stage) => stage.committed(data(1, 1, 7), data(2, 1, 7))))

  test('13: called committed, and is not', () =>
    broken('13-committed', (stage) => {
      stage.elect(A, 1)
      propose(stage)
      answer(stage, 'accepted', { index: 1, term: 1 })
      answer(stage, 'committed', { index: 1 })
    }))

  test('13: answered twice', () =>
    broken('13-answer', (stage) => {
      propose(stage)
      answer(stage, 'unknown')
      answer(stage, 'unknown')
    }))
})

describe('bounds', () => {
  const append = (entries: readonly Entry[]) => ({
    type: 'append',
    session: 1,
    previousIndex: 0,
    previousTerm: 0,
    entries,
    commit: 0,
  })

  test('9: more than the window', () =>
    broken('9-window', (stage) => {
      for (let count = 0; count < 4; count += 1) stage.send(B, append([noop(1, 1)]))
    }))

  test('14: an append that is too large', () =>
    broken('14-append-size', (stage) => {
      stage.send(B, append([noop(1, 1), noop(2, 1), noop(3, 1)]))
    }))

  test('14: an entry that is too large', () =>
    broken('14-entry-size', (stage) => {
      stage.elect(A, 1)
      stage.write(A, { entries: [data(1, 1, 7, 9)] })
    }))

  test('14: ready with nothing to do', () => broken('14-spinning', (stage) => stage.say(A, {})))

  test('14: a world that is stuck at one moment', () =>
    broken('14-livelock', () => {
      const scheduler = new Scheduler()
      const again = () => scheduler.after(0, again)
      again()
      scheduler.runUntil(1)
    }))
})
