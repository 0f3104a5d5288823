/**
 * What the answers of coordinators mean for what groups must find. Pure: what passed on the wire
 * and what is in the coordinators' logs in, anomalies out. A commit takes its place in the log
 * between its request and its answer; one that was not answered has taken it soon after, or never.
 */
import { errors, type ErrorCode } from '../../src/wire/errors.ts'
import {
  grouped,
  placeOf,
  type Commit,
  type Fetched,
  type GroupHistory,
  type LoggedCommit,
  type Processed,
} from './history.ts'

export type GroupAnomalyKind =
  /** Acknowledged, and a later fetch or the log does not know of it. */
  | 'lost commit'
  /** Acknowledged after another one, and before it in the log. */
  | 'commits out of order'
  /** Refused for certain, and there all the same. */
  | 'refused, but there'
  /** Nobody has committed that. */
  | 'out of nowhere'
  /** Two members of one generation were given a partition, or both committed in it. */
  | 'two owners'
  /** A member of an earlier generation was let commit after a later one had begun. */
  | 'stale generation'
  /** A record that no member has processed. */
  | 'unprocessed'

export interface GroupAnomaly {
  readonly kind: GroupAnomalyKind
  readonly sentence: string
}

/** What a broker has received it appends within that time, or its connection is gone. */
const APPENDED_WITHIN_MS = 10_000

/** The append may have happened, and its replication not been waited for. */
const OPEN: ReadonlySet<ErrorCode> = new Set([
  errors.NOT_COORDINATOR,
  errors.COORDINATOR_NOT_AVAILABLE,
  errors.REQUEST_TIMED_OUT,
])

const isAcknowledged = ({ code }: Commit) => code === errors.NONE
const isRefused = ({ code }: Commit) => code !== null && code !== errors.NONE && !OPEN.has(code)
/** When it is in the log, if ever. */
const endMs = ({ askedMs, answeredMs }: Commit) => answeredMs ?? askedMs + APPENDED_WITHIN_MS
const valueOf = ({ offset, metadata }: { offset: number; metadata: string }) =>
  `${offset} (${metadata})`

/** Every answer of a fetch against the commits that it could know, and had to know. */
export function checkFetches({ commits, fetches }: GroupHistory): readonly GroupAnomaly[] {
  const places = new Map<string, Place>()
  const fetchesOf = grouped(fetches, placeOf)
  for (const [place, all] of grouped(commits, placeOf))
    places.set(place, placeFor(all, fetchesOf.get(place) ?? []))
  return fetches.flatMap((fetched) => contradiction(fetched, places.get(placeOf(fetched))))
}

/** What of one place is known to be committed, as a fetch needs it. */
interface Place {
  readonly byValue: ReadonlyMap<string, readonly Commit[]>
  /** Since when; ascending. */
  readonly knownMs: readonly number[]
  /** Of what is known by then: what was asked for last. */
  readonly lastAsked: readonly Commit[]
}

/** A commit is known by its answer, or by the first fetch that tells it: it is never taken back. */
function placeFor(commits: readonly Commit[], fetches: readonly Fetched[]): Place {
  const byValue = grouped(commits, valueOf)
  const known = [
    ...commits.filter(isAcknowledged).map((commit) => ({ commit, knownMs: endMs(commit) })),
    ...fetches.flatMap((fetched) => {
      const [commit] = byValue.get(valueOf(fetched)) ?? []
      return commit ? [{ commit, knownMs: fetched.answeredMs }] : []
    }),
  ].sort((a, b) => a.knownMs - b.knownMs)
  let last: Commit | null = null
  const lastAsked = known.map(
    ({ commit }) => (last = last === null || last.askedMs < commit.askedMs ? commit : last),
  )
  return { byValue, knownMs: known.map(({ knownMs }) => knownMs), lastAsked }
}

