/**
 * Goal: in worlds small enough to be looked at in whole, nothing that can happen breaks a rule.
 * Method: the real core, every order of what may happen up to a number of states (`explore.ts`), all
 * rules after every step (`invariants.ts`). RAFT_EXPLORE=10 looks at ten times as many states, and
 * lets anybody be a candidate at any time.
 *
 * Planted by hand, seen to be caught in the short form, and taken out again: a vote given to every
 * candidate of a term ("votes twice", 8 actions); commitment by counting copies of an entry of an
 * earlier term (figure 8 of the paper, "four elections"); votes without a look at the candidate's
 * log; the joint configuration counted as the new set alone ("changes of the voters"); a leader's
 * own entries counted before they are durable; a vote asked for before the candidate's own is
 * durable (by the rule of the gates, at once).
 */
import { expect, test } from 'vitest'
import type { Scene } from './explore.ts'
import { explore } from './explore.ts'
import { messageScene, roundScene, votersTo } from './scenes.ts'
import { BOUNDS, World, configurationOf } from './world.ts'

const EFFORT = Number(process.env['RAFT_EXPLORE'] ?? 1)

/** Bounds on states and on what may happen end it before. */
const DEPTH_MAX = 30

/** One entry in an append, so that entries can arrive one by one. */
const SMALL = { bounds: { ...BOUNDS, appendEntries: 1 } }

function elected(world: World): World {
  world.elect('1')
  return world
}

function withLearner(): World {
  const world = new World(SMALL)
  for (const name of ['1', '2', '3', '4']) world.add(name, configurationOf(['1', '2', '3'], ['4']))
  return elected(world)
}

/** 1 leads, and has told nobody of its first entry. */
function won(world: World): World {
  world.win('1', ['2'])
  world.ready('1')
  world.persist('1')
  world.take(() => true)
  return world
}

/** In the short form the order of candidates is given, so that more depth fits into the time. */
const inOrder = (...names: string[]) => (EFFORT > 1 ? {} : { candidates: names })

interface Exploration {
  readonly states: number
  begin(): Scene
}

const EXPLORATIONS: Record<string, Exploration> = {
  'two elections, vote by vote': {
    states: 6_000,
    begin: () =>
      messageScene(World.of(3), {
        budget: { timeouts: 2 },
        ...inOrder('1', '2'),
        isDelivered: ({ type }) => type.startsWith('vote'),
      }),
  },
  'two elections and a power cut, vote by vote': {
    states: 6_000,
    begin: () =>
      messageScene(World.of(3), {
        budget: { timeouts: 2, crashes: 1 },
        ...inOrder('1', '3'),
        isDelivered: ({ type }) => type.startsWith('vote'),
      }),
  },
  'a proposal, an election and a power cut, message by message': {
    states: 2_500,
    begin: () =>
      messageScene(elected(World.of(3, SMALL)), {
        budget: { timeouts: 1, crashes: 1, proposals: 1 },
        ...inOrder('2'),
      }),
  },
  'reads across an election, message by message': {
    states: 2_500,
    begin: () =>
      messageScene(elected(World.of(3, SMALL)), {
        budget: { timeouts: 1, proposals: 1, reads: 1 },
        ...inOrder('2'),
      }),
  },
  'two replicas that stop and start, message by message': {
    states: 6_000,
    begin: () =>
      messageScene(World.of(2, SMALL), {
        budget: { timeouts: 2, crashes: 2, proposals: 1, repetitions: 1 },
        ...inOrder('1', '2'),
      }),
  },
  'four elections, round by round': {
    states: 6_000,
    begin: () =>
      roundScene(won(World.of(3, SMALL)), {
        budget: { timeouts: 3 },
        ...inOrder('2', '1', '2'),
        voters: 1,
      }),
  },
  'changes of the voters, round by round': {
    states: 2_500,
    begin: () =>
      roundScene(withLearner(), {
        budget: { timeouts: 2, changes: 2, proposals: 1 },
        ...inOrder('2', '1'),
        voters: 1,
        changes: [votersTo('1', '2', '4'), votersTo('1', '4'), votersTo('2', '3')],
      }),
  },
  'snapshots, round by round': {
    states: 2_500,
    begin: () =>
      roundScene(elected(World.of(3, SMALL)), {
        budget: { timeouts: 2, crashes: 1, proposals: 1, compactions: 2 },
        ...inOrder('2', '1'),
        voters: 1,
      }),
  },
}

test.each(Object.entries(EXPLORATIONS))('%s', (name, { states, begin }) => {
  const explored = explore(begin, { depth: DEPTH_MAX, states: states * EFFORT })
  console.info(`${name}: ${explored.states} states, depth ${explored.depth}`)
  expect(explored.violation).toBeNull()
})
