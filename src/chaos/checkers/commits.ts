/**
 * What the answers of coordinators mean for what groups must find. A commit takes its place in the
 * log between its request and its answer; one that was not answered has taken it at some time after
 * its request, or never. Every commit is told from every other one by its metadata.
 */
import type { CommitEvent, CommittedEvent, HistoryEvent } from '../history/events.ts'
import { Found, type AnomalyKind } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Anomaly, Checked } from './verdict.ts'

/** Where a group continues, as a coordinator's log has it. */
export interface LoggedCommit {
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly metadata: string
}

export interface CommitsOptions {
  /**
   * What a broker has received it appends within that time, or its connection is gone; default
   * never: a process that is stopped goes on later.
   */
  readonly appendedWithinMs?: number
  /** Somebody asks for all that is committed in the end, or that is not known. */
  readonly asksInTheEnd?: boolean
}

type Place = Pick<CommitEvent, 'group' | 'topic' | 'partition'>

const placeOf = ({ group, topic, partition }: Place) => `${group}, ${topic}-${partition}`

const valueOf = ({ offset, metadata }: { offset: number; metadata: string }) =>
  `${offset} (${metadata})`

export class CommitsChecker implements Checker {
  readonly #found = new Found()
  readonly #commits: CommitEvent[] = []
  readonly #committed: CommittedEvent[] = []
  readonly #appendedWithinMs: number
  readonly #asksInTheEnd: boolean

  constructor({ appendedWithinMs = Infinity, asksInTheEnd = true }: CommitsOptions = {}) {
    this.#appendedWithinMs = appendedWithinMs
    this.#asksInTheEnd = asksInTheEnd
  }

  add(event: HistoryEvent): void {
    if (event.type === 'commit') this.#commits.push(event)
    else if (event.type === 'committed') this.#committed.push(event)
  }

