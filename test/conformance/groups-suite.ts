/**
 * What every client's groups must be able to do on three brokers: share a topic while members join,
 * leave and die, go on where they were, outlive their coordinator, and what else the client can:
 * static members, cooperative rebalancing, seeking and pausing, administration. What a client lacks
 * is counted as skipped.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { partitionForGroup } from '../../src/coordinator/offsets-topic.ts'
import { startCluster, type Cluster } from '../../src/index.ts'
import { errors } from '../../src/wire/errors.ts'
import { acknowledged } from '../support/embedded.ts'
import type { Outcome, Outcomes, SpeakingClient } from './dialect.ts'
import { untilAll, type Joining, type MemberProcess } from './group-member.ts'

const PARTITIONS = 6
const OFFSETS_PARTITIONS = 4
const SET = {
  'offsets.topic.num.partitions': OFFSETS_PARTITIONS,
  'group.initial.rebalance.delay.ms': 100,
  'group.min.session.timeout.ms': 1000,
  // Leaders that went back would end a later test's connections, after the death of a coordinator:
  // a client that has committed nothing then reads from the beginning.
  'auto.leader.rebalance.enable': false,
}
/** Each test has its own. */
const TOPICS = [
  ...['shared', 'resumed', 'outlives', 'static', 'fenced'],
  ...['cooperative', 'paused', 'sought', 'administered'],
]
/** For those that are killed and not missed before. */
const LONG_SESSION_MS = 30_000

export interface GroupClient {
  /** Starts a member; the address is all brokers', with commas between. */
  readonly join: (bootstrap: string, joining: Joining) => MemberProcess
  /** Null for one that administers nothing. */
  readonly admin: ((bootstrap: string) => SpeakingClient) | null
  readonly can: {
    /** Go on when the coordinator is gone, without being started anew. */
    readonly outlive: boolean
    readonly static: boolean
    readonly cooperative: boolean
    readonly pause: boolean
    readonly seek: boolean
    readonly deleteOffsets: boolean
  }
}

interface GroupDescription {
  readonly state: string
  readonly protocol: string
  readonly members: readonly {
    readonly instanceId: string | null
    readonly clientId: string
    readonly partitions: readonly number[]
  }[]
}

