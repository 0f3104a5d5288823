/**
 * What is done to an active controller, and how it is taken back. Each fault begins at once; how
 * long it lasts, and whom it hits besides, is a matter of the run's dice.
 */
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import type { Dice } from '../../test/support/log-text.ts'

export const FAULTS = ['kill', 'stop', 'cut', 'cut-in', 'cut-out', 'power'] as const
export type FaultName = (typeof FAULTS)[number]

export interface FaultContext {
  readonly cluster: ProcessCluster
  readonly victim: number
  readonly random: Dice
  /** Of the metadata quorum. */
  readonly electionTimeoutMs: number
  /** What a power cut leaves of a node that is dead. */
  readonly cutPower: (nodeId: number) => void
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
type Hurt = (context: FaultContext) => Promise<Injury>

const AWAY_MS = 6_000

/** Up to twice the election timeout, and often less than the election takes. */
const anyTime = ({ random, electionTimeoutMs }: FaultContext) =>
  random.next() * 2 * electionTimeoutMs

const longerThanAnElection = ({ random, electionTimeoutMs }: FaultContext) =>
  electionTimeoutMs * (2 + 3 * random.next())

/** Sometimes away for so long that what it missed is in a snapshot by now. */
const kill: Hurt = async (context) => {
  const { cluster, victim, random } = context
  await cluster.kill(victim)
  return {
    hurt: [victim],
    lastsMs: random.next() < 0.15 ? AWAY_MS : anyTime(context),
    heal: async () => void (await cluster.start(victim)),
  }
}

/** Stopped for longer than the others wait: it wakes as a leader that has been replaced. */
const stop: Hurt = async (context) => {
  const { cluster, victim } = context
  cluster.pause(victim)
  return {
    hurt: [victim],
    lastsMs: longerThanAnElection(context),
    heal: async () => cluster.resume(victim),
  }
}

const cut =
  (which: 'both' | 'in' | 'out'): Hurt =>
  async (context) => ({
    hurt: [context.victim],
    heal: context.cluster.cutOff(context.victim, which),
    lastsMs: longerThanAnElection(context),
  })

/** Of the one machine, or of all at once. */
const power: Hurt = async (context) => {
  const { cluster, victim, random } = context
  const victims = random.next() < 0.5 ? [victim] : cluster.runningIds
  await Promise.all(victims.map((nodeId) => cluster.kill(nodeId)))
  for (const nodeId of victims) context.cutPower(nodeId)
  return {
    hurt: victims,
    lastsMs: anyTime(context),
    heal: async () => void (await Promise.all(victims.map((nodeId) => cluster.start(nodeId)))),
  }
}

export const hurtBy: Readonly<Record<FaultName, Hurt>> = {
  kill,
  stop,
  cut: cut('both'),
  'cut-in': cut('in'),
  'cut-out': cut('out'),
  power,
}
