/**
 * Groups that process and commit, one for each client, while members join, leave and are killed;
 * Lograft's own producer gives them something to do. What is committed is asked all the time by
 * somebody who is in none of them.
 */
import { delay } from '../../base/clock.ts'
import { GroupAdmin } from '../../client/group-admin.ts'
import { findOffsets, LATEST } from '../../client/offsets.ts'
import { hostClock } from '../../host/clock.ts'
import type { Program } from '../clients/available.ts'
import { findClient } from '../clients/available.ts'
import type { ClientProcess } from '../clients/client-process.ts'
import { clusterOf } from '../clients/lograft-reader.ts'
import type { Lane } from '../clients/protocol.ts'
import { cast } from './cast.ts'
import { Crew } from './crew.ts'
import { SESSION_TIMEOUT_MS } from './record-workload.ts'
import { lanesOf } from './topics.ts'
import type { Workload, WorkloadSite } from './workload.ts'

const NAME = 'groups'
const MEMBERS_MIN = 1
const MEMBERS_MAX = 3
/** Between two that come or go. */
const CHURN_EVERY_MS = 4_000
const LOOK_EVERY_MS = 500
const LOOK_WITHIN_MS = 5_000
const LEAVE_WITHIN_MS = 20_000
const LEAST_RATE = 50
const AGAIN_MS = 200

const placeOf = ({ topic, partition }: Lane) => `${topic} ${partition}`

export function groupsWorkload(site: WorkloadSite): Workload {
  return new Groups(site)
}

/** One make's group. */
class Group {
  readonly id: string
  readonly #program: Program
  readonly #crew: Crew
  readonly #lanes: readonly Lane[]
  /** Highest offset that a member has processed. */
  readonly processed = new Map<string, number>()
  members: ClientProcess[] = []
  #count = 0

  constructor(program: Program, crew: Crew, lanes: readonly Lane[]) {
    this.id = `groups-${program.client}`
    this.#program = program
    this.#crew = crew
    this.#lanes = lanes
  }

  join(): void {
    this.#count += 1
    const member = this.#crew.begin(
      this.#program,
      [
        {
          ...{ role: 'member', process: `${this.#program.client}/member-${this.#count}` },
          ...{ lanes: this.#lanes, group: this.id },
          ...{ sessionTimeoutMs: SESSION_TIMEOUT_MS, tellsRecords: false },
        },
      ],
      (lane, last) => {
        const known = this.processed.get(placeOf(lane)) ?? -1
        this.processed.set(placeOf(lane), Math.max(known, last))
      },
    )
    this.members.push(member)
  }

  /** One of them, by chance; null when it has none. */
  take(random: () => number): ClientProcess | null {
    const at = Math.floor(random() * this.members.length)
    return this.members.splice(at, 1)[0] ?? null
  }
}

class Groups implements Workload {
  readonly name = NAME
  readonly ready: Promise<void>
  readonly totals: Workload['totals']
  readonly #site: WorkloadSite
  readonly #lanes: readonly Lane[]
  readonly #crew: Crew
  readonly #producer: ClientProcess
  readonly #groups: readonly Group[]
  readonly #ending = new AbortController()
  readonly #looking = new AbortController()
  readonly #churning: Promise<void>
  readonly #watching: Promise<void>

