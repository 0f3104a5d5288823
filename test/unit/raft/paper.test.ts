/**
 * Goal: what the Raft paper (§, extended version) and the dissertation (thesis §) promise, sentence
 * by sentence, of the real core.
 * Method: each test is one sentence in our words, played in a world of a few replicas whose every
 * message and batch is in the test's hand. The invariants of that world are checked all along.
 */
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/raft/messages.ts'
import type { Answer, Ready } from '../../../src/raft/types.ts'
import { World, bytesOf, configurationOf, key, keys } from './world.ts'

type OfType<Type extends Message['type']> = Extract<Message, { readonly type: Type }>

/** What `name` says next, of one type. */
function said<Type extends Message['type']>(
  world: World,
  name: string,
  type: Type,
): readonly OfType<Type>[] {
  const messages: readonly Message[] = world.ready(name)?.messages ?? []
  return messages.filter((message): message is OfType<Type> => message.type === type)
}

function tell(world: World, message: Message): void {
  world.deliver(message)
}

const voteOf = (from: string, to: string, term: number, last: readonly [number, number]) =>
  ({
    type: 'vote',
    from: key(from),
    to: key(to),
    term,
    lastIndex: last[0],
    lastTerm: last[1],
    isTransfer: false,
  }) as const satisfies Message

/** What the disk of `name` holds, as `index/term`. */
const logOf = (world: World, name: string) =>
  world.at(name).disk.entries.map(({ index, term }) => `${index}/${term}`)

function answersOf(ready: Ready | null): readonly Answer[] {
  return ready?.answers ?? []
}

/** `name` answers, once what it has to write is durable. */
function answer<Type extends Message['type']>(world: World, name: string, type: Type) {
  const first = said(world, name, type)
  world.persist(name)
  return [...first, ...said(world, name, type)]
}

/** Three replicas, the first of which leads. */
function led(count = 3): World {
  const world = World.of(count)
  world.elect('1')
  return world
}

describe('terms (§5.1)', () => {
  test('a replica starts as a follower', () => {
    expect(World.of(3).at('1').status).toMatchObject({ role: 'follower', term: 0, leader: null })
  })

  test('whoever hears of a later term enters it', () => {
    const world = World.of(3)
    tell(world, voteOf('2', '1', 7, [0, 0]))
    expect(world.at('1').status.term).toBe(7)
  })

  test('a leader that hears of a later term follows', () => {
    const world = led()
    const late = { type: 'append-response', session: 0, index: 0 } as const
    tell(world, { ...late, from: key('2'), to: key('1'), term: 9 })
    expect(world.at('1').status).toMatchObject({ role: 'follower', term: 9 })
  })

  test('a candidate that hears of a later term follows', () => {
    const world = World.of(3)
    world.campaign('1')
    world.settle(['1', '2'])
    world.crash('1', 'nothing')
    world.start('1')
    world.campaign('1')
    tell(world, voteOf('2', '1', 9, [5, 5]))
    expect(world.at('1').status).toMatchObject({ role: 'follower', term: 9 })
  })

  test('what an earlier term asks for is refused, and the answer names the present one', () => {
    const world = led()
    tell(world, voteOf('3', '2', 0, [9, 9]))
    expect(said(world, '2', 'vote-response')).toMatchObject([{ term: 1, granted: false }])
  })

  test('an append of an earlier term changes nothing', () => {
    const world = led()
    world.partition(['1'], ['2', '3'])
    world.win('2', ['3'])
    world.settle(['2', '3'])
    const before = logOf(world, '3')
    const stale = {
      type: 'append',
      session: 1,
      previousIndex: 1,
      previousTerm: 1,
      commit: 1,
    } as const
    const entries = [{ index: 2, term: 1, kind: 'data', data: bytesOf('old') } as const]
    tell(world, { ...stale, entries, from: key('1'), to: key('3'), term: 1 })
    world.ready('3')
    world.persist('3')
    expect(logOf(world, '3')).toEqual(before)
  })

  test('term and vote are durable before they are acted upon, so outlive a power cut', () => {
    const world = World.of(3)
    tell(world, voteOf('2', '1', 3, [0, 0]))
    expect(said(world, '1', 'vote-response')).toEqual([])
    world.persist('1')
    expect(said(world, '1', 'vote-response')).toMatchObject([{ granted: true }])
    world.crash('1', 'nothing')
    world.start('1')
    tell(world, voteOf('3', '1', 3, [0, 0]))
    expect(said(world, '1', 'vote-response')).toMatchObject([{ granted: false }])
  })
})

