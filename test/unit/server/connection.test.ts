// Goal: requests of one connection start in order, only waiting overlaps, answers leave in order,
// and every bound pauses the socket (S21).
// Method: a Connection over a scripted stream; the test is the dispatcher, and decides when a
// request has taken effect and when it is answered.
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import type { Stream, StreamEvents } from '../../../src/base/net.ts'
import type { Answer, Outcome } from '../../../src/server/answer.ts'
import { CloseConnection, Later } from '../../../src/server/answer.ts'
import { Connection } from '../../../src/server/connection.ts'
import { ListenerReadings } from '../../../src/server/request-readings.ts'
import { ReusedMemory } from '../../../src/bytes/reused-memory.ts'
import { ManualClock } from '../log/fixture.ts'

class ScriptedStream implements Stream {
  readonly peer = 'test:1'
  readonly peerAddress = 'test'
  unsentBytes = 0
  paused = false
  ended = false
  destroyed = false
  readonly sent: string[] = []
  events: StreamEvents | null = null
  open(events: StreamEvents): void {
    this.events = events
  }
  write(chunks: readonly Uint8Array[]): void {
    this.sent.push(Buffer.concat(chunks).toString())
  }
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.paused = false
  }
  end(): void {
    this.ended = true
  }
  destroy(): void {
    this.destroyed = true
    this.events?.closed(null)
  }
}

const frame = (text: string): Uint8Array => {
  const body = Buffer.from(text)
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.byteLength)
  return Buffer.concat([size, body])
}
const answer = (text: string): Answer => [Buffer.from(text)]

