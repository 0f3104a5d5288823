/** What is done to an active controller, and how it is taken back. */
import type { Dice } from '../../test/support/log-text.ts'
import type { ProcessCluster } from '../../test/support/process-cluster.ts'

export const FAULTS = ['kill', 'stop', 'cut', 'cut-in', 'cut-out', 'power'] as const
export type FaultName = (typeof FAULTS)[number]

export interface FaultContext {
  readonly cluster: ProcessCluster
  readonly victim: number
  readonly random: Dice
  /** Of the metadata quorum. */
  readonly electionTimeoutMs: number
}

export interface Injury {
  /** Everybody who cannot be asked, or not be believed, until it is healed. */
  readonly hurt: readonly number[]
  /** How long it lasts at least. */
  readonly lastsMs: number
  /** Takes it back; the nodes serve again when it resolves. */
  readonly heal: () => Promise<void>
}

/** Hurts `victim`, at once. */
export type Hurt = (context: FaultContext) => Promise<Injury>

/** Up to twice the election timeout, and often less than the election takes. */
const anyTime = ({ random, electionTimeoutMs }: FaultContext) =>
  random.next() * 2 * electionTimeoutMs

export const kill: Hurt = async (context) => {
  const { cluster, victim } = context
  await cluster.kill(victim)
  return {
    hurt: [victim],
    lastsMs: anyTime(context),
    heal: async () => void (await cluster.start(victim)),
  }
}

/** Stopped for longer than the others wait: it wakes as a leader that has been replaced. */
export const stop: Hurt = async ({ cluster, victim, random, electionTimeoutMs }) => {
  cluster.pause(victim)
  return {
    hurt: [victim],
    lastsMs: electionTimeoutMs * (2 + 3 * random.next()),
    heal: async () => cluster.resume(victim),
  }
}

export const cut =
  (which: 'both' | 'in' | 'out'): Hurt =>
  async ({ cluster, victim, random, electionTimeoutMs }) => ({
    hurt: [victim],
    heal: cluster.cutOff(victim, which),
    lastsMs: electionTimeoutMs * (2 + 3 * random.next()),
  })