  constructor(site: WorkloadSite) {
    this.#site = site
    this.#lanes = lanesOf(NAME, site.topics)
    this.#crew = new Crew(NAME, site)
    this.totals = this.#crew.totals
    const programs = cast(NAME, site, ['member']).filter((program) => this.#notes(program))
    this.#producer = this.#crew.begin(ownProgram(), [
      {
        ...{ role: 'produce', process: 'lograft/groups-producer', lanes: this.#lanes },
        ...{ rate: Math.max(LEAST_RATE, site.rate), acks: -1, idempotent: true },
        ...{ keys: null, tombstones: 0 },
      },
    ])
    this.#groups = programs.map((program) => new Group(program, this.#crew, this.#lanes))
    for (const group of this.#groups)
      for (let count = 0; count < MEMBERS_MAX - 1; count += 1) group.join()
    this.ready = this.#crew.ready()
    this.#churning = this.#churn()
    this.#watching = this.#watch()
  }

  /** Producing ends first; members go on until they have processed everything. */
  async stop(deadlineMs: number): Promise<void> {
    const untilMs = hostClock.monotonicMs() + deadlineMs
    const leftMs = () => Math.max(1_000, untilMs - hostClock.monotonicMs())
    this.#ending.abort()
    await this.#churning
    for (const group of this.#groups) if (group.members.length === 0) group.join()
    await this.#producer.stop(leftMs())
    await this.#processed(leftMs())
    // The last look is at what is there when nobody commits any more.
    await this.#crew.stop(leftMs())
    this.#looking.abort()
    await this.#watching
    await this.#look()
  }

  #notes({ client, notesCommits }: Program): boolean {
    if (notesCommits) return true
    const why = 'its commits carry no note by which they are known again'
    const { nowMs, write } = this.#site
    write({ type: 'skipped', atMs: nowMs(), what: `${client} in ${NAME}`, why })
    return false
  }

  async #churn(): Promise<void> {
    const { random } = this.#site
    await this.ready.catch(() => undefined)
    while (!this.#ending.signal.aborted) {
      await delay(hostClock, CHURN_EVERY_MS, this.#ending.signal)
      const group = this.#groups[Math.floor(random() * this.#groups.length)]
      if (!group || this.#ending.signal.aborted) continue
      const { length } = group.members
      if (length <= MEMBERS_MIN || (length < MEMBERS_MAX && random() < 0.5)) group.join()
      else if (random() < 0.5) await group.take(random)?.kill()
      else await group.take(random)?.stop(LEAVE_WITHIN_MS)
    }
  }

  /** Every group has processed everything that is there, or the time is over. */
  async #processed(deadlineMs: number): Promise<void> {
    const cluster = clusterOf(this.#site.target.bootstrap, 'chaos-groups')
    const untilMs = hostClock.monotonicMs() + deadlineMs
    try {
      const ends = new Map<string, number>()
      for (const topic of new Set(this.#lanes.map((lane) => lane.topic))) {
        const partitions = this.#lanes.filter((lane) => lane.topic === topic)
        const query = { topic, partitions: partitions.map(({ partition }) => partition) }
        const at = { timestamp: LATEST, timeoutMs: deadlineMs }
        for (const [partition, end] of await findOffsets(cluster, { ...query, ...at }))
          ends.set(placeOf({ topic, partition }), end)
      }
      const isDone = ({ processed }: Group) =>
        [...ends].every(([place, end]) => (processed.get(place) ?? -1) + 1 >= end)
      while (!this.#groups.every(isDone) && hostClock.monotonicMs() < untilMs)
        await delay(hostClock, AGAIN_MS)
    } catch {
      // Then the checker finds what is not processed.
    } finally {
      await cluster.close()
    }
  }

  async #watch(): Promise<void> {
    while (!this.#looking.signal.aborted) {
      await delay(hostClock, LOOK_EVERY_MS, this.#looking.signal)
      if (!this.#looking.signal.aborted) await this.#look()
    }
  }

  /** What coordinators say is committed. */
  async #look(): Promise<void> {
    const { target, nowMs, write } = this.#site
    const cluster = clusterOf(target.bootstrap, 'chaos-groups')
    const admin = new GroupAdmin(cluster, { timeoutMs: LOOK_WITHIN_MS })
    const looks = this.#groups.map(async ({ id: group }) => {
      const sentMs = nowMs()
      const committed = await admin.committed(group).catch(() => null)
      if (committed === null) return
      const doneMs = nowMs()
      for (const { topic, partition } of this.#lanes) {
        const { offset = -1, metadata: note = '' } = committed.get(topic)?.get(partition) ?? {}
        // librdkafka's Python binding sends the end of a C string along.
        const metadata = note.endsWith('\0') ? note.slice(0, -1) : note
        write({
          ...{ type: 'committed', process: 'lograft/groups-watcher', workload: NAME },
          ...{ client: 'lograft', group, topic, partition, offset, metadata, sentMs, doneMs },
        })
      }
    })
    await Promise.all(looks)
    await cluster.close()
  }
}

function ownProgram(): Program {
  const own = findClient('lograft')
  if ('missing' in own) throw new Error(own.missing)
  return own
}
