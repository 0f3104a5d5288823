/**
 * Bounded exhaustive exploration of the real core. A core cannot be copied, so every state is
 * reached by replaying its path from the beginning; breadth first, so that what is found is short.
 * Two orders of the same inputs to different replicas end in the same state: states are told apart
 * by what every replica was given, in order, and by what is in flight.
 */
import type { Input } from '../../../src/raft/types.ts'
import { wordMessage } from './wording.ts'
import type { Replica, World } from './world.ts'

export interface Action {
  readonly name: string
  /** The one replica whose state it reads and changes; null for more than one. */
  readonly at: string | null
  run(): void
}

/** A world and what may happen next. Deterministic: the same choices lead to the same place. */
export interface Scene {
  readonly world: World
  actions(): readonly Action[]
}

export interface Explored {
  readonly states: number
  readonly depth: number
  /** The names of the actions that lead to a broken invariant, and which. */
  readonly violation: { readonly path: readonly string[]; readonly message: string } | null
}

interface Limits {
  readonly depth: number
  /** More states than that are not looked at: a bound on time. */
  readonly states: number
}

/** A state that is to be left on every way that leads on. */
interface Reached {
  readonly path: readonly number[]
  /** What can happen here. */
  readonly next: readonly Omit<Action, 'run'>[]
  /** What happened last, and what else could have happened instead. */
  readonly last: Omit<Action, 'run'> | null
  readonly instead: ReadonlySet<string>
}

export function explore(begin: () => Scene, limits: Limits): Explored {
  const first = watched(begin())
  const seen = new Set([stateOf(first)])
  const isOver = () => seen.size >= limits.states
  let frontier: readonly Reached[] = [reached(first, [], null)]
  let depth = 0
  for (; depth < limits.depth && frontier.length > 0 && !isOver(); depth += 1) {
    const beyond: Reached[] = []
    for (const from of frontier)
      for (const [choice, action] of from.next.entries()) {
        if (isOver()) break
        if (isSwapped(action, from)) continue
        const path = [...from.path, choice]
        const scene = tried(begin, path)
        if ('violation' in scene) return { states: seen.size, depth, violation: scene.violation }
        const state = stateOf(scene)
        if (seen.has(state)) continue
        seen.add(state)
        beyond.push(reached(scene, path, { action, from }))
      }
    frontier = beyond
  }
  return { states: seen.size, depth, violation: null }
}

function reached(
  scene: Scene,
  path: readonly number[],
  how: { action: Omit<Action, 'run'>; from: Reached } | null,
): Reached {
  const next = scene.actions().map(({ name, at }) => ({ name, at }))
  const instead = new Set(how?.from.next.map(({ name }) => name))
  return { path, next, last: how?.action ?? null, instead }
}

/**
 * Whether the same state is reached, as soon, with this action before the last one: both are about
 * one replica, not the same, and it could have been taken. Only one of the two orders is looked at.
 */
function isSwapped({ name, at }: Omit<Action, 'run'>, { last, instead }: Reached): boolean {
  if (at === null || last === null || last.at === null) return false
  return at < last.at && instead.has(name)
}

function tried(begin: () => Scene, path: readonly number[]): Scene | Pick<Explored, 'violation'> {
  const scene = replay(begin, path.slice(0, -1))
  try {
    scene.actions()[path.at(-1) ?? 0]?.run()
    return scene
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { violation: { path: namesOf(begin, path), message } }
  }
}

function replay(begin: () => Scene, path: readonly number[]): Scene {
  const scene = watched(begin())
  for (const choice of path) scene.actions()[choice]?.run()
  return scene
}

function namesOf(begin: () => Scene, path: readonly number[]): readonly string[] {
  const scene = begin()
  return path.map((choice) => {
    const action = scene.actions()[choice]
    try {
      action?.run()
    } catch {
      // The last one is what breaks.
    }
    return action?.name ?? ''
  })
}

// --- telling states apart

function watched(scene: Scene): Scene {
  scene.world.onStep = (replica, input) => remember(replica, wordInput(input))
  scene.world.onCrash = (replica, survival) => remember(replica, survival)
  return scene
}

function remember(replica: Replica, text: string): void {
  replica.history = hash(text, replica.history)
}

function wordInput(input: Input): string {
  return input.type === 'message' ? wordMessage(input.message) : JSON.stringify(input)
}

function stateOf({ world }: Scene): string {
  const histories = [...world.replicas.values()].map(({ history }) => history)
  const inFlight = world.inFlight.map(wordMessage).sort()
  return `${histories.join()} ${hash(inFlight.join(), 0)}`
}

/** 53 bits of a text, after a hash of what was before it. */
function hash(text: string, before: number): number {
  let low = (before % 2 ** 32) ^ 0xdeadbeef
  let high = Math.floor(before / 2 ** 32) ^ 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 2_654_435_761)
    high = Math.imul(high ^ code, 1_597_334_677)
  }
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}