/** Defines the tests. */
export function describeGroups(client: GroupClient): void {
  let cluster: Cluster
  const running = new Set<MemberProcess>()
  beforeAll(async () => {
    // From the start: a busy machine elects another controller now and then, which is not meant.
    const topics = Object.fromEntries(TOPICS.map((topic) => [topic, PARTITIONS]))
    cluster = await startCluster({ config: SET, topics })
  })
  afterAll(async () => {
    for (const member of running) await member.kill()
    await cluster.stop()
  })

  const join = (joining: Joining): MemberProcess => {
    const member = client.join(cluster.bootstrap, joining)
    running.add(member)
    return member
  }

  /** Values `from` to `to`, in turn to all partitions. */
  async function produce(topic: string, from: number, to: number): Promise<void> {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const values = numbered(from, to).filter(
        (_, index) => (from + index) % PARTITIONS === partition,
      )
      await acknowledged(cluster.bootstrapServers, { topic, partition, values })
    }
  }

  test('members share a topic while they join, leave and crash', async () => {
    const topic = 'shared'
    const joining = { groupId: topic, topic, sessionTimeoutMs: 3000 }
    await produce(topic, 0, 60)
    const first = join(joining)
    await owned([first])
    const second = join(joining)
    await owned([first, second])
    const third = join(joining)
    await owned([first, second, third])
    await produce(topic, 60, 120)
    await haveRead([first, second, third], numbered(0, 120))
    await second.leave()
    await owned([first, third])
    await third.kill()
    await owned([first])
    await produce(topic, 120, 180)
    await haveRead([first], numbered(120, 180))
    await first.leave()
  })

  test('whoever comes back goes on where the group was', async () => {
    const topic = 'resumed'
    await produce(topic, 0, 60)
    const joining = { groupId: topic, topic }
    const first = join(joining)
    await haveRead([first], numbered(0, 60))
    await first.do({ do: 'commit' })
    await first.leave()
    await produce(topic, 60, 90)
    const second = join(joining)
    await haveRead([second], numbered(60, 90))
    expect([...second.values].sort()).toEqual(numbered(60, 90).sort())
    await second.leave()
  })

  test.skipIf(!client.can.outlive)(
    'a group outlives its coordinator, and still knows what was committed',
    async () => {
      const topic = 'outlives'
      await produce(topic, 0, 60)
      const joining = { groupId: topic, topic, sessionTimeoutMs: 10_000 }
      const first = join(joining)
      await haveRead([first], numbered(0, 60))
      await first.do({ do: 'commit' })
      const index = partitionForGroup(topic, OFFSETS_PARTITIONS)
      const coordinator = await cluster.leaderOf('__consumer_offsets', index)
      await coordinator.kill()
      try {
        expect((await cluster.leaderOf('__consumer_offsets', index)).id).not.toBe(coordinator.id)
        await produce(topic, 60, 120)
        await haveRead([first], numbered(60, 120))
      } finally {
        await coordinator.restart()
        await cluster.caughtUp()
      }
      await first.do({ do: 'commit' })
      await first.leave()
      await produce(topic, 120, 150)
      const second = join(joining)
      await haveRead([second], numbered(120, 150))
      expect([...second.values].sort()).toEqual(numbered(120, 150).sort())
      await second.leave()
    },
  )

  describe.skipIf(!client.can.static)('static members', () => {
    const topic = 'static'
    const joining = { groupId: topic, topic, sessionTimeoutMs: LONG_SESSION_MS }

    test('one that is back within its session causes no rebalance', async () => {
      const stays = join({ ...joining, instanceId: 'one' })
      await owned([stays])
      const dies = join({ ...joining, instanceId: 'two' })
      await owned([stays, dies])
      const [changes, had] = [stays.changes, dies.partitions]
      await dies.kill()
      const back = join({ ...joining, instanceId: 'two' })
      await owned([stays, back])
      expect(back.partitions).toEqual(had)
      await produce(topic, 0, 60)
      await haveRead([stays, back], numbered(0, 60))
      expect(stays.changes).toBe(changes)
      await back.kill()
      await stays.kill()
    })

    test('a second one with its name fences the first', async () => {
      const of = { ...joining, groupId: 'fenced', topic: 'fenced', instanceId: 'one' }
      const first = join(of)
      await owned([first])
      const second = join(of)
      await untilAll([first], 'an error', () => first.errors.length > 0)
      expect(first.errors[0]).toBe(errors.FENCED_INSTANCE_ID)
      await owned([second])
      await first.kill()
      await second.kill()
    })
  })

  test.skipIf(!client.can.cooperative)('cooperative: who keeps a partition, keeps it', async () => {
    const topic = 'cooperative'
    const joining = { groupId: topic, topic, assignor: 'cooperative' } as const
    const first = join(joining)
    await owned([first])
    const second = join(joining)
    await owned([first, second])
    const taken = first.events.flatMap((one) => (one.event === 'revoked' ? one.taken : []))
    expect([...taken].sort()).toEqual([...second.partitions].sort())
    expect(first.partitions).toHaveLength(3)
    await produce(topic, 0, 60)
    await haveRead([first, second], numbered(0, 60))
    await first.leave()
    await owned([second])
    expect(second.events.some(({ event }) => event === 'revoked')).toBe(false)
    await second.leave()
  })

  test.skipIf(!client.can.pause)('what is paused waits until it is resumed', async () => {
    const topic = 'paused'
    const member = join({ groupId: topic, topic })
    await owned([member])
    await produce(topic, 0, 12)
    await haveRead([member], numbered(0, 12))
    await member.do({ do: 'pause', partitions: [0] })
    await produce(topic, 12, 24)
    // What the others got was written later.
    const others = numbered(12, 24).filter((_, index) => (12 + index) % PARTITIONS !== 0)
    await haveRead([member], others)
    expect(member.values).not.toContain('value 12')
    await member.do({ do: 'resume', partitions: [0] })
    await haveRead([member], ['value 12', 'value 18'])
    await member.leave()
  })

  test.skipIf(!client.can.seek)('a member seeks to where it wants', async () => {
    const topic = 'sought'
    await produce(topic, 0, 60)
    const member = join({ groupId: topic, topic })
    await haveRead([member], numbered(0, 60))
    const before = member.read.length
    await member.do({ do: 'seek', partition: 2, offset: 7 })
    await untilAll([member], 'what was sought', () => member.read.length >= before + 3)
    const again = member.read.slice(before)
    expect(again.map(({ partition, offset }) => [partition, offset])).toEqual([
      ...[7, 8, 9].map((offset) => [2, offset]),
    ])
    await member.leave()
  })

  describe.skipIf(client.admin === null)('administration', () => {
    const topic = 'administered'
    let admin: SpeakingClient
    const offsets = async (group: string) =>
      (await admin.ask<Outcome<{ [partition: string]: number }>>('groupOffsets', { group, topic }))
        .value
    const set = (group: string, to: { [partition: string]: number }) =>
      admin.ask<Outcome>('setGroupOffsets', { group, topic, offsets: to })
    const remove = (...groups: string[]) => admin.ask<Outcomes>('deleteGroups', { groups })
    beforeAll(async () => {
      const made = client.admin?.(cluster.bootstrap)
      if (made === undefined) return
      admin = made
      await produce(topic, 0, 60)
    })

    test('groups are listed and described, with what each member has', async () => {
      const joining = { groupId: 'seen', topic }
      const members = ['one', 'two'].map((clientId) => join({ ...joining, clientId }))
      await owned(members)
      expect(await admin.ask<string[]>('listGroups')).toContain('seen')
      const told = await admin.ask<Outcomes<GroupDescription>>('describeGroups', {
        groups: ['seen'],
        topic,
      })
      const { state, members: described = [] } = told['seen']?.value ?? {}
      expect([told['seen']?.error, state]).toEqual([null, 'Stable'])
      const byClient = Object.fromEntries(
        described.map(({ clientId, partitions }) => [clientId, [...partitions].sort()]),
      )
      expect(byClient).toEqual({
        one: [...(members[0]?.partitions ?? [])].sort(),
        two: [...(members[1]?.partitions ?? [])].sort(),
      })
      // Somebody is in it.
      expect((await remove('seen'))['seen']?.error).toBe(errors.NON_EMPTY_GROUP)
      for (const member of members) await member.leave()
    })

    test('offsets are listed, and reset for whoever joins next', async () => {
      const first = join({ groupId: 'reset', topic })
      await haveRead([first], numbered(0, 60))
      await first.do({ do: 'commit' })
      expect(await offsets('reset')).toEqual(atAll(10))
      await first.leave()
      expect((await set('reset', { ...atAll(10), 0: 4, 5: 8 })).error).toBe(null)
      expect(await offsets('reset')).toEqual({ ...atAll(10), 0: 4, 5: 8 })
      const second = join({ groupId: 'reset', topic })
      const again = numbered(0, 60).filter(
        (_, n) => (n % PARTITIONS === 0 && n >= 24) || (n % PARTITIONS === 5 && n >= 48),
      )
      await haveRead([second], again)
      expect([...second.values].sort()).toEqual([...again].sort())
      await second.leave()
    })

    test.skipIf(!client.can.deleteOffsets)('offsets are deleted, of one partition', async () => {
      expect((await set('thinned', atAll(3))).error).toBe(null)
      const asked = { group: 'thinned', topic, partitions: [1] }
      expect((await admin.ask<Outcome>('deleteGroupOffsets', asked)).error).toBe(null)
      const { 1: gone, ...left } = atAll(3)
      expect([gone, await offsets('thinned')]).toEqual([3, left])
    })

    test('groups are deleted, with their offsets', async () => {
      expect((await set('doomed', atAll(3))).error).toBe(null)
      expect((await remove('doomed'))['doomed']?.error).toBe(null)
      expect(await admin.ask<string[]>('listGroups')).not.toContain('doomed')
      expect(await offsets('doomed')).toEqual({})
      expect((await remove('doomed'))['doomed']?.error).toBe(errors.GROUP_ID_NOT_FOUND)
    })
  })
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `value ${from + index}`)

const ALL = Array.from({ length: PARTITIONS }, (_, index) => index)
const atAll = (offset: number): { [partition: string]: number } =>
  Object.fromEntries(ALL.map((partition) => [partition, offset]))

/** Resolves when the members have all partitions, each one member's, and about as many each. */
function owned(members: readonly MemberProcess[]): Promise<void> {
  return untilAll(members, `${members.length} members with all partitions`, () => {
    const all = members.flatMap(({ partitions }) => partitions).sort()
    const share = PARTITIONS / members.length
    return (
      JSON.stringify(all) === JSON.stringify(ALL) &&
      members.every(({ partitions }) => partitions.length === share)
    )
  })
}

/** Resolves when each of the values was read by one of the members. */
function haveRead(members: readonly MemberProcess[], values: readonly string[]): Promise<void> {
  return untilAll(members, `${values.length} records`, () => {
    const all = new Set(members.flatMap((member) => member.values))
    return values.every((value) => all.has(value))
  })
}