describe('elections (§5.2)', () => {
  test('a follower that hears a leader in time stays a follower', () => {
    const world = led()
    for (let heartbeat = 0; heartbeat < 20; heartbeat += 1) {
      for (const name of ['1', '2', '3']) world.tick(name, 2)
      world.settle()
    }
    expect(world.at('2').status).toMatchObject({ role: 'follower', leader: '1', term: 1 })
  })

  test('a leader sends heartbeats, each within its interval', () => {
    const world = led()
    world.tick('1', 2)
    expect(said(world, '1', 'heartbeat').map(({ to }) => to)).toEqual(keys('2', '3'))
  })

  test('a candidate votes for itself in the next term and asks all others', () => {
    const world = World.of(3)
    world.campaign('1')
    world.ready('1')
    for (const from of keys('2', '3'))
      tell(world, { type: 'pre-vote-response', from, to: key('1'), term: 1, granted: true })
    const { batch } = world.ready('1') ?? {}
    expect(batch?.hardState).toEqual({ term: 1, vote: '1' })
    world.persist('1')
    expect(said(world, '1', 'vote').map(({ to, term }) => [to, term])).toEqual([
      ['2', 1],
      ['3', 1],
    ])
  })

  test('a majority of votes makes a leader, in the term it asked for', () => {
    const world = World.of(5)
    world.win('1', ['2', '3'])
    expect(world.at('1').status).toMatchObject({ role: 'leader', term: 1 })
  })

  test('less than a majority does not', () => {
    expect(World.of(5).wins('1', ['2'])).toBe(false)
  })

  test('one vote in a term, first come first served', () => {
    const world = World.of(3)
    tell(world, voteOf('2', '1', 1, [0, 0]))
    tell(world, voteOf('3', '1', 1, [0, 0]))
    const votes = answer(world, '1', 'vote-response').map(({ to, granted }) => [to, granted])
    expect(votes.sort()).toEqual([
      ['2', true],
      ['3', false],
    ])
  })

  test('asked again by the same candidate, it votes again', () => {
    const world = World.of(3)
    tell(world, voteOf('2', '1', 1, [0, 0]))
    tell(world, voteOf('2', '1', 1, [0, 0]))
    expect(answer(world, '1', 'vote-response').map(({ granted }) => granted)).toEqual([true, true])
  })

  test('a candidate that hears the leader of its own term follows it', () => {
    const world = World.of(3)
    world.win('2', ['3'])
    tell(world, voteOf('3', '1', 1, [0, 0]))
    world.campaign('1')
    const append = { type: 'append', session: 1, previousIndex: 0, previousTerm: 0 } as const
    tell(world, { ...append, entries: [], commit: 0, from: key('2'), to: key('1'), term: 1 })
    expect(world.at('1').status).toMatchObject({ role: 'follower', leader: '2', term: 1 })
  })

  test('votes that are split elect nobody, and a timeout later it is tried again', () => {
    const world = World.of(2)
    world.campaign('1')
    world.campaign('2')
    world.settle()
    expect(world.leaders).toEqual([])
    world.elect('1')
    expect(world.at('1').status.term).toBe(2)
  })

  test('election timeouts differ by chance, between one and two of them', () => {
    for (const [chance, ticks] of [
      [0, 10],
      [0.5, 15],
      [0.99, 19],
    ] as const) {
      const world = led()
      world.at('2').random = chance
      // The timeout is drawn when it begins to follow.
      world.crash('2', 'everything')
      world.start('2')
      expect(world.campaign('2')).toBe(ticks)
    }
  })
})

