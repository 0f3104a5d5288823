/**
 * How far moves are, from what the cluster says of their partitions: whatever was killed or failed
 * in between, nothing else is believed. Pure.
 */
import type { UnderWay } from '../../client/replica-admin.ts'
import { partitionKey } from '../../client/replica-admin.ts'
import type { PlannedMove } from './plan-file.ts'

/** A move, and where its partition is to be in the end. */
export interface Task {
  readonly move: PlannedMove
  readonly target: readonly number[]
}

export type Standing =
  /** Its replicas are the wanted ones, in their order. */
  | 'done'
  | 'under way'
  | 'to do'
  /** Somebody else has given it other replicas, or is about to. */
  | 'changed by others'
  /** There is no such partition any more. */
  | 'gone'

/** The replicas of partitions that are there. */
export type Places = ReadonlyMap<
  string,
  { readonly topicId: string; readonly replicas: readonly number[] }
>

export function standingOf(
  { move, target }: Task,
  places: Places,
  underWay: ReadonlyMap<string, UnderWay>,
): Standing {
  const key = partitionKey(move)
  const place = places.get(key)
  if (!place || place.topicId !== move.topicId) return 'gone'
  const moving = underWay.get(key)
  const ours = new Set([...move.from, ...move.to])
  if (!(moving?.replicas ?? place.replicas).every((id) => ours.has(id))) return 'changed by others'
  if (!moving) return isSame(place.replicas, target) ? 'done' : 'to do'
  const stay = moving.replicas.filter((id) => !moving.removingReplicas.includes(id))
  return isSame(stay, target) ? 'under way' : 'to do'
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((id, at) => id === others[at])
}

/** Who is given a copy: those that did not have it at the other end of the move. */
export function receivers({ move, target }: Task): readonly number[] {
  const source = target === move.to ? move.from : move.to
  return target.filter((id) => !source.includes(id))
}

/** To be copied for it. */
export function bytesOf(task: Task): number {
  return receivers(task).length > 0 ? task.move.bytes : 0
}

/**
 * As many tasks as may be under way at once, from the first on: so many partitions and bytes, but
 * one at least. What copies nothing costs no time, and does not wait for what does.
 */
export function nextWave(
  tasks: readonly Task[],
  { partitionsMax, bytesMax }: { readonly partitionsMax: number; readonly bytesMax: number },
): readonly Task[] {
  const wave: Task[] = []
  let bytes = 0
  for (const task of tasks) {
    bytes += bytesOf(task)
    if (wave.length > 0 && (wave.length === partitionsMax || bytes > bytesMax)) break
    wave.push(task)
  }
  return wave
}
