/**
 * Small worlds to be explored in whole. `messageScene`: every message, every batch and every power
 * cut is a choice of its own; messages overtake each other, and one that is never delivered is
 * lost. `roundScene`: whole elections and whole exchanges are one choice each, so that several
 * terms and changes of the configuration come within reach.
 */
import type { Message } from '../../../src/raft/messages.ts'
import type { ConfigurationChange } from '../../../src/raft/types.ts'
import type { Action, Scene } from './explore.ts'
import { wordMessage } from './wording.ts'
import type { Survival, World } from './world.ts'
import { isOfElection, keys } from './world.ts'

/** How often each thing may happen. */
export interface Budget {
  readonly timeouts?: number
  readonly crashes?: number
  readonly proposals?: number
  readonly repetitions?: number
  readonly heartbeats?: number
  readonly reads?: number
  readonly compactions?: number
  readonly changes?: number
}

/** Gives out what there is of it. */
class Purse {
  readonly #left: Map<keyof Budget, number>
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
    this.#left = new Map(Object.entries(budget) as [keyof Budget, number][])
  }

  spent(what: keyof Budget): number {
    return (this.#budget[what] ?? 0) - (this.#left.get(what) ?? 0)
  }

  /** These actions, as long as there is something left for them. */
  for(what: keyof Budget, actions: () => readonly Action[]): readonly Action[] {
    const left = this.#left.get(what) ?? 0
    if (left === 0) return []
    return actions().map(({ name, at, run }) => ({
      name,
      at,
      run: () => {
        this.#left.set(what, left - 1)
        run()
      },
    }))
  }
}

const survivalsOf = (world: World, name: string): readonly Survival[] => {
  const [first] = world.at(name).writing
  return first?.hardState ? ['nothing', 'hard-state'] : ['nothing']
}

function restarts(world: World): readonly Action[] {
  return world.up.flatMap(({ key: name }) =>
    survivalsOf(world, name).map((survival) => ({
      name: `crash ${name}, ${survival} survives`,
      at: name,
      run: () => {
        world.crash(name, survival)
        world.start(name)
        world.ready(name)
      },
    })),
  )
}

/** What leaders are asked for: `what` is said to each of them. */
function asking(world: World, name: string, what: (leader: string) => void): readonly Action[] {
  return world.leaders.map(({ key: leader }) => ({
    name: `${name} ${leader}`,
    at: leader,
    run: () => {
      what(leader)
      world.ready(leader)
    },
  }))
}

function changing(world: World, changes: readonly ConfigurationChange[]): readonly Action[] {
  return changes.flatMap((change) =>
    asking(world, `${JSON.stringify(change)}:`, (leader) =>
      world.step(leader, { type: 'configure', id: world.nextRequest(), change }),
    ),
  )
}

export const votersTo = (...names: string[]): ConfigurationChange => ({
  type: 'set-voters',
  voters: keys(...names),
})

// --- message by message

export interface MessageOptions {
  readonly budget: Budget
  /** Who runs out of time first, second and so on; anybody, if not given. */
  readonly candidates?: readonly string[]
  /** Other messages are never delivered. */
  readonly isDelivered?: (message: Message) => boolean
  readonly changes?: readonly ConfigurationChange[]
}

export function messageScene(world: World, options: MessageOptions): Scene {
  const { budget, candidates, isDelivered = () => true, changes = [] } = options
  const purse = new Purse(budget)
  const deliverable = () => {
    const byName = new Map(world.inFlight.filter(isDelivered).map((m) => [wordMessage(m), m]))
    return [...byName]
  }
  const actions = () => [
    ...deliverable().map(([name, message]) => ({
      name,
      at: message.to,
      run: () => arrive(world, message, true),
    })),
    ...purse.for('repetitions', () =>
      deliverable().map(([name, message]) => ({
        name: `${name} (and again)`,
        at: message.to,
        run: () => arrive(world, message, false),
      })),
    ),
    ...persisting(world),
    ...purse.for('timeouts', () => timeouts(world, candidates?.[purse.spent('timeouts')])),
    ...purse.for('crashes', () => restarts(world)),
    ...purse.for('proposals', () =>
      asking(world, 'propose', (leader) => void world.propose(leader, 'x')),
    ),
    ...purse.for('reads', () => asking(world, 'read', (leader) => void world.read(leader))),
    ...purse.for('heartbeats', () =>
      asking(world, 'heartbeat', (leader) => world.tick(leader, world.settings.heartbeatTicks)),
    ),
    ...purse.for('changes', () => changing(world, changes)),
  ]
  return { world, actions }
}

function arrive(world: World, message: Message, isTaken: boolean): void {
  if (isTaken) world.take((candidate) => candidate === message)
  world.deliver(message)
  world.ready(message.to)
}

function persisting(world: World): readonly Action[] {
  return world.up
    .filter(({ writing }) => writing.length > 0)
    .map(({ key: name }) => ({
      name: `persist ${name}`,
      at: name,
      run: () => {
        world.persist(name, 1)
        world.ready(name)
      },
    }))
}