describe('replication (§5.3)', () => {
  test('what is proposed is appended and sent to all others', () => {
    const world = led()
    world.propose('1', 'x')
    const appends = said(world, '1', 'append')
    expect(appends.map(({ to, entries }) => [to, entries.length])).toEqual([
      ['2', 1],
      ['3', 1],
    ])
    expect(appends[0]).toMatchObject({ previousIndex: 1, previousTerm: 1, commit: 1 })
  })

  test('it is committed when a majority has it, and everything before it with it', () => {
    const world = led(5)
    world.propose('1', 'a')
    world.propose('1', 'b')
    world.settle(['1', '2'])
    expect(world.at('1').status.commit).toBe(1)
    world.settle(['1', '2', '3'])
    expect(world.at('1').status.commit).toBe(3)
  })

  test('a follower learns what is committed, and applies it in the order of the log', () => {
    const world = led()
    world.propose('1', 'a')
    world.settle()
    expect(world.at('2')).toMatchObject({ applied: 2 })
  })

  test('an append whose place before is not there, or of another term, is refused', () => {
    for (const [previousIndex, previousTerm] of [
      [5, 1],
      [2, 2],
    ] as const) {
      const world = led()
      world.propose('1', 'a')
      world.ready('1')
      for (const message of world.take(({ to }) => to === '2')) tell(world, message)
      const append = { type: 'append', session: 1, previousIndex, previousTerm } as const
      tell(world, { ...append, entries: [], commit: 0, from: key('1'), to: key('2'), term: 1 })
      expect(said(world, '2', 'append-rejection')).toMatchObject([{ previousIndex }])
    }
  })

  test('a follower with too little, too much or both ends with the leader’s log', () => {
    const world = led(5)
    world.propose('1', 'kept')
    world.settle()
    world.partition(['1', '2'], ['3', '4', '5'])
    for (const text of ['lost', 'lost', 'lost']) world.propose('1', text)
    world.settle()
    world.win('3', ['4', '5'])
    world.propose('3', 'new')
    world.settle()
    world.heal()
    world.tick('3', 2)
    world.settle()
    for (const name of ['1', '2', '4', '5']) expect(logOf(world, name)).toEqual(logOf(world, '3'))
  })

  test('a leader never removes or replaces what it has', () => {
    const world = led()
    world.propose('1', 'a')
    world.settle(['1', '2'])
    const before = logOf(world, '1')
    world.win('2', ['3'])
    world.settle()
    expect(logOf(world, '1').slice(0, before.length)).toEqual(before)
  })

  test('entries that it has already are not appended again, nor removed by an old append', () => {
    const world = led()
    world.propose('1', 'a')
    world.ready('1')
    const [old] = world.take(({ type, to }) => type === 'append' && to === '2')
    if (old) tell(world, old)
    world.propose('1', 'b')
    world.settle()
    const before = logOf(world, '2')
    if (old) tell(world, old)
    world.settle()
    expect(logOf(world, '2')).toEqual(before)
  })

  test('a follower that is down is tried again for ever', () => {
    const world = led()
    world.crash('3', 'everything')
    world.propose('1', 'a')
    world.settle()
    world.start('3')
    world.tick('1', 2)
    world.settle()
    expect(logOf(world, '3')).toEqual(logOf(world, '1'))
  })

  test('an acknowledgement is of what is durable', () => {
    const world = led()
    world.propose('1', 'a')
    world.ready('1')
    for (const message of world.take(({ to }) => to === '2')) tell(world, message)
    expect(said(world, '2', 'append-response')).toEqual([])
    world.persist('2')
    expect(said(world, '2', 'append-response')).toMatchObject([{ index: 2 }])
  })
})