  /** Every answer against the commits that it could know, and had to know. */
  finish(): Checked {
    const committedOf = grouped(this.#committed, placeOf)
    const commitsOf = grouped(this.#commits, placeOf)
    for (const place of new Set([...commitsOf.keys(), ...committedOf.keys()])) {
      const commits = commitsOf.get(place) ?? []
      const committed = committedOf.get(place) ?? []
      const known = this.#knowledge(commits, committed)
      for (const answer of committed) this.#compare(answer, known)
      if (this.#asksInTheEnd) this.#isAsked(place, commits, committed)
    }
    return this.#found.checked
  }

  /** When it is in the log, if ever. */
  #endMs({ sentMs, doneMs, outcome }: CommitEvent): number {
    if (outcome === 'unknown' || doneMs === null) return sentMs + this.#appendedWithinMs
    return doneMs
  }

  /** A commit is known by its answer, or by the first fetch that tells it: it is never undone. */
  #knowledge(commits: readonly CommitEvent[], committed: readonly CommittedEvent[]): Knowledge {
    const byValue = grouped(commits, valueOf)
    const known = [
      ...commits
        .filter(({ outcome }) => outcome === 'ok')
        .map((commit) => ({ commit, knownMs: this.#endMs(commit) })),
      ...committed.flatMap((answer) => {
        const [commit] = byValue.get(valueOf(answer)) ?? []
        return commit ? [{ commit, knownMs: answer.doneMs }] : []
      }),
    ].sort((a, b) => a.knownMs - b.knownMs)
    let last: CommitEvent | null = null
    const lastAsked = known.map(
      ({ commit }) => (last = last === null || last.sentMs < commit.sentMs ? commit : last),
    )
    return { byValue, knownMs: known.map(({ knownMs }) => knownMs), lastAsked }
  }

  #compare(answer: CommittedEvent, { byValue, knownMs, lastAsked }: Knowledge): void {
    const of = `${placeOf(answer)}: ${answer.process} was told`
    const newest = lastAsked[countBelow(knownMs, answer.sentMs) - 1]
    const says = (kind: AnomalyKind, sentence: string, commits: readonly CommitEvent[]) =>
      this.#found.add(kind, () => anomaly(answer, `${of} ${sentence}`, [answer, ...commits]))
    if (answer.offset < 0) {
      if (newest)
        says('lost-commit', `that nothing is committed, after ${valueOf(newest)} was`, [newest])
      return
    }
    const value = valueOf(answer)
    const asked = (byValue.get(value) ?? []).filter(({ sentMs }) => sentMs <= answer.doneMs)
    if (asked.length === 0)
      return says('out-of-nowhere', `${value}, which nobody has committed`, [])
    const kept = asked.filter(({ outcome }) => outcome !== 'fail')
    if (kept.length === 0)
      return says('refused-but-there', `${value}, which was refused`, asked.slice(0, 1))
    if (!newest || kept.some((commit) => this.#endMs(commit) >= newest.sentMs)) return
    says('lost-commit', `${value}, after ${valueOf(newest)} was acknowledged`, [
      ...kept.slice(0, 1),
      newest,
    ])
  }

  /** What nobody asks for after it was acknowledged may be gone. */
  #isAsked(
    place: string,
    commits: readonly CommitEvent[],
    committed: readonly CommittedEvent[],
  ): void {
    let lastOkMs = -Infinity
    for (const { outcome, doneMs } of commits)
      if (outcome === 'ok' && doneMs !== null) lastOkMs = Math.max(lastOkMs, doneMs)
    if (lastOkMs > -Infinity && !committed.some(({ sentMs }) => sentMs > lastOkMs))
      this.#found.unknown(`${place}: nobody asked for what is committed in the end`)
  }
}

/** What of one place is known to be committed, as a fetch needs it. */
interface Knowledge {
  readonly byValue: ReadonlyMap<string, readonly CommitEvent[]>
  /** Since when; ascending. */
  readonly knownMs: readonly number[]
  /** Of what is known by then: what was asked for last. */
  readonly lastAsked: readonly CommitEvent[]
}

/** How many of these ascending values are smaller. */
function countBelow(values: readonly number[], bound: number): number {
  let from = 0
  let to = values.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((values[middle] ?? 0) < bound) from = middle + 1
    else to = middle
  }
  return from
}

function anomaly(
  place: Place,
  sentence: string,
  evidence: readonly object[],
): Omit<Anomaly, 'kind'> {
  return { topic: place.topic, partition: place.partition, sentence, evidence }
}

/**
 * Where a coordinator's log can be read: every acknowledged commit is in it, behind those that were
 * answered before it was asked for.
 */
export function checkCommitLog(
  commits: readonly CommitEvent[],
  logged: readonly LoggedCommit[],
): Checked {
  const found = new Found()
  const logs = grouped(logged, placeOf)
  const histories = grouped(commits, placeOf)
  for (const place of new Set([...logs.keys(), ...histories.keys()])) {
    const log = logs.get(place) ?? []
    const history = histories.get(place) ?? []
    findStrangers(place, { log, history }, found)
    findDisorder(place, { log, history }, found)
  }
  return found.checked
}

interface LogAndHistory {
  readonly log: readonly LoggedCommit[]
  readonly history: readonly CommitEvent[]
}

function findStrangers(place: string, { log, history }: LogAndHistory, found: Found): void {
  const known = grouped(history, valueOf)
  for (const record of log) {
    const value = valueOf(record)
    const commits = known.get(value)
    const sentence = `${place}: ${value} is in the log, and`
    if (!commits)
      found.add('out-of-nowhere', () =>
        anomaly(record, `${sentence} nobody committed it`, [record]),
      )
    else if (commits.every(({ outcome }) => outcome === 'fail'))
      found.add('refused-but-there', () =>
        anomaly(record, `${sentence} it was refused`, [record, ...commits.slice(0, 1)]),
      )
  }
}

function findDisorder(place: string, { log, history }: LogAndHistory, found: Found): void {
  const positions = grouped(log.keys(), (position) => {
    const record = log[position]
    return record ? valueOf(record) : ''
  })
  const acknowledged = history.filter(({ outcome }) => outcome === 'ok')
  const endMs = ({ doneMs }: CommitEvent) => doneMs ?? Infinity
  const asked = [...acknowledged].sort((a, b) => a.sentMs - b.sentMs)
  const answered = [...acknowledged].sort((a, b) => endMs(a) - endMs(b))
  const positionOf = new Map<CommitEvent, number>()
  /** Whoever is asked for now comes behind it. */
  let floor = -1
  let passed = 0
  for (const commit of asked) {
    for (
      let next = answered[passed];
      next && endMs(next) < commit.sentMs;
      next = answered[passed]
    ) {
      floor = Math.max(floor, positionOf.get(next) ?? -1)
      passed += 1
    }
    const there = positions.get(valueOf(commit)) ?? []
    const position = there.find((at) => at > floor)
    if (position !== undefined) {
      positionOf.set(commit, position)
      continue
    }
    const sentence = `${place}: ${valueOf(commit)} of ${commit.process}, acknowledged,`
    if (there.length === 0)
      found.add('lost-commit', () => anomaly(commit, `${sentence} is not in the log`, [commit]))
    else
      found.add('commits-out-of-order', () =>
        anomaly(commit, `${sentence} is in front of an earlier one`, [commit]),
      )
  }
}

export function grouped<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
