/**
 * What is done to the leader of a partition, and how it is taken back. Each fault begins at once;
 * how long it lasts is a matter of the run's dice.
 */
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import type { Dice } from '../../test/support/log-text.ts'

export const FAULTS = ['kill', 'restart', 'stop', 'cut'] as const
export type FaultName = (typeof FAULTS)[number]

export interface FaultContext {
  readonly cluster: ProcessCluster
  readonly victim: number
  readonly random: Dice
  /** `broker.session.timeout.ms`. */
  readonly sessionTimeoutMs: number
}

export interface Injury {
  /** How long it lasts at least. */
  readonly lastsMs: number
  /** Takes it back; the node serves again when it resolves. */
  readonly heal: () => Promise<void>
}

type Hurt = (context: FaultContext) => Injury

const AWAY_MIN_MS = 1_000
const AWAY_MAX_MS = 3_000

const killed = ({ cluster, victim }: FaultContext, lastsMs: number): Injury => {
  const isGone = cluster.kill(victim)
  return {
    lastsMs,
    heal: async () => {
      await isGone
      await cluster.start(victim)
    },
  }
}

/** Away for so long that others have taken over; and that to start it does not slow them down. */
const kill: Hurt = (context) =>
  killed(context, AWAY_MIN_MS + context.random.next() * (AWAY_MAX_MS - AWAY_MIN_MS))

/** It comes back as fast as it can, before anybody has noticed perhaps. */
const restart: Hurt = (context) => killed(context, 0)

const longerThanASession = ({ random, sessionTimeoutMs }: FaultContext) =>
  sessionTimeoutMs + 500 + random.next() * AWAY_MAX_MS

/** It wakes as a leader that has been replaced. */
const stop: Hurt = (context) => {
  const { cluster, victim } = context
  cluster.pause(victim)
  return { lastsMs: longerThanASession(context), heal: async () => cluster.resume(victim) }
}

/** From the other nodes, both ways; clients still reach it. */
const cut: Hurt = (context) => ({
  heal: context.cluster.cutOff(context.victim, 'both'),
  lastsMs: longerThanASession(context),
})

export const hurtBy: Readonly<Record<FaultName, Hurt>> = { kill, restart, stop, cut }