/**
 * The timers of all followers run out; pre-votes, which bind nobody, are granted at once. A refusal
 * may come later, or never.
 */
function timeouts(world: World, candidate: string | undefined): readonly Action[] {
  return world.up
    .filter(({ status }) => status.role !== 'leader')
    .filter(({ key: name }) => candidate === undefined || name === candidate)
    .map(({ key: name }) => ({
      name: `timeout ${name}`,
      at: null,
      run: () => timeOut(world, name),
    }))
}

function isConsent(message: Message): boolean {
  return message.type === 'pre-vote' || (message.type === 'pre-vote-response' && message.granted)
}

function timeOut(world: World, name: string): void {
  for (const { key: other, status } of world.up)
    if (status.leader && status.role !== 'leader') {
      world.step(other, { type: 'gone', replica: status.leader })
      world.ready(other)
    }
  world.campaign(name)
  world.ready(name)
  for (;;) {
    const messages = world.take(isConsent)
    for (const message of messages) arrive(world, message, false)
    if (messages.length === 0) return
  }
}

// --- round by round

export interface RoundOptions {
  readonly budget: Budget
  /** Who is to be elected first, second and so on; anybody, if not given. */
  readonly candidates?: readonly string[]
  /** How many others take part in an election. */
  readonly voters: number
  readonly changes?: readonly ConfigurationChange[]
}

export function roundScene(world: World, options: RoundOptions): Scene {
  const { budget, candidates, voters, changes = [] } = options
  const purse = new Purse(budget)
  const actions = () => [
    ...exchanges(world),
    ...purse.for('timeouts', () => elections(world, voters, candidates?.[purse.spent('timeouts')])),
    ...purse.for('crashes', () => restarts(world)),
    ...purse.for('proposals', () =>
      asking(world, 'propose', (leader) => {
        world.propose(leader, 'x')
        world.ready(leader)
        world.persist(leader)
      }),
    ),
    ...purse.for('changes', () => changing(world, changes)),
    ...purse.for('compactions', () => compactions(world)),
    ...snapshots(world),
  ]
  return { world, actions }
}

function elections(world: World, count: number, candidate: string | undefined): readonly Action[] {
  const names = world.up.map((replica) => replica.key)
  return world.up
    .filter(({ key: name }) => candidate === undefined || name === candidate)
    .flatMap(({ key: name }) =>
      subsetsOf(
        names.filter((other) => other !== name),
        count,
      ).map((voters) => ({
        name: `elect ${name} by ${voters.join()}`,
        at: null,
        run: () => {
          if (world.at(name).status.role === 'leader')
            world.tick(name, world.settings.electionTicks)
          world.wins(name, voters)
          write(world, name)
          // Whatever the others said meanwhile is late.
          world.take(({ type }) => isOfElection(type))
        },
      })),
    )
}

function subsetsOf<Item>(items: readonly Item[], count: number): readonly Item[][] {
  if (count === 0) return [[]]
  return items.flatMap((item, at) =>
    subsetsOf(items.slice(at + 1), count - 1).map((rest) => [item, ...rest]),
  )
}

/** A leader talks to one replica, which answers; both write what they have to. */
function exchanges(world: World): readonly Action[] {
  return world.leaders.flatMap(({ key: leader, view }) => {
    const { voters, outgoing, learners } = view.configuration
    const others = new Set([...voters, ...outgoing, ...learners])
    others.delete(leader)
    return [...others]
      .filter((other) => world.replicas.has(other))
      .map((other) => ({
        name: `exchange ${leader} ${other}`,
        at: null,
        run: () => exchange(world, leader, other),
      }))
  })
}

function exchange(world: World, leader: string, other: string): void {
  const isThere = ({ from, to }: Message) => from === leader && to === other
  if (!world.inFlight.some(isThere)) {
    world.tick(leader, world.settings.heartbeatTicks)
    write(world, leader)
  }
  for (const message of world.take(isThere)) world.deliver(message)
  write(world, other)
  for (const message of world.take(({ from, to }) => from === other && to === leader))
    world.deliver(message)
  write(world, leader)
}

function write(world: World, name: string): void {
  do world.ready(name)
  while (world.persist(name) > 0)
}

function compactions(world: World): readonly Action[] {
  return world.up
    .filter(({ applied, disk }) => applied > disk.snapshot.index)
    .map(({ key: name, applied }) => ({
      name: `compact ${name}`,
      at: name,
      run: () => world.compact(name, applied),
    }))
}

function snapshots(world: World): readonly Action[] {
  return world.up.flatMap(({ key: from, wanted }) =>
    [...wanted.keys()].map((to) => ({
      name: `snapshot ${from} ${to}`,
      at: null,
      run: () => {
        world.sendSnapshot(from, to, true)
        world.ready(from)
      },
    })),
  )
}