function contradiction(fetched: Fetched, place: Place | undefined): GroupAnomaly[] {
  const { group, partition, by } = fetched
  const of = `${group}, partition ${partition}: ${by} was told`
  const before = place ? countBelow(place.knownMs, fetched.askedMs) : 0
  const newest = place?.lastAsked[before - 1]
  if (fetched.offset < 0)
    return newest === undefined
      ? []
      : [lost(`${of} that nothing is committed, after ${valueOf(newest)} was`)]
  const value = valueOf(fetched)
  const asked = (place?.byValue.get(value) ?? []).filter(
    ({ askedMs }) => askedMs <= fetched.answeredMs,
  )
  if (asked.length === 0)
    return [{ kind: 'out of nowhere', sentence: `${of} ${value}, which nobody has committed` }]
  const kept = asked.filter((commit) => !isRefused(commit))
  if (kept.length === 0)
    return [{ kind: 'refused, but there', sentence: `${of} ${value}, which was refused` }]
  const isCurrent = newest === undefined || kept.some((commit) => endMs(commit) >= newest.askedMs)
  if (isCurrent) return []
  return [lost(`${of} ${value}, after ${valueOf(newest)} was acknowledged`)]
}

const lost = (sentence: string): GroupAnomaly => ({ kind: 'lost commit', sentence })

/** How many of these ascending values are smaller. */
function countBelow(values: readonly number[], bound: number): number {
  let from = 0
  let to = values.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((values[middle] as number) < bound) from = middle + 1
    else to = middle
  }
  return from
}

/** Every acknowledged commit is in the log, behind those that were answered before it was asked. */
export function checkLog(
  commits: readonly Commit[],
  logged: readonly LoggedCommit[],
): readonly GroupAnomaly[] {
  const logs = grouped(logged, placeOf)
  const histories = grouped(commits, placeOf)
  return [...new Set([...logs.keys(), ...histories.keys()])].flatMap((place) => {
    const log = logs.get(place) ?? []
    const history = histories.get(place) ?? []
    return [...strangers(place, log, history), ...disorder(place, log, history)]
  })
}

function strangers(
  place: string,
  log: readonly LoggedCommit[],
  history: readonly Commit[],
): GroupAnomaly[] {
  const known = grouped(history, valueOf)
  return log.flatMap((record): GroupAnomaly[] => {
    const value = valueOf(record)
    const sentence = `${place}: ${value} is in the log, and`
    const commits = known.get(value)
    if (!commits) return [{ kind: 'out of nowhere', sentence: `${sentence} nobody committed it` }]
    if (!commits.every(isRefused)) return []
    return [{ kind: 'refused, but there', sentence: `${sentence} it was refused` }]
  })
}

function disorder(
  place: string,
  log: readonly LoggedCommit[],
  history: readonly Commit[],
): GroupAnomaly[] {
  const positions = new Map<string, number[]>()
  for (const [position, record] of log.entries()) {
    const value = valueOf(record)
    const known = positions.get(value)
    if (known) known.push(position)
    else positions.set(value, [position])
  }
  const acknowledged = history.filter(isAcknowledged)
  const asked = acknowledged.sort((a, b) => a.askedMs - b.askedMs)
  const answered = [...acknowledged].sort((a, b) => endMs(a) - endMs(b))
  const positionOf = new Map<Commit, number>()
  /** Whoever is asked for now comes behind it. */
  let floor = -1
  let passed = 0
  return asked.flatMap((commit): GroupAnomaly[] => {
    for (let next = answered[passed]; next && endMs(next) < commit.askedMs; next = answered[passed])
      [floor, passed] = [Math.max(floor, positionOf.get(next) ?? -1), passed + 1]
    const there = positions.get(valueOf(commit)) ?? []
    const position = there.find((at) => at > floor)
    if (position !== undefined) positionOf.set(commit, position)
    if (position !== undefined) return []
    const sentence = `${place}: ${valueOf(commit)} of ${commit.client}, acknowledged by node ${commit.node}`
    return there.length === 0
      ? [lost(`${sentence}, is not in the log`)]
      : [{ kind: 'commits out of order', sentence: `${sentence}, is in front of an earlier one` }]
  })
}

