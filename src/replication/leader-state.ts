/**
 * What a leader knows of its partition. Pure. The high watermark is the least log end over the
 * in-sync replicas and never goes back (C2, C9); with one replica that is the leader's own end.
 */
import { strict as assert } from 'node:assert'
import type { NodeId } from '../base/ids.ts'

export interface LeaderState {
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  /** Log end when this epoch began: below it, records of earlier leaders (KIP-207). */
  readonly epochStartOffset: number
  readonly replicas: readonly NodeId[]
  readonly isr: readonly NodeId[]
}

/**
 * The high watermark that follows from what the in-sync replicas hold.
 *
 * @param held  how far each in-sync replica's log reaches (exclusive): its log end, or with
 *              `flush.messages=1` its flushed offset (S19). Null: not heard from in this epoch.
 */
export function nextHighWatermark(
  state: LeaderState,
  current: number,
  held: (replica: NodeId) => number | null,
): number {
  assert(state.isr.length > 0, 'a leader is in its own ISR')
  let least = Infinity
  for (const replica of state.isr) least = Math.min(least, held(replica) ?? current)
  return Math.max(current, least)
}