describe('safety (§5.4)', () => {
  test('no vote for a log whose last term is earlier, or which is shorter in the same term', () => {
    for (const [last, granted] of [
      [[9, 0], false],
      [[1, 1], false],
      [[2, 1], true],
      [[3, 1], true],
      [[1, 2], true],
    ] as const) {
      const world = led()
      world.propose('1', 'a')
      world.settle()
      tell(world, { ...voteOf('3', '2', 5, last), isTransfer: true })
      expect(answer(world, '2', 'vote-response')).toMatchObject([{ granted }])
    }
  })

  test('an entry of an earlier term is not committed by being on a majority', () => {
    const world = led()
    world.propose('1', 'a')
    world.ready('1')
    world.persist('1')
    for (const message of world.take(({ to }) => to === '2')) tell(world, message)
    world.ready('2')
    world.persist('2')
    world.crash('1', 'everything')
    world.win('2', ['3'])
    world.ready('2')
    // Its own first entry is on its way to its disk; nobody else has it.
    expect(world.at('2').status.commit).toBeLessThan(2)
    world.settle()
    expect(world.at('2').status.commit).toBe(3)
  })

  test('what was committed is in the log of every later leader', () => {
    const world = led(5)
    world.propose('1', 'a')
    world.settle(['1', '2', '3'])
    world.crash('1', 'nothing')
    expect(world.wins('4', ['5', '2', '3'])).toBe(false)
    expect(world.wins('2', ['3', '4', '5'])).toBe(true)
    world.settle()
    expect(logOf(world, '4')).toEqual(logOf(world, '2'))
  })

  test('a leader begins with an entry of its own', () => {
    const world = World.of(3)
    world.win('1', ['2'])
    expect(world.ready('1')?.batch?.entries).toMatchObject([{ kind: 'noop', index: 1, term: 1 }])
  })

  test('a message that arrives twice does no harm (§5.5)', () => {
    const world = led()
    world.propose('1', 'a')
    for (let round = 0; round < 6; round += 1)
      for (const name of ['1', '2', '3']) {
        world.ready(name)
        world.persist(name)
        for (const message of world.take(() => true)) {
          tell(world, message)
          tell(world, message)
        }
      }
    world.settle()
    expect(logOf(world, '2')).toEqual(logOf(world, '1'))
    expect(world.at('1').status).toMatchObject({ role: 'leader', term: 1, commit: 2 })
  })
})

describe('changes of the voters (§6, thesis §4)', () => {
  function withLearner(): World {
    const world = new World()
    for (const name of ['1', '2', '3', '4'])
      world.add(name, configurationOf(['1', '2', '3'], ['4']))
    world.elect('1')
    return world
  }

  function configure(world: World, ...voters: string[]): void {
    const change = { type: 'set-voters', voters: keys(...voters) } as const
    world.step('1', { type: 'configure', id: world.nextRequest(), change })
  }

  test('a replica uses the newest configuration in its log, committed or not', () => {
    const world = withLearner()
    configure(world, '1', '4')
    world.ready('1')
    expect(world.at('1').view.configuration).toMatchObject({ outgoing: keys('1', '2', '3') })
    expect(world.at('1').status.commit).toBe(1)
  })

  test('while two sets are in force, both must agree to an entry', () => {
    const world = withLearner()
    configure(world, '1', '4')
    world.settle(['1', '4'])
    expect(world.at('1').status.commit).toBe(1)
    world.settle(['1', '2', '4'])
    expect(world.at('1').status.commit).toBe(3)
  })

  test('while two sets are in force, both must agree to a leader', () => {
    const world = withLearner()
    configure(world, '1', '4')
    world.settle(['1', '4'])
    world.crash('1', 'everything')
    world.start('1')
    expect(world.wins('1', ['4'])).toBe(false)
    expect(world.wins('1', ['4', '2'])).toBe(true)
  })

  test('a new replica catches up as a learner, which is not counted', () => {
    const world = withLearner()
    world.propose('1', 'a')
    world.settle(['1', '4'])
    expect(world.at('1').status.commit).toBe(1)
    expect(logOf(world, '4')).toEqual(['1/1', '2/1'])
  })

  test('a leader that is not in the new set leads until that is committed, not counting itself', () => {
    const world = withLearner()
    configure(world, '2', '3', '4')
    world.settle(['1', '2'])
    expect(world.at('1').status).toMatchObject({ role: 'leader', commit: 1 })
    world.settle(['1', '2', '3'])
    expect(world.at('1').status).toMatchObject({ role: 'follower', commit: 3 })
  })

  test('a replica that hears its leader does not help to depose it', () => {
    const world = led()
    tell(world, voteOf('3', '2', 5, [9, 9]))
    expect(world.ready('2')).toBeNull()
    expect(world.at('2').status).toMatchObject({ term: 1, leader: '1' })
  })
})

