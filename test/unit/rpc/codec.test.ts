/**
 * Goal: what replicas say arrives as it was said; whatever else arrives is refused by an error, and
 * never reaches the core.
 * Method: round trips over arbitrary messages, one lie after the other, and changed bytes.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { crc32c } from '../../../src/bytes/crc32c.ts'
import { lograft } from '../../../src/gen/lograft/raft/v1/raft.js'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import type { Unaddressed } from '../../../src/rpc/raft-encode.ts'
import { sizeOf } from '../../../src/rpc/raft-encode.ts'
import type { Hello } from '../../../src/rpc/raft-hello.ts'
import { accept } from '../../../src/rpc/raft-hello.ts'
import { exchange, introduce, sendSnapshot } from '../../../src/rpc/raft-methods.ts'
import { anyMessage, anyReplica, anyReplicaId, anyUuid } from './messages-arbitrary.ts'

const v1 = lograft.raft.v1
const UUID = 'AQIDBAUGBwgJCgsMDQ4PEA'
const VOTER = { nodeId: 1, directoryId: new Uint8Array(16) }
const { request } = exchange

const anyAddress = fc.record({
  host: fc.constantFrom('127.0.0.1', '::1', 'node-1.example.org'),
  port: fc.integer({ min: 1, max: 65_535 }),
})

const anyHello: fc.Arbitrary<Hello> = fc.record({
  clusterId: fc.option(anyUuid),
  replica: anyReplicaId,
  to: anyReplicaId,
  incarnationId: anyUuid,
  address: anyAddress,
  protocol: fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9))
    .map(([min, more]) => ({ min, max: min + more })),
})

describe('what is said', () => {
  test('arrives: messages', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 10 }), (messages) => {
        const bytes = request.encode({ kind: 'messages', messages })
        expect(request.decode(bytes)).toEqual({ kind: 'messages', messages })
        // The outbox counts on it.
        const counted = messages.reduce((sum, message) => sum + sizeOf(message), 64)
        expect(bytes.byteLength).toBeLessThanOrEqual(counted)
      }),
    )
  })

  test('arrives: a hello, a snapshot, an introduction', () => {
    const roundTrips = <Message>(
      codec: { encode(message: Message): Uint8Array; decode(bytes: Uint8Array): Message },
      messages: fc.Arbitrary<Message>,
    ) =>
      fc.assert(
        fc.property(messages, (message) => {
          expect(codec.decode(codec.encode(message))).toEqual(message)
        }),
      )
    const number = fc.maxSafeNat()
    roundTrips(request, fc.record({ kind: fc.constant('hello' as const), hello: anyHello }))
    roundTrips(
      sendSnapshot.request,
      fc.oneof(
        fc.record({
          kind: fc.constant('header' as const),
          hello: anyHello,
          endOffset: number,
          epoch: number,
          sizeBytes: number,
        }),
        fc.record({
          kind: fc.constant('part' as const),
          offset: number,
          crc32c: fc.integer({ min: 0, max: 0xffff_ffff }),
          bytes: fc.uint8Array(),
        }),
      ),
    )
    roundTrips(
      sendSnapshot.response,
      fc.oneof(
        fc.record({ kind: fc.constant('begin' as const), at: number }),
        fc.constant({ kind: 'taken' as const }),
      ),
    )
    const introduction = fc.record({
      replica: anyReplica,
      incarnationId: anyUuid,
      clusterId: fc.option(anyUuid),
      founders: fc.option(fc.uniqueArray(anyReplica, { maxLength: 5 })),
      founded: fc.boolean(),
    })
    const proposed = fc.option(fc.uniqueArray(anyReplica, { maxLength: 5 }))
    roundTrips(introduce.request, fc.record({ introduction, proposed }))
    roundTrips(introduce.response, introduction)
  })

  test('does not share the memory of a much larger frame', () => {
    const message: Unaddressed = {
      term: 1,
      type: 'append',
      session: 1,
      previousIndex: 0,
      previousTerm: 0,
      entries: [
        { index: 1, term: 1, kind: 'data', data: new Uint8Array(10) },
        { index: 2, term: 1, kind: 'data', data: new Uint8Array(10_000) },
      ],
      commit: 0,
    }
    const frame = request.decode(request.encode({ kind: 'messages', messages: [message] }))
    const [append] = frame.kind === 'messages' ? frame.messages : []
    const [small] = append?.type === 'append' ? append.entries : []
    expect(small?.kind === 'data' && small.data.buffer.byteLength).toBe(10)
  })
})

/** A frame around a message that no replica would say. */
function framed(message: lograft.raft.v1.IMessage): Uint8Array {
  const messages = v1.MessageList.encode({
    messages: [message],
  }).finish()
  return v1.ExchangeRequest.encode({ messages: { crc32c: crc32c(messages), messages } }).finish()
}

