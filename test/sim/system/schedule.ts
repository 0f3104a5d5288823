/**
 * The decisions of a system run, made before it begins, as in `../schedule.ts`: none depends on
 * another nor on what nodes do, so that any part of a schedule is a schedule.
 */
import { Dice } from '../draw.ts'
import type { Partition } from '../network.ts'
import type { Target } from '../schedule.ts'
import type { SystemSwarm } from './swarm.ts'

/** Part of a file's name: where order matters most. */
export type Near = '.checkpoint' | 'quorum-state' | '.log' | null

export type SystemDecision = { readonly at: number } & (
  | {
      readonly type: 'propose'
      readonly to: Target
      readonly choice: number
      readonly bytes: number
    }
  | { readonly type: 'read'; readonly to: Target }
  | { readonly type: 'transfer'; readonly choice: number }
  | { readonly type: 'configure'; readonly choice: number; readonly detail: number }
  | { readonly type: 'start'; readonly to: number }
  /** Cleanly. */
  | { readonly type: 'stop'; readonly to: Target; readonly forUs: number }
  | {
      readonly type: 'crash' | 'power-cut'
      readonly to: Target
      readonly forUs: number
      /** Before which change of the disk, from the first of such a file on; 0 of any: at once. */
      readonly change: number
      readonly near: Near
    }
  /** Everybody at once. */
  | { readonly type: 'blackout'; readonly forUs: number }
  | { readonly type: 'wipe'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'stall'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'full-disk'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'failed-sync'; readonly to: Target }
  | { readonly type: 'rot'; readonly to: number; readonly choice: number }
  | {
      readonly type: 'partition'
      readonly mode: Partition
      readonly pick: number
      readonly forUs: number
    }
  | { readonly type: 'clog'; readonly from: number; readonly to: number; readonly forUs: number }
  | { readonly type: 'false-alarm'; readonly to: Target; readonly of: Target }
)

export function systemScheduleOf(seed: number, swarm: SystemSwarm): readonly SystemDecision[] {
  const founding = foundation(new Dice(seed, 'foundation'), swarm)
  const faulty = faults(new Dice(seed, 'system faults'), swarm)
  const decisions = [...founding, ...operations(new Dice(seed, 'system operations'), swarm)]
  decisions.push(...faulty, ...aftermath(new Dice(seed, 'system aftermath'), swarm, faulty))
  decisions.push(...replacements(new Dice(seed, 'system replacements'), swarm, decisions))
  return decisions.sort((one, other) => one.at - other.at)
}

const many = (count: number, make: () => SystemDecision) => Array.from({ length: count }, make)

/** First starts, and what goes wrong meanwhile. */
function foundation(dice: Dice, swarm: SystemSwarm): SystemDecision[] {
  const { founders, spares, foundingUs, foundingFaults, electionMs } = swarm
  const starts = Array.from({ length: founders + spares }, (_, node): SystemDecision => {
    return { at: Math.round(dice.next() * foundingUs), type: 'start', to: node }
  })
  const forUs = () => Math.round(electionMs * 1_000 * dice.pick([0.1, 0.5, 2]) * dice.next())
  const faulty = many(foundingFaults, () => {
    const at = Math.round(dice.next() * (foundingUs + 300_000))
    const to = dice.below(founders)
    const kind = dice.next()
    if (kind < 0.4) return { at, type: 'wipe', to, forUs: forUs() }
    if (kind < 0.7) {
      const change = dice.below(12)
      return { at, type: 'power-cut', to, forUs: forUs(), change, near: null }
    }
    return { at, type: 'partition', mode: 'halves', pick: dice.next(), forUs: 2 * forUs() }
  })
  return [...starts, ...faulty]
}

function operations(dice: Dice, swarm: SystemSwarm): SystemDecision[] {
  const { safetyUs, founders, spares, extraBytesMax } = swarm
  const at = () => Math.round(safetyUs * dice.next())
  const to = (): Target => {
    const which = dice.next()
    if (which < 0.6) return 'leader'
    return which < 0.85 ? 'stale-leader' : dice.below(founders + spares)
  }
  const burst = dice.pick([1, 1, 5])
  const proposals = many(Math.ceil(swarm.proposals / burst), () => {
    return { at: at(), type: 'propose', to: to(), choice: 0, bytes: 0 }
  }).flatMap((first) =>
    Array.from({ length: burst }, (_, copy): SystemDecision => {
      const at = first.at + copy
      return {
        ...first,
        at,
        choice: dice.below(1_000),
        bytes: dice.below(extraBytesMax),
      } as SystemDecision
    }),
  )
  return [
    ...proposals,
    ...many(swarm.reads, () => ({ at: at(), type: 'read', to: to() })),
    ...many(swarm.transfers, () => ({ at: at(), type: 'transfer', choice: dice.below(1_000) })),
    ...many(swarm.changes, () => ({
      at: at(),
      type: 'configure',
      choice: dice.below(1_000),
      detail: dice.below(1_000),
    })),
  ]
}