describe('snapshots (§7)', () => {
  test('a follower that needs what was compacted gets a snapshot, and then what follows', () => {
    const world = led()
    world.crash('3', 'everything')
    world.propose('1', 'a')
    world.settle()
    world.compact('1', 2)
    world.start('3')
    world.tick('1', 2)
    world.settle()
    world.sendSnapshot('1', '3', true)
    world.propose('1', 'b')
    world.settle()
    expect(world.at('3').disk.snapshot).toMatchObject({ index: 2, term: 1 })
    expect(logOf(world, '3')).toEqual(['3/1'])
  })

  test('what a follower has behind a snapshot that it has already stays', () => {
    const world = led()
    world.propose('1', 'a')
    world.propose('1', 'b')
    world.settle()
    const snapshot = { index: 2, term: 1, configuration: configurationOf(['1', '2', '3']) }
    const message = { type: 'snapshot', session: 1, snapshot } as const
    tell(world, { ...message, from: key('1'), to: key('2'), term: 1 })
    world.settle()
    expect(logOf(world, '2')).toEqual(['1/1', '2/1', '3/1'])
  })

  test('a snapshot names the voters that are in force at its end', () => {
    const world = led()
    const change = { type: 'set-voters', voters: keys('1', '2') } as const
    world.step('1', { type: 'configure', id: world.nextRequest(), change })
    world.settle()
    world.compact('1', world.at('1').applied)
    expect(world.at('1').disk.snapshot.configuration).toEqual(configurationOf(['1', '2']))
  })
})

describe('handing over, reading, disturbing (thesis §3.10, §6.2, §6.4, §9.6)', () => {
  test('a leader that is to hand over takes no proposals, brings the other up and tells it', () => {
    const world = led()
    world.step('1', { type: 'transfer', id: 1, to: key('2') })
    world.step('1', { type: 'propose', id: 2, data: bytesOf('x') })
    const ready = world.ready('1')
    expect(answersOf(ready)).toContainEqual({ type: 'refused', id: 2, reason: 'transferring' })
    expect(ready?.messages).toMatchObject([{ type: 'timeout-now', to: '2' }])
    world.settle()
    expect(world.at('2').status).toMatchObject({ role: 'leader', term: 2 })
  })

  test('if the other does not take over within an election timeout, it goes on', () => {
    const world = led()
    world.step('1', { type: 'transfer', id: 1, to: key('2') })
    world.ready('1')
    world.take(({ type }) => type === 'timeout-now')
    for (let ticks = 0; ticks < 10; ticks += 2) {
      world.tick('1', 2)
      world.settle()
    }
    world.step('1', { type: 'propose', id: 2, data: bytesOf('x') })
    expect(answersOf(world.ready('1'))).toMatchObject([{ type: 'accepted', id: 2 }])
  })

  test('a leader without a quorum steps down within an election timeout', () => {
    const world = led()
    world.partition(['1'], ['2', '3'])
    for (let ticks = 0; ticks < 10; ticks += 1) world.tick('1')
    expect(world.at('1').status).toMatchObject({ role: 'follower', leader: null })
  })

  test('a read is answered with the commit index once a quorum has confirmed the leader', () => {
    const world = led()
    const id = world.read('1')
    expect(answersOf(world.ready('1'))).toEqual([])
    const answers: Answer[] = []
    world.onReady = (_replica, ready) => void answers.push(...ready.answers)
    world.settle()
    expect(answers).toEqual([{ type: 'readable', id, index: 1 }])
  })

  test('who cannot be elected does not raise its term: it asks first', () => {
    const world = led()
    world.partition(['3'], ['1', '2'])
    for (let timeout = 0; timeout < 5; timeout += 1) {
      world.campaign('3')
      world.settle()
    }
    expect(world.at('3').status).toMatchObject({ role: 'pre-candidate', term: 1 })
  })

  test('who is asked whether it would vote changes nothing of its own', () => {
    const world = World.of(3)
    const question = { type: 'pre-vote', lastIndex: 0, lastTerm: 0 } as const
    tell(world, { ...question, from: key('2'), to: key('1'), term: 4 })
    const ready = world.ready('1')
    expect(ready?.messages).toMatchObject([{ type: 'pre-vote-response', granted: true, term: 4 }])
    expect(ready?.batch).toBeNull()
    expect(world.at('1').status.term).toBe(0)
  })
})
