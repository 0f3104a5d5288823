/**
 * One run of the data plane's chaos: round after round a fault of the leader of a partition of a
 * cluster under load, and its repair; at the end everything is read and compared.
 */
import { asError } from '../../src/base/errors.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { within } from '../../test/support/within.ts'
import { hurtBy, type FaultName } from './faults.ts'
import {
  LoadedCluster,
  PARTITIONS,
  PROGRESS_WITHIN_MS,
  sleep,
  type ClientAck,
} from './loaded-cluster.ts'
import { Outage, type FaultNote, type Gap } from './outages.ts'

const PROBE = 'probe'

export interface RunOptions {
  readonly directory: string
  readonly seed: number
  readonly sessionTimeoutMs: number
  readonly faults: readonly FaultName[]
  readonly isPlanted: boolean
  /** Of every node, beside what the run sets. */
  readonly set: Readonly<Record<string, string>>
}

export interface Round extends FaultNote {
  /** Of clients, in partitions that the victim led: until a record was acknowledged again. */
  readonly led: ReadonlyMap<string, Outage>
  /** Of the probe, in partitions that the victim only followed. */
  readonly followed: Outage
}

export class ReplicationRun {
  readonly loaded: LoadedCluster
  readonly rounds: Round[] = []
  readonly #options: RunOptions
  readonly #random: Dice

  private constructor(options: RunOptions, loaded: LoadedCluster) {
    this.#options = options
    this.loaded = loaded
    this.#random = dice(options.seed)
  }

  static async start(options: RunOptions): Promise<ReplicationRun> {
    let run: ReplicationRun | null = null
    const loaded = await LoadedCluster.start({
      ...{ directory: options.directory, isPlanted: options.isPlanted },
      set: {
        'broker.session.timeout.ms': options.sessionTimeoutMs,
        'broker.heartbeat.interval.ms': Math.ceil(options.sessionTimeoutMs / 5),
        ...options.set,
      },
      onAck: (ack) => run?.acked(ack),
    })
    run = new ReplicationRun(options, loaded)
    return run
  }

  acked(ack: ClientAck): void {
    const round = this.rounds.at(-1)
    round?.led.get(ack.client)?.acked(ack)
    if (ack.client === PROBE) round?.followed.acked(ack)
  }

  /** All gaps of a client in partitions whose leader was hurt. */
  gaps(client: string): readonly Gap[] {
    return this.rounds.flatMap((round) => round.led.get(client)?.gaps ?? [])
  }

  /** One fault of the leader of a random partition, and its repair; false: something is wrong. */
  async round(): Promise<boolean> {
    const { loaded } = this
    if (!(await loaded.becomesWhole('before a round'))) return false
    await sleep(this.#random.next() * 1_000)
    const round = this.#draw()
    const { fault, victim } = round
    loaded.history.note('fault', { fault, victim, wasController: round.wasController })
    this.rounds.push(round)
    const injury = hurtBy[fault]({
      ...{ cluster: loaded.cluster, victim, random: this.#random },
      sessionTimeoutMs: this.#options.sessionTimeoutMs,
    })
    const healed = sleep(injury.lastsMs).then(() => injury.heal())
    healed.catch(() => undefined)
    await this.#progress(round)
    // A node that does not come back is a fault.
    await healed.catch((thrown: unknown) =>
      loaded.faults.push(`node ${victim} did not come back: ${asError(thrown).message}`),
    )
    loaded.history.note('healed', { fault, victim })
    return loaded.isSound && (await loaded.becomesWhole('after a round'))
  }

  #draw(): Round {
    const { view, history, loads } = this.loaded
    const partition = this.#random.int(0, PARTITIONS - 1)
    const victim = view.partition(this.loaded.topic, partition)?.leader ?? 1
    const fault = this.#random.pick(this.#options.faults)
    const isLed = new Map(view.partitions.map((of) => [of.partition, of.leader === victim]))
    const indexes = (wanted: boolean) =>
      [...isLed].filter(([, is]) => is === wanted).map(([index]) => index)
    const note: FaultNote = {
      ...{ fault, victim, atMs: history.nowMs() },
      wasController: view.controller === victim,
    }
    const clients = [PROBE, ...loads.map(({ name }) => name)]
    return {
      ...note,
      led: new Map(clients.map((client) => [client, new Outage(note, indexes(true))])),
      followed: new Outage(note, indexes(false)),
    }
  }

  /** Until the probe was acknowledged in every partition. */
  async #progress({ led, followed }: Round): Promise<void> {
    const outages = [followed, ...[led.get(PROBE) ?? []].flat()]
    const over = Promise.all(outages.map((outage) => outage.over))
    await within(PROGRESS_WITHIN_MS, 'records acknowledged again', over).catch(() => {
      const missing = outages.flatMap((outage) => outage.missing)
      this.loaded.faults.push(
        `partitions ${missing.join()} took no records for ${PROGRESS_WITHIN_MS} ms after a fault`,
      )
    })
  }
}
