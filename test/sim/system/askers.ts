/**
 * A controller in small, on whichever node leads: it names the cluster, proposes records that tell
 * apart, reads, changes the voters, hands leadership over; and it remembers what it was told.
 */
import { asTopicId, type TopicId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { isMember } from '../../../src/raft/configuration.ts'
import type { Target } from '../schedule.ts'
import { changeOf } from '../workload.ts'
import type { Host } from './host.ts'
import { nameOf } from './invariants/proposals.ts'
import type { SystemDecision } from './schedule.ts'
import type { SystemWorld } from './world.ts'

type Operation = Extract<SystemDecision, { type: 'propose' | 'read' | 'transfer' | 'configure' }>

export class Askers {
  readonly #world: SystemWorld
  #proposals = 0
  /** Topics that a leadership removes already. */
  readonly #removing = new Map<string, Set<TopicId>>()

  constructor(world: SystemWorld) {
    this.#world = world
  }

  operate(operation: Operation): void {
    switch (operation.type) {
      case 'propose':
        return void this.propose(operation.to, operation)
      case 'read':
        return this.read(this.#world.target(operation.to))
      case 'transfer':
        return this.#transfer(operation.choice)
      case 'configure':
        return this.#configure(operation)
    }
  }

  /** The first thing in every log. */
  found(host: Host): void {
    const { quorum } = host.life ?? {}
    if (!quorum || !host.isServing || host.image?.clusterId !== null) return
    quorum.append(quorum.leadership.epoch, [
      { type: 'ClusterId', clusterId: uuidToString(new Uint8Array(16).fill(host.node + 1)) },
    ])
  }

  /** Returns the name of what is proposed; null when nobody is there to be asked. */
  propose(to: Target, of: { readonly choice: number; readonly bytes: number }): string | null {
    const host = this.#world.target(to)
    if (!host?.isServing || !host.life) return null
    const { life } = host
    const { marks, proposals, verdict } = this.#world
    this.#proposals += 1
    const name = nameOf(this.#proposals)
    const { quorum, deliveries } = life
    const { epoch } = quorum.leadership
    const append = quorum.append(epoch, this.#records(host, name, of))
    verdict.guard(() => proposals.asked(name, host.key, append))
    if (!append.accepted) {
      marks.hit(append.reason === 'disk-full' ? 'full disk refused a proposal' : 'proposal refused')
      return name
    }
    void append.outcome.then((outcome) => {
      // Nobody hears what a process says that is gone.
      if (!life.process.isAlive) return
      marks.hit(outcome.outcome === 'ok' ? 'proposal committed' : 'proposal unknown')
      verdict.note(() => proposals.ended(name, outcome, deliveries.applied))
    })
    return name
  }

  #records(
    host: Host,
    name: string,
    { choice, bytes }: { readonly choice: number; readonly bytes: number },
  ): MetadataRecord[] {
    const topicId = asTopicId(topicIdOf(this.#proposals))
    const records: MetadataRecord[] = [{ type: 'Topic', name, topicId }]
    if (bytes > 0)
      records.push({
        ...{ type: 'Config', resourceType: 'topic', resourceName: name },
        ...{ key: 'retention.ms', value: 'x'.repeat(bytes) },
      })
    const removed = choice % 3 === 0 ? this.#removable(host) : null
    if (removed !== null) records.push({ type: 'RemoveTopic', topicId: removed })
    return records
  }

  /** A committed topic that nothing under way removes. */
  #removable(host: Host): TopicId | null {
    const { image, life } = host
    const by = `${host.key} ${host.lives} ${life?.quorum.leadership.epoch ?? 0}`
    const removing = this.#removing.get(by) ?? new Set()
    this.#removing.set(by, removing)
    for (const { topicId } of image?.topics.byName.values() ?? []) {
      if (removing.has(topicId)) continue
      removing.add(topicId)
      return topicId
    }
    return null
  }

  read(host: Host | null): void {
    if (!host?.isServing || !host.life) return
    const { life, key } = host
    const { history, marks, verdict, proposals } = this.#world
    const committedThen = history.end
    const { quorum, deliveries } = life
    void quorum.confirmLeadership(quorum.leadership.epoch).then((confirmed) => {
      if (!life.process.isAlive) return
      marks.hit(confirmed ? 'leadership confirmed' : 'leadership not confirmed')
      if (confirmed) verdict.note(() => proposals.confirmed(key, deliveries.applied, committedThen))
    })
  }

  #transfer(choice: number): void {
    const { leader, hosts } = this.#world
    const to = hosts[choice % hosts.length]?.key
    if (to) void leader?.life?.ask({ type: 'transfer', to })
  }

  #configure(of: { readonly choice: number; readonly detail: number }): void {
    const { leader, hosts, marks } = this.#world
    const configuration = leader?.life?.configuration
    if (!leader || !configuration) return
    const change = changeOf({ key: leader.key, configuration }, hosts, of)
    if (!change) return
    void leader.life?.ask({ type: 'configure', change })?.then(({ type }) => {
      if (type !== 'done') return
      if (change.type === 'set-voters') marks.hit('joint configuration committed')
      const isNew = (key: string) => hosts.some((host) => host.key === key && host.wasWiped)
      if (change.type === 'add-learner' && isNew(change.replica)) marks.hit('wiped node was added')
      if (change.type !== 'set-voters') return
      if (
        change.voters.some(
          (key) => !isMember(configuration, key) || !configuration.voters.includes(key),
        )
      )
        marks.hit('spare became a voter')
    })
  }
}

function topicIdOf(proposal: number): string {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, proposal)
  bytes[0] = 1
  return uuidToString(bytes)
}
