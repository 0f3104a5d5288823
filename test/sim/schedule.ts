/**
 * The decisions of the world, made before a run begins: what is asked for, what breaks, when. None
 * depends on another, nor on what the replicas do: a choice among what is there at that time is a
 * number, looked up then. So any part of a schedule is a schedule, and a failing one can be cut
 * down.
 */
import { Dice } from './draw.ts'
import type { Partition } from './network.ts'
import type { Swarm } from './swarm.ts'

/** A node by its number, whoever leads in the highest term, or in the lowest. */
export type Target = number | 'leader' | 'stale-leader'

export type Decision = { readonly at: number } & (
  | { readonly type: 'propose'; readonly to: Target; readonly extraBytes: number }
  | { readonly type: 'read'; readonly to: Target }
  | { readonly type: 'transfer'; readonly choice: number }
  | { readonly type: 'resign'; readonly to: Target }
  | { readonly type: 'configure'; readonly choice: number; readonly detail: number }
  | { readonly type: 'crash'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'power-cut'; readonly to: Target; readonly forUs: number }
  /** Everybody at once. */
  | { readonly type: 'blackout'; readonly forUs: number }
  | { readonly type: 'wipe'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'stall'; readonly to: Target; readonly forUs: number }
  | {
      readonly type: 'partition'
      readonly mode: Partition
      readonly pick: number
      readonly forUs: number
    }
  | {
      readonly type: 'clog'
      readonly from: number
      readonly to: number
      readonly forUs: number
    }
  | { readonly type: 'false-alarm'; readonly to: Target; readonly of: Target }
)

export function scheduleOf(seed: number, swarm: Swarm): readonly Decision[] {
  const decisions = [...operations(new Dice(seed, 'operations'), swarm)]
  decisions.push(...faults(new Dice(seed, 'faults'), swarm))
  decisions.push(...aftermath(new Dice(seed, 'aftermath'), swarm, decisions))
  decisions.push(...halfway(new Dice(seed, 'halfway'), swarm, decisions))
  return decisions.sort((a, b) => a.at - b.at)
}

function operations(dice: Dice, swarm: Swarm): Decision[] {
  const { safetyUs, hasIdlePhase, founders, spares, bounds } = swarm
  const at = () => {
    const share = dice.next()
    return Math.round(safetyUs * (hasIdlePhase ? (share < 0.5 ? share * 0.66 : share) : share))
  }
  const to = (): Target => {
    const which = dice.next()
    if (which < 0.5) return 'leader'
    return which < 0.8 ? 'stale-leader' : dice.below(founders + spares)
  }
  const many = (count: number, make: () => Decision) => Array.from({ length: count }, make)
  const burst = dice.pick([1, 1, 5])
  const proposals = many(Math.ceil(swarm.proposals / burst), () => {
    const [when, target] = [at(), to()]
    return { at: when, type: 'propose', to: target, extraBytes: 0 }
  }).flatMap((first) =>
    Array.from({ length: burst }, (_, copy) => ({
      ...first,
      at: first.at + copy,
      extraBytes: dice.below(bounds.entryBytes),
    })),
  )
  return [
    ...proposals,
    ...many(swarm.reads, () => ({ at: at(), type: 'read', to: to() })),
    ...many(swarm.transfers, () => ({ at: at(), type: 'transfer', choice: dice.below(1_000) })),
    ...many(swarm.resignations, () => ({ at: at(), type: 'resign', to: to() })),
    ...many(swarm.changes, () => ({
      at: at(),
      type: 'configure',
      choice: dice.below(1_000),
      detail: dice.below(1_000),
    })),
  ]
}

function faults(dice: Dice, swarm: Swarm): Decision[] {
  const { safetyUs, founders, spares, electionTicks, tickUs } = swarm
  const nodes = founders + spares
  const electionUs = electionTicks * tickUs
  const at = () => Math.round(safetyUs * dice.next())
  const to = (): Target => (dice.happens(0.4) ? 'leader' : dice.below(nodes))
  const long = () => Math.round(electionUs * dice.pick([0.1, 0.5, 2, 6]) * (0.5 + dice.next()))
  const many = (count: number, make: () => Decision) => Array.from({ length: count }, make)
  return [
    ...many(swarm.processCrashes, () => ({ at: at(), type: 'crash', to: to(), forUs: long() })),
    ...many(swarm.powerCuts, () =>
      dice.happens(0.1)
        ? { at: at(), type: 'blackout', forUs: long() }
        : { at: at(), type: 'power-cut', to: to(), forUs: long() },
    ),
    ...many(swarm.wipes, () => ({ at: at(), type: 'wipe', to: to(), forUs: long() })),
    ...many(swarm.stalls, () => ({ at: at(), type: 'stall', to: to(), forUs: long() })),
    ...many(swarm.partitions.length > 0 ? swarm.partitionCount : 0, () => ({
      at: at(),
      type: 'partition',
      mode: dice.pick(swarm.partitions),
      pick: dice.next(),
      forUs: long(),
    })),
    ...many(swarm.clogs, () => ({
      at: at(),
      type: 'clog',
      from: dice.below(nodes),
      to: dice.below(nodes),
      forUs: long(),
    })),
    ...many(swarm.falseAlarms, () => ({ at: at(), type: 'false-alarm', to: to(), of: to() })),
  ]
}

/**
 * Whoever led before a fault may not know of the next leader for a while. Then it is asked for what
 * it must not do: entries that stay its own, reads of what it does not have.
 */
function aftermath(dice: Dice, swarm: Swarm, decisions: readonly Decision[]): Decision[] {
  const { electionTicks, tickUs, proposals, reads, safetyUs } = swarm
  const electionUs = electionTicks * tickUs
  const unsettling = ['partition', 'stall', 'false-alarm', 'clog', 'transfer']
  return decisions
    .filter(({ type }) => unsettling.includes(type))
    .flatMap(({ at }) => {
      const isLeftAlone = dice.happens(0.5)
      const soon = at + Math.round(electionUs * 0.2 * dice.next())
      const later = at + Math.round(electionUs * (0.3 + 2 * dice.next()))
      if (isLeftAlone || later + 10 > safetyUs) return []
      const propose = (when: number, to: Target): Decision[] =>
        proposals === 0 ? [] : [{ at: when, type: 'propose', to, extraBytes: 0 }]
      const read = (when: number): Decision[] =>
        reads === 0 ? [] : [{ at: when, type: 'read', to: 'stale-leader' }]
      return [
        ...[0, 1, 2, 3].flatMap((more) => propose(soon + more, 'stale-leader')),
        ...propose(later, 'leader'),
        ...[0.01, 0.05, 0.2].flatMap((share) => read(later + Math.round(share * electionUs))),
      ]
    })
}

/** Leaders that die in the middle of a change of the voters. */
function halfway(dice: Dice, swarm: Swarm, decisions: readonly Decision[]): Decision[] {
  const { network, diskUs, electionTicks, tickUs, processCrashes, safetyUs } = swarm
  if (processCrashes === 0) return []
  const changeUs = 3 * (2 * (network.delayUs + network.jitterUs) + diskUs)
  return decisions
    .filter(({ type }) => type === 'configure')
    .flatMap(({ at }): Decision[] => {
      const isLeftAlone = dice.happens(0.5)
      const when = at + Math.round(changeUs * dice.next())
      const forUs = 2 * electionTicks * tickUs
      if (isLeftAlone || when > safetyUs) return []
      return [{ at: when, type: 'crash', to: 'leader', forUs }]
    })
}