/** Lets everything that is ready run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Deferred {
  promise: Promise<Answer>
  resolve(value: Answer): void
}
function deferred(): Deferred {
  let resolve: (value: Answer) => void = () => {}
  const promise = new Promise<Answer>((done) => (resolve = done))
  return { promise, resolve }
}

let clock: ManualClock
let stream: ScriptedStream
let started: string[]
let outcomes: Map<string, () => Outcome>
let fatal: Error[]
let gone: number

beforeEach(() => {
  clock = new ManualClock()
  stream = new ScriptedStream()
  started = []
  outcomes = new Map()
  fatal = []
  gone = 0
})

function connect({
  maxInFlight = 3,
  maxBufferedBytes = 100,
  maxUnsentBytes = 100,
} = {}): Connection {
  const connection = new Connection(
    { id: 1, stream },
    {
      limits: { maxRequestBytes: 1000, maxInFlight, maxBufferedBytes, maxUnsentBytes },
      logger: silentLogger,
      clock,
      memory: new ReusedMemory({ spareBytesMax: 8_000_000 }),
      readings: new ListenerReadings(),
      owner: {
        dispatch: (bytes) => {
          const name = Buffer.from(bytes).toString()
          started.push(name)
          const outcome = outcomes.get(name)
          return outcome ? outcome() : answer(name)
        },
        buffered: () => {},
        wrote: () => {},
        closed: () => (gone += 1),
        fatal: (error) => fatal.push(error),
      },
    },
  )
  connection.open()
  return connection
}
const send = (...names: string[]): void => {
  const bytes = Buffer.concat(names.map(frame))
  stream.events?.data(bytes)
  // What was read is only lent.
  bytes.fill(0xa5)
}

describe('order', () => {
  test('answers leave in the order of the requests', () => {
    connect()
    send('a', 'b', 'c')
    expect(stream.sent).toEqual(['a', 'b', 'c'])
  })

  test('a request that is still at work holds back the next one', async () => {
    const work = deferred()
    outcomes.set('a', () => work.promise)
    connect()
    send('a', 'b')
    await turn()
    expect(started).toEqual(['a'])
    work.resolve(answer('a'))
    await turn()
    expect(started).toEqual(['a', 'b'])
    expect(stream.sent).toEqual(['a', 'b'])
  })

  test('a request that only waits lets the next one start, and still answers first', async () => {
    const wait = deferred()
    outcomes.set('a', () => new Later(wait.promise))
    connect()
    send('a', 'b')
    await turn()
    expect(started).toEqual(['a', 'b'])
    expect(stream.sent).toEqual([])
    wait.resolve(answer('a'))
    await turn()
    expect(stream.sent).toEqual(['a', 'b'])
  })

  test('work, then waiting: the next starts in between', async () => {
    const wait = deferred()
    outcomes.set('a', () => Promise.resolve(new Later(wait.promise)))
    connect()
    send('a', 'b')
    expect(started).toEqual(['a'])
    await turn()
    expect(started).toEqual(['a', 'b'])
    wait.resolve(answer('a'))
    await turn()
    expect(stream.sent).toEqual(['a', 'b'])
  })

  test('silence takes its place and sends nothing', () => {
    outcomes.set('a', () => null)
    connect()
    send('a', 'b')
    expect(stream.sent).toEqual(['b'])
  })
})

describe('turns', () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}`)

  test('many requests at once are started a few milliseconds at a time, in order', () => {
    for (const name of names)
      outcomes.set(name, () => {
        clock.advance(1)
        return answer(name)
      })
    connect()
    send(...names.slice(0, 18))
    expect(started).toEqual(names.slice(0, 5))
    send(...names.slice(18))
    expect(started).toEqual(names.slice(0, 5))
    clock.advance(0)
    expect(stream.sent).toEqual(names.slice(0, 10))
    clock.advance(0)
    clock.advance(0)
    expect(stream.sent).toEqual(names)
  })

  test('also when each of them takes effect a little later', async () => {
    for (const name of names)
      outcomes.set(name, () => {
        clock.advance(1)
        return Promise.resolve(answer(name))
      })
    connect()
    send(...names)
    await turn()
    // The time of one is known when it is answered, and then the next has its chance.
    expect(stream.sent).toEqual(names.slice(0, 6))
    clock.advance(0)
    await turn()
    expect(stream.sent).toEqual(names.slice(0, 12))
  })

  test('what a peer sent before it ended is answered in several turns, too', () => {
    for (const name of names)
      outcomes.set(name, () => {
        clock.advance(4)
        return answer(name)
      })
    connect()
    send('0', '1', '2')
    stream.events?.ended()
    expect([stream.sent, stream.ended]).toEqual([['0', '1'], false])
    clock.advance(0)
    expect([stream.sent, stream.ended]).toEqual([['0', '1', '2'], true])
  })
})

describe('bounds', () => {
  test('no more requests in flight than allowed, and the rest waits', async () => {
    const waits = ['a', 'b', 'c'].map((name) => {
      const wait = deferred()
      outcomes.set(name, () => new Later(wait.promise))
      return wait
    })
    connect({ maxInFlight: 2 })
    send('a', 'b', 'c', 'd')
    expect(started).toEqual(['a', 'b'])
    waits[0]?.resolve(answer('a'))
    await turn()
    expect(started).toEqual(['a', 'b', 'c'])
  })

  test('bytes beyond the bound pause the socket, room resumes it', async () => {
    const work = deferred()
    outcomes.set('a', () => work.promise)
    connect({ maxBufferedBytes: 50 })
    send('a', 'x'.repeat(60))
    expect(stream.paused).toBe(true)
    work.resolve(answer('a'))
    await turn()
    expect(stream.paused).toBe(false)
    expect(started).toHaveLength(2)
  })

  test('nobody waits for a peer whose socket is not read: it may be gone', async () => {
    const connection = connect({ maxBufferedBytes: 50 })
    const ends = new Map<string, () => void>()
    for (const name of ['a', 'b'])
      outcomes.set(name, () => {
        const wait = deferred()
        connection.whenLeaving(() => wait.resolve(answer(name)))
        ends.set(name, () => wait.resolve(answer(name)))
        return wait.promise
      })
    send('a', 'b')
    await turn()
    expect([started, stream.sent]).toEqual([['a'], []])
    send('x'.repeat(60))
    await turn()
    // Also the next one: as much is behind it.
    expect(stream.sent).toEqual(['a', 'b', 'x'.repeat(60)])
    expect(stream.paused).toBe(false)
    send('b')
    await turn()
    expect(stream.sent).toHaveLength(3)
    ends.get('b')?.()
    await turn()
    expect(stream.sent).toHaveLength(4)
  })

  test('a reader that does not read gets nothing more started', () => {
    connect({ maxUnsentBytes: 10 })
    stream.unsentBytes = 11
    send('a')
    expect(started).toEqual([])
    stream.unsentBytes = 0
    stream.events?.drained()
    expect(stream.sent).toEqual(['a'])
  })
})

describe('ends', () => {
  test.each([
    ['a negative size', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['a size beyond the bound', Buffer.from([0x7f, 0xff, 0xff, 0xff])],
  ])('%s closes the connection', (_, bytes) => {
    connect()
    stream.events?.data(bytes)
    expect(stream.destroyed).toBe(true)
    expect(gone).toBe(1)
    expect(fatal).toEqual([])
  })

  test('a request that cannot be answered closes the connection, later ones do not start', () => {
    outcomes.set('a', () => {
      throw new CloseConnection('unknown key')
    })
    connect()
    send('a', 'b')
    expect(stream.destroyed).toBe(true)
    expect(started).toEqual(['a'])
  })

  test('a broken invariant is for the node, not only for the connection', () => {
    outcomes.set('a', () => {
      throw Object.assign(new Error('broken'), { name: 'AssertionError' })
    })
    connect()
    send('a')
    expect(fatal).toHaveLength(1)
  })

  test('a peer that stops sending still gets what it asked for', async () => {
    const work = deferred()
    outcomes.set('a', () => work.promise)
    connect()
    send('a', 'b')
    stream.events?.ended()
    expect(stream.ended).toBe(false)
    work.resolve(answer('a'))
    await turn()
    expect(stream.sent).toEqual(['a', 'b'])
    expect(stream.ended).toBe(true)
  })

  test('whoever waits for a peer that goes is told so, once, unless it took that back', () => {
    const connection = connect()
    const told: string[] = []
    connection.whenLeaving(() => told.push('waiting'))
    const stay = connection.whenLeaving(() => told.push('no longer waiting'))
    stay()
    expect(told).toEqual([])
    connection.destroy()
    expect([told, gone]).toEqual([['waiting'], 1])
  })

  test('a peer that says no more is leaving: nobody waits long for it, but it is answered', async () => {
    const connection = connect()
    const wait = deferred()
    const until = (name: string) => () => {
      connection.whenLeaving(() => wait.resolve(answer(name)))
      return wait.promise
    }
    outcomes.set('a', until('a'))
    send('a')
    await turn()
    stream.events?.ended()
    await turn()
    expect([stream.sent, stream.ended]).toEqual([['a'], true])
  })

  test('also when it had left before the wait began', async () => {
    const work = deferred()
    const wait = deferred()
    const connection = connect()
    outcomes.set('a', () => work.promise)
    outcomes.set('b', () => {
      connection.whenLeaving(() => wait.resolve(answer('b')))
      return wait.promise
    })
    send('a', 'b')
    stream.events?.ended()
    work.resolve(answer('a'))
    await turn()
    expect([stream.sent, stream.ended]).toEqual([['a', 'b'], true])
  })

  test('finishing starts nothing more and closes after the last answer', async () => {
    const wait = deferred()
    outcomes.set('a', () => new Later(wait.promise))
    const connection = connect()
    send('a')
    connection.finish()
    send('b')
    expect(stream.ended).toBe(false)
    wait.resolve(answer('a'))
    await turn()
    expect(started).toEqual(['a'])
    expect(stream.sent).toEqual(['a'])
    expect(stream.ended).toBe(true)
  })
})