const NEAR: readonly Near[] = [null, null, '.checkpoint', 'quorum-state', '.log']

function faults(dice: Dice, swarm: SystemSwarm): SystemDecision[] {
  const { safetyUs, founders, spares, electionMs, crashWithin } = swarm
  const nodes = founders + spares
  const at = () => Math.round(safetyUs * dice.next())
  const to = (): Target => (dice.happens(0.4) ? 'leader' : dice.below(nodes))
  const forUs = () =>
    Math.round(electionMs * 1_000 * dice.pick([0.1, 0.5, 2, 4]) * (0.5 + dice.next()))
  const crash = (type: 'crash' | 'power-cut') => (): SystemDecision => {
    const near = crashWithin > 0 ? dice.pick(NEAR) : null
    const isAtOnce = near === null && dice.happens(0.3)
    const change = isAtOnce ? 0 : dice.below(crashWithin + 1)
    return { at: at(), type, to: to(), forUs: forUs(), change, near }
  }
  return [
    ...many(swarm.stops, () => ({ at: at(), type: 'stop', to: to(), forUs: forUs() })),
    ...many(swarm.processCrashes, crash('crash')),
    ...many(swarm.powerCuts, () =>
      dice.happens(0.1) ? { at: at(), type: 'blackout', forUs: forUs() } : crash('power-cut')(),
    ),
    ...many(swarm.wipes, () => ({ at: at(), type: 'wipe', to: to(), forUs: forUs() })),
    ...many(swarm.stalls, () => ({ at: at(), type: 'stall', to: to(), forUs: forUs() })),
    ...many(swarm.fullDisks, () => ({ at: at(), type: 'full-disk', to: to(), forUs: forUs() })),
    ...many(swarm.failedSyncs, () => ({ at: at(), type: 'failed-sync', to: to() })),
    ...rots(dice, swarm, at),
    ...many(swarm.partitions.length > 0 ? swarm.partitionCount : 0, () => ({
      at: at(),
      type: 'partition',
      mode: dice.pick(swarm.partitions),
      pick: dice.next(),
      forUs: forUs(),
    })),
    ...many(swarm.clogs, () => ({
      at: at(),
      type: 'clog',
      from: dice.below(nodes),
      to: dice.below(nodes),
      forUs: forUs(),
    })),
    ...many(swarm.falseAlarms, () => ({ at: at(), type: 'false-alarm', to: to(), of: to() })),
  ]
}

/** It is seen at the next start at the latest: that may be soon. */
function rots(
  dice: Dice,
  { rots: count, founders, spares, electionMs }: SystemSwarm,
  at: () => number,
): SystemDecision[] {
  return Array.from({ length: count }, at).flatMap((when): SystemDecision[] => {
    const to = dice.below(founders + spares)
    const forUs = Math.round(electionMs * 1_000 * dice.next())
    const crash = { at: when + forUs, type: 'crash', to, forUs, change: 0, near: null } as const
    return [{ at: when, type: 'rot', to, choice: dice.below(1_000_000) }, crash]
  })
}

/** Around a fault there is always something to lose: proposals just before, and to old leaders. */
function aftermath(
  dice: Dice,
  { electionMs, safetyUs }: SystemSwarm,
  decisions: readonly SystemDecision[],
): SystemDecision[] {
  const unsettling = ['partition', 'stall', 'clog', 'crash', 'power-cut', 'blackout']
  const electionUs = electionMs * 1_000
  return decisions
    .filter(({ type }) => unsettling.includes(type))
    .flatMap(({ at }) => {
      if (dice.happens(0.4)) return []
      const propose = (when: number, to: Target): SystemDecision[] =>
        when > safetyUs ? [] : [{ at: when, type: 'propose', to, choice: 1, bytes: 10 }]
      const before = Math.max(0, at - Math.round(20_000 * dice.next()))
      const soon = at + Math.round(electionUs * 0.2 * dice.next())
      const later = at + Math.round(electionUs * (0.3 + 2 * dice.next()))
      return [
        ...[0, 1, 2].flatMap((more) => propose(before + more, 'leader')),
        ...[0, 1, 2].flatMap((more) => propose(soon + more, 'stale-leader')),
        ...propose(later, 'leader'),
        { at: later + 1, type: 'read', to: 'stale-leader' } as const,
      ]
    })
}

/** People see that a disk is gone: they add the node anew, and let it vote in its place. */
function replacements(
  dice: Dice,
  { electionMs, safetyUs, changes }: SystemSwarm,
  decisions: readonly SystemDecision[],
): SystemDecision[] {
  const electionUs = electionMs * 1_000
  return decisions
    .filter(({ type }) => changes > 0 && (type === 'wipe' || type === 'rot'))
    .flatMap(({ at }) => {
      const configure = (elections: number, choice: number): SystemDecision => ({
        at: Math.min(safetyUs, at + Math.round(elections * electionUs * (1 + dice.next()))),
        ...{ type: 'configure', choice, detail: dice.below(1_000) },
      })
      return [configure(3, 0), configure(4, 0), configure(6, 4), configure(8, 4)]
    })
}