/** In one generation a partition has one owner, and an earlier generation has none any more. */
export function checkOwners({ commits, assigned }: GroupHistory): readonly GroupAnomaly[] {
  const owners = new Map<string, string>()
  const told = new Set<string>()
  const anomalies: GroupAnomaly[] = []
  const owns = (place: string, memberId: string, how: string) => {
    const owner = owners.get(place)
    if (owner === undefined) owners.set(place, memberId)
    if (owner === undefined || owner === memberId || told.has(`${place} ${memberId}`)) return
    told.add(`${place} ${memberId}`)
    const sentence = `${place}: ${memberId} ${how}, and ${owner} has it`
    anomalies.push({ kind: 'two owners', sentence })
  }
  const inGeneration = ({ group, generation }: { group: string; generation: number }) =>
    `${group}, generation ${generation}`
  for (const { memberId, partitions, ...of } of assigned)
    for (const partition of partitions)
      owns(`${inGeneration(of)}, partition ${partition}`, memberId, 'was given it')
  const ofMembers = commits.filter((commit) => isAcknowledged(commit) && commit.generation >= 0)
  for (const { partition, memberId, ...of } of ofMembers)
    owns(`${inGeneration(of)}, partition ${partition}`, memberId, 'has committed')
  return [...anomalies, ...staleCommits(ofMembers, assigned)]
}

/** A generation is known to have begun from the first answer on that says so. */
function staleCommits(
  commits: readonly Commit[],
  assigned: GroupHistory['assigned'],
): GroupAnomaly[] {
  interface Begun {
    readonly group: string
    readonly generation: number
    readonly fromMs: number
  }
  const begun = new Map<string, Begun>()
  const begins = (group: string, generation: number, fromMs: number) => {
    const name = `${group} ${generation}`
    const known = begun.get(name)
    if (!known || known.fromMs > fromMs) begun.set(name, { group, generation, fromMs })
  }
  for (const { group, generation, answeredMs } of assigned) begins(group, generation, answeredMs)
  for (const commit of commits) begins(commit.group, commit.generation, endMs(commit))
  const ofGroup = grouped(begun.values(), ({ group }) => group)
  return commits.flatMap(({ group, generation, askedMs, client, partition }): GroupAnomaly[] => {
    const later = ofGroup
      .get(group)
      ?.find((other) => other.generation > generation && other.fromMs < askedMs)
    if (!later) return []
    const sentence =
      `${group}: ${client} committed partition ${partition} in generation ${generation}, ` +
      `after ${later.generation} had begun`
    return [{ kind: 'stale generation', sentence }]
  })
}

/** Every record up to the end of each partition was processed by somebody of the group. */
export function checkProcessed(
  group: string,
  processed: readonly Processed[],
  ends: ReadonlyMap<number, number>,
): readonly GroupAnomaly[] {
  const rows = grouped(processed, ({ partition }) => partition)
  return [...ends].flatMap(([partition, end]): GroupAnomaly[] => {
    const holes = holesIn(rows.get(partition) ?? [], end)
    if (holes.length === 0) return []
    const shown = holes.slice(0, 5).map(([from, to]) => (from === to ? from : `${from} to ${to}`))
    const sentence = `${group}: nobody has processed ${shown.join(', ')} of partition ${partition}`
    return [{ kind: 'unprocessed', sentence }]
  })
}

/** First and last of each row of offsets below `end` that are in none of these. */
export function holesIn(
  rows: readonly Processed[],
  end: number,
): readonly (readonly [first: number, last: number])[] {
  const holes: (readonly [number, number])[] = []
  let next = 0
  for (const { first, last } of [...rows].sort((a, b) => a.first - b.first)) {
    if (first > next) holes.push([next, Math.min(first, end) - 1])
    next = Math.max(next, last + 1)
    if (next >= end) break
  }
  if (next < end) holes.push([next, end - 1])
  return holes
}