const entry = (term: number): lograft.raft.v1.Entry =>
  ({ term, data: new Uint8Array(1) }) as lograft.raft.v1.Entry
const append = (fields: lograft.raft.v1.IAppend) => ({
  append: { session: 1, previousIndex: 5, previousTerm: 2, entries: [], commit: 0, ...fields },
})

describe('what no replica says is refused', () => {
  const lies: readonly (readonly [string, lograft.raft.v1.IMessage])[] = [
    ['no term', { term: 0, timeoutNow: {} }],
    ['a term that is not safe', { term: 2 ** 53, timeoutNow: {} }],
    ['no content', { term: 1 }],
    ['two contents', { term: 1, timeoutNow: {}, heartbeat: { session: 1, commit: 1, read: 1 } }],
    ['index 0 with a term', { term: 3, ...append({ previousIndex: 0 }) }],
    ['an index without a term', { term: 3, ...append({ previousTerm: 0 }) }],
    ['a log whose terms go down', { term: 3, ...append({ entries: [entry(3), entry(2)] }) }],
    ['a log whose terms go down at once', { term: 3, ...append({ entries: [entry(1)] }) }],
    ['an entry of a later term', { term: 3, ...append({ entries: [entry(4)] }) }],
    ['a previous entry of a later term', { term: 1, ...append({}) }],
    ['an index that is not safe', { term: 3, ...append({ previousIndex: 2 ** 53 }) }],
    [
      'indexes that are not safe',
      { term: 3, ...append({ previousIndex: 2 ** 53 - 1, entries: [entry(2)] }) },
    ],
    ['a commit that is not safe', { term: 3, ...append({ commit: 2 ** 60 }) }],
    ['an entry without a payload', { term: 3, ...append({ entries: [{ term: 2 }] }) }],
    [
      'an entry with two payloads',
      {
        term: 3,
        ...append({
          entries: [{ term: 2, data: new Uint8Array(1), noop: {} }],
        }),
      },
    ],
    [
      'a configuration without voters',
      {
        term: 3,
        ...append({
          entries: [
            {
              term: 2,
              configuration: { voters: [], outgoing: [], learners: [VOTER] },
            },
          ],
        }),
      },
    ],
    ['a candidate of its own log’s term', { term: 3, vote: { lastIndex: 1, lastTerm: 3 } }],
    ['a pre-candidate of a later term', { term: 3, preVote: { lastIndex: 1, lastTerm: 4 } }],
    [
      'a hint behind the append',
      { term: 3, appendRejection: { previousIndex: 4, hintIndex: 5, hintTerm: 1 } },
    ],
    ['a hint without a term', { term: 3, appendRejection: { previousIndex: 4, hintIndex: 3 } }],
    [
      'a snapshot of a later term',
      {
        term: 3,
        snapshot: {
          session: 1,
          index: 1,
          term: 4,
          configuration: { voters: [VOTER], outgoing: [], learners: [] },
        },
      },
    ],
    [
      'a snapshot without a configuration',
      { term: 3, snapshot: { session: 1, index: 1, term: 2 } },
    ],
    ['successors named twice', { term: 3, resignation: { successors: [VOTER, VOTER] } }],
    [
      'a node id beyond its range',
      { term: 3, resignation: { successors: [{ ...VOTER, nodeId: 2 ** 31 }] } },
    ],
    [
      'half a directory id',
      { term: 3, resignation: { successors: [{ nodeId: 1, directoryId: new Uint8Array(8) }] } },
    ],
  ]

  for (const [name, message] of lies)
    test(name, () => expect(() => request.decode(framed(message))).toThrow(Error))

  test('a truthful one of the same make is not', () => {
    const decode = () =>
      request.decode(framed({ term: 3, ...append({ entries: [entry(2), entry(3)] }) }))
    expect(decode).not.toThrow()
  })

  test('a frame that is neither, or both', () => {
    expect(() => request.decode(new Uint8Array())).toThrow('a hello or messages')
    const both = Buffer.concat([
      framed({ term: 1, timeoutNow: {} }),
      request.encode({ kind: 'hello', hello: fc.sample(anyHello, 1)[0] as Hello }),
    ])
    expect(() => request.decode(both)).toThrow('a hello or messages')
  })

  test('more fields than memory should be spent on', () => {
    const messages = new Uint8Array(4 * 1024 * 1024)
    // Empty messages, two bytes each.
    for (let at = 0; at < messages.byteLength; at += 2) messages[at] = 0x0a
    const bytes = v1.ExchangeRequest.encode({ messages: { crc32c: crc32c(messages), messages } })
    expect(() => request.decode(bytes.finish())).toThrow('more fields')
  })

  test('a flipped bit of a frame, whatever it hits', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (messages, at) => {
          const bytes = request.encode({ kind: 'messages', messages })
          const flipped = bytes.slice()
          const bit = at % (bytes.byteLength * 8)
          flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          // In a tag it may become a field that nobody knows; what is read is still what was said.
          try {
            expect(request.decode(flipped)).toEqual({ kind: 'messages', messages })
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Error)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (messages) => {
        const bytes = v1.ExchangeRequest.encode({
          messages: { crc32c: crc32c(messages), messages },
        })
        for (const decode of [
          () => request.decode(bytes.finish()),
          () => request.decode(messages),
          () => sendSnapshot.request.decode(messages),
          () => introduce.request.decode(messages),
        ])
          try {
            decode()
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Error)
          }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a hello', () => {
  const self = { replica: { nodeId: asNodeId(2), directoryId: UUID }, clusterId: 'c' }
  const hello: Hello = {
    clusterId: 'c',
    replica: { nodeId: asNodeId(1), directoryId: 'EQIDBAUGBwgJCgsMDQ4PEA' },
    to: self.replica,
    incarnationId: UUID,
    address: { host: '127.0.0.1', port: 9093 },
    protocol: { min: 1, max: 3 },
  }

  test('agrees on the highest version that both speak', () => {
    expect(accept(hello, self, { min: 2, max: 5 })).toBe(3)
    expect(accept(hello, self, { min: 1, max: 2 })).toBe(2)
  })

  test('without a common version is refused, naming both ends and both ranges', () => {
    const refusing = (spoken: { min: number; max: number }) => () => accept(hello, self, spoken)
    expect(refusing({ min: 4, max: 5 })).toThrow('an older protocol: up to 3, this node from 4 on')
    const newer = { ...hello, protocol: { min: 3, max: 3 } }
    expect(() => accept(newer, self, { min: 1, max: 2 })).toThrow('a newer protocol: from 3 on')
    expect(refusing({ min: 4, max: 5 })).toThrow(replicaKey(hello.replica))
    expect(refusing({ min: 4, max: 5 })).toThrow(replicaKey(self.replica))
  })

  test('with an address that nobody would dial is refused', () => {
    const encoded = (address: { host: string; port: number }) =>
      request.encode({ kind: 'hello', hello: { ...hello, address } })
    for (const address of [
      { host: '', port: 1 },
      { host: 'a b', port: 1 },
      { host: 'unix:///tmp/x', port: 1 },
      { host: 'a', port: 0 },
      { host: 'a', port: 65_536 },
    ])
      expect(() => request.decode(encoded(address))).toThrow(Error)
  })
})
