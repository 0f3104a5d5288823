/**
 * Whom a fault hits: read from a step, and found when the fault is made, through Kafka's own
 * protocol, so that a selector means the same on any cluster.
 */
import { delay } from '../../base/clock.ts'
import { LograftError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { Draw } from '../api.ts'
import type { Target, TargetNode } from '../cluster/target.ts'
import type { ClusterView, PartitionView } from '../cluster/view.ts'
import { shuffled } from './draw.ts'

/** Null: any partition of the topic. */
export interface PartitionName {
  readonly topic: string
  readonly partition: number | null
}

type Term =
  | ({ readonly role: 'leader-of' | 'followers-of' | 'isr-minus-one' } & PartitionName)
  | { readonly role: 'coordinator-of'; readonly group: string }
  | { readonly role: 'broker'; readonly id: number }
  | {
      readonly role:
        'active-controller' | 'controllers' | 'brokers' | 'random' | 'minority' | 'majority' | 'all'
    }

/** What a selector says; the union of all of it. */
export type Selection = readonly Term[]

/** Where nodes are looked for. */
export interface Field {
  readonly target: Target
  readonly view: ClusterView
  readonly draw: Draw
}

const PLAIN = [
  'active-controller',
  'controllers',
  'brokers',
  'random',
  'minority',
  'majority',
  'all',
] as const
const FORMS =
  'leader-of(topic-0), leader-of(topic-*), followers-of(topic-0), isr-minus-one(topic-0), ' +
  'coordinator-of(group), broker(1), ' +
  PLAIN.join(', ')

/** Somebody is elected in less; a fault that waits for longer is no fault of this schedule. */
const FOUND_WITHIN_MS = 5_000

/** Throws INVALID_CONFIG, with what would be one. */
export function parseSelector(text: string): Selection {
  return text.split('+').map((term) => {
    const parsed = parseTerm(term.trim())
    if (parsed) return parsed
    throw new LograftError(
      'INVALID_CONFIG',
      `${JSON.stringify(term.trim())} selects no node; there are ${FORMS}, joined by +`,
    )
  })
}

function parseTerm(text: string): Term | null {
  const plain = PLAIN.find((role) => role === text)
  if (plain) return { role: plain }
  const [, role, of = ''] = /^([a-z-]+)\(([^()]+)\)$/.exec(text) ?? []
  if (role === 'broker') return /^\d{1,9}$/.test(of) ? { role, id: Number(of) } : null
  if (role === 'coordinator-of') return { role, group: of }
  if (role !== 'leader-of' && role !== 'followers-of' && role !== 'isr-minus-one') return null
  const [, topic, partition] = /^([\w.-]+)-(\d{1,9}|\*)$/.exec(of) ?? []
  if (topic === undefined || partition === undefined) return null
  return { role, topic, partition: partition === '*' ? null : Number(partition) }
}

/** Each partition that it names. */
export function partitionsIn(selection: Selection): readonly PartitionName[] {
  return selection.flatMap((term) => ('topic' in term ? [term] : []))
}

/**
 * The nodes that run of those that are meant, ascending. Rejects with a sentence when somebody who
 * is meant cannot be found in time, or nobody runs of them.
 */
export async function resolveSelection(selection: Selection, field: Field): Promise<number[]> {
  const found = new Set<number>()
  for (const term of selection) for (const id of await idsOf(term, field)) found.add(id)
  const known = new Set(field.target.nodes.map(({ id }) => id))
  const strange = [...found].filter((id) => !known.has(id))
  if (strange.length > 0) throw new Error(`node ${strange.join()} is none of this cluster's`)
  const running = [...found].filter((id) => field.target.node(id).isRunning)
  if (running.length === 0) {
    const who = [...found].sort(ascending).join(' and ')
    throw new Error(who === '' ? 'nobody is meant' : `node ${who} does not run`)
  }
  return running.sort(ascending)
}

async function idsOf(term: Term, field: Field): Promise<readonly number[]> {
  const { target, view, draw } = field
  switch (term.role) {
    case 'broker':
      return [term.id]
    case 'all':
      return target.nodes.map(({ id }) => id)
    case 'brokers':
      return brokersOf(target).map(({ id }) => id)
    case 'random':
      return [draw.pick(needed(runningOf(target), 'no node runs')).id]
    case 'minority':
      return minorityOf(field)
    case 'majority': {
      const minority = await minorityOf(field)
      return target.nodes.map(({ id }) => id).filter((id) => !minority.includes(id))
    }
    case 'active-controller':
      return [await inTime('no controller is active', () => activeController(view))]
    case 'controllers':
      return inTime('nobody tells who votes', async () => (await view.askQuorum())?.voters ?? null)
    case 'coordinator-of':
      return [
        await inTime(`group ${term.group} has no coordinator`, () =>
          view.coordinatorOf(term.group),
        ),
      ]
    case 'leader-of':
    case 'followers-of':
    case 'isr-minus-one':
      return ofPartition(term.role, await ledPartition(term, field))
  }
}

function ofPartition(
  role: 'leader-of' | 'followers-of' | 'isr-minus-one',
  { topic, partition, leader, replicas, isr }: PartitionView,
): readonly number[] {
  if (role === 'leader-of') return [leader]
  if (role === 'followers-of') return replicas.filter((id) => id !== leader)
  const followers = isr.filter((id) => id !== leader)
  return needed(followers.slice(1), `too few are in sync in ${topic}-${partition}`)
}

/** A partition that is meant and that somebody leads. */
function ledPartition(
  { topic, partition }: PartitionName,
  { view, draw }: Field,
): Promise<PartitionView> {
  const what = `${topic}-${partition ?? '*'} has no leader, or is not there`
  return inTime(what, async () => {
    const watched = view.partitions.filter((one) => one.topic === topic)
    const partitions = watched.length > 0 ? watched : ((await view.describe(topic)) ?? [])
    const led = partitions
      .filter((one) => one.leader >= 0 && (partition === null || one.partition === partition))
      .sort((one, other) => one.partition - other.partition)
    return led.length > 0 ? draw.pick(led) : null
  })
}

async function activeController(view: ClusterView): Promise<number | null> {
  const quorum = await view.askQuorum()
  return quorum && quorum.leader >= 0 ? quorum.leader : null
}

/**
 * So many that the rest can go on: less than half of all nodes, and of the controllers. Whoever is
 * down already counts among them.
 */
async function minorityOf({ target, view, draw }: Field): Promise<readonly number[]> {
  const { nodes } = target
  const voters = (await view.askQuorum())?.voters ?? nodes.map(({ id }) => id)
  const isDown = ({ isRunning, isPaused }: TargetNode) => !isRunning || isPaused
  const down = nodes.filter(isDown).map(({ id }) => id)
  let more = Math.floor((nodes.length - 1) / 2) - down.length
  let moreVoters =
    Math.floor((voters.length - 1) / 2) - down.filter((id) => voters.includes(id)).length
  const up = nodes.filter((node) => !isDown(node)).map(({ id }) => id)
  const chosen: number[] = []
  for (const id of shuffled(up, draw)) {
    const isVoter = voters.includes(id)
    if (more <= 0 || (isVoter && moreVoters <= 0)) continue
    chosen.push(id)
    more -= 1
    if (isVoter) moreVoters -= 1
  }
  return needed(chosen, 'so many are down that the others are needed')
}

async function inTime<Found>(problem: string, find: () => Promise<Found | null>): Promise<Found> {
  const untilMs = hostClock.monotonicMs() + FOUND_WITHIN_MS
  for (;;) {
    const found = await find()
    if (found !== null) return found
    if (hostClock.monotonicMs() > untilMs) throw new Error(problem)
    await delay(hostClock, 50)
  }
}

const brokersOf = (target: Target) => target.nodes.filter(({ kafka }) => kafka !== null)
const runningOf = (target: Target) => target.nodes.filter(({ isRunning }) => isRunning)
const ascending = (one: number, other: number) => one - other

function needed<Item>(items: readonly Item[], otherwise: string): readonly Item[] {
  if (items.length === 0) throw new Error(otherwise)
  return items
}
