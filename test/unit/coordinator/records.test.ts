/**
 * Goal: `__consumer_offsets` holds what Kafka's own tools can read, all versions that Kafka ever
 * wrote are understood, and what is not ours is left alone. Method: bytes that Kafka 4.1.1's own
 * classes wrote, split into their fields by hand; and our own records there and back.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import type { GroupRecord, StoredGroup } from '../../../src/coordinator/groups/records.ts'
import {
  decodeRecord,
  encodeRecord,
  offsetKeyPrefix,
} from '../../../src/coordinator/groups/records.ts'

const unhex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s+/g, ''), 'hex'))
const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex')

// version, "g", "t", 7 · version, "g"
const OFFSET_KEY = '0001  0001 67  0001 74  00000007'
const GROUP_KEY = '0002  0001 67'

const offset = { offset: 258, leaderEpoch: -1, metadata: 'm', commitTimeMs: 1_700_000_000_000 }
const TIME = '0000018bcfe56800'

const offsetRecord = (fields: object): GroupRecord => ({
  type: 'offset',
  groupId: 'g',
  topic: 't',
  partition: 7,
  committed: { ...offset, expireTimeMs: -1, ...fields },
})

describe('a committed offset', () => {
  it.each([
    ['v0', `0000  0000000000000102  0001 6d  ${TIME}`, {}],
    [
      'v1, with a time of expiry',
      `0001  0000000000000102  0001 6d  ${TIME}  0000018bcfe65260`,
      { expireTimeMs: 1_700_000_060_000 },
    ],
    ['v2', `0002  0000000000000102  0001 6d  ${TIME}`, {}],
    [
      'v3, with a leader epoch',
      `0003 0000000000000102 00000005 0001 6d ${TIME}`,
      { leaderEpoch: 5 },
    ],
    ['v4, flexible', `0004 0000000000000102 00000005 02 6d ${TIME} 00`, { leaderEpoch: 5 }],
    [
      'v4, with the topic id in a tag',
      `0004 0000000000000102 00000005 02 6d ${TIME} 01 00 10 000102030405060708090a0b0c0d0e0f`,
      { leaderEpoch: 5 },
    ],
  ])('is read in %s', (_, value, fields) => {
    expect(decodeRecord({ key: unhex(OFFSET_KEY), value: unhex(value) })).toEqual(
      offsetRecord(fields),
    )
  })

  it('is found under the key of version 0 as well', () => {
    const key = unhex('0000  0001 67  0001 74  00000007')
    expect(decodeRecord({ key, value: null })).toMatchObject({ partition: 7, committed: null })
  })

  it.each([
    ['version 3', { leaderEpoch: 5 }, `0003 0000000000000102 00000005 0001 6d ${TIME}`],
    [
      'version 1 when it expires by itself',
      { expireTimeMs: 1_700_000_060_000 },
      `0001  0000000000000102  0001 6d  ${TIME}  0000018bcfe65260`,
    ],
  ])('is written in %s', (_, fields, value) => {
    const written = encodeRecord(offsetRecord(fields))
    expect(hex(written.key)).toBe(hex(unhex(OFFSET_KEY)))
    expect(hex(written.value)).toBe(hex(unhex(value)))
  })

  it('is taken back by the key alone', () => {
    const gone: GroupRecord = {
      type: 'offset',
      groupId: 'g',
      topic: 't',
      partition: 7,
      committed: null,
    }
    const written = encodeRecord(gone)
    expect([hex(written.key), written.value]).toEqual([hex(unhex(OFFSET_KEY)), null])
    expect(decodeRecord(written)).toEqual(gone)
  })

  it('has a key that begins with its group, and with no other', () => {
    const begins = (groupId: string) =>
      hex(encodeRecord({ ...offsetRecord({}), groupId }).key)?.startsWith(
        hex(offsetKeyPrefix('g')) ?? '',
      )
    expect([begins('g'), begins('gg'), begins('')]).toEqual([true, false, false])
  })
})

const member = {
  memberId: 'm-1',
  instanceId: 'i',
  clientId: 'c',
  clientHost: '/h',
  rebalanceTimeoutMs: 60_000,
  sessionTimeoutMs: 10_000,
  subscription: unhex('0102'),
  assignment: unhex('03'),
}
const group: StoredGroup = {
  protocolType: 'consumer',
  generation: 9,
  protocolName: 'range',
  leaderId: 'm-1',
  stateSinceMs: 1_700_000_000_000,
  members: [member],
  awaitingAssignment: false,
}

const HEAD = '0008 636f6e73756d6572  00000009  0005 72616e6765  0003 6d2d31'
const MEMBER = '0003 6d2d31'
const CLIENT = '0001 63  0002 2f68'
const BYTES = '00000002 0102  00000001 03'
/** Flexible: type, generation, protocol, leader, time, one member. */
const V4 = `0004 09 636f6e73756d6572 00000009 06 72616e6765 04 6d2d31 ${TIME}
  02 04 6d2d31 02 69 02 63 03 2f68 0000ea60 00002710 03 0102 02 03 00`

describe('a group', () => {
  it.each([
    [
      'v0: one timeout, no time',
      `0000 ${HEAD} 00000001 ${MEMBER} ${CLIENT} 00002710 ${BYTES}`,
      { ...group, stateSinceMs: -1 },
      { instanceId: null, rebalanceTimeoutMs: 10_000 },
    ],
    [
      'v1: two timeouts',
      `0001 ${HEAD} 00000001 ${MEMBER} ${CLIENT} 0000ea60 00002710 ${BYTES}`,
      { ...group, stateSinceMs: -1 },
      { instanceId: null },
    ],
    [
      'v2: since when',
      `0002 ${HEAD} ${TIME} 00000001 ${MEMBER} ${CLIENT} 0000ea60 00002710 ${BYTES}`,
      group,
      { instanceId: null },
    ],
    [
      'v3: static members',
      `0003 ${HEAD} ${TIME} 00000001 ${MEMBER} 0001 69 ${CLIENT} 0000ea60 00002710 ${BYTES}`,
      group,
      {},
    ],
    ['v4: flexible', `${V4} 00`, group, {}],
    ['v4 with our tag', `${V4} 01 904e 01 01`, { ...group, awaitingAssignment: true }, {}],
  ])('is read in %s', (_, value, expected, fields) => {
    expect(decodeRecord({ key: unhex(GROUP_KEY), value: unhex(value) })).toEqual({
      type: 'group',
      groupId: 'g',
      group: { ...expected, members: [{ ...member, ...fields }] },
    })
  })

  it('is written in version 3, and in 4 while its assignment is awaited', () => {
    const written = encodeRecord({ type: 'group', groupId: 'g', group })
    const v3 = `0003 ${HEAD} ${TIME} 00000001 ${MEMBER} 0001 69 ${CLIENT} 0000ea60 00002710 ${BYTES}`
    expect([hex(written.key), hex(written.value)]).toEqual([hex(unhex(GROUP_KEY)), hex(unhex(v3))])
    const awaiting = { ...group, awaitingAssignment: true }
    expect(hex(encodeRecord({ type: 'group', groupId: 'g', group: awaiting }).value)).toBe(
      hex(unhex(`${V4} 01 904e 01 01`)),
    )
  })

  it('without members has neither protocol nor leader', () => {
    const empty = '0003 0008 636f6e73756d6572 0000000a ffff ffff 0000018bcfe56800 00000000'
    const decoded = decodeRecord({ key: unhex(GROUP_KEY), value: unhex(empty) })
    expect(decoded).toMatchObject({
      group: { generation: 10, protocolName: null, leaderId: null, members: [] },
    })
    expect(decoded && hex(encodeRecord(decoded).value)).toBe(hex(unhex(empty)))
  })

  it('keeps nothing of the bytes it was read from', () => {
    const { value } = encodeRecord({ type: 'group', groupId: 'g', group })
    const lent = Uint8Array.from(value ?? [])
    const decoded = decodeRecord({ key: unhex(GROUP_KEY), value: lent })
    lent.fill(0xff)
    expect(decoded).toEqual({ type: 'group', groupId: 'g', group })
  })
})

describe('what is not ours', () => {
  it.each(['0003 0001 67', '0004', '00ff 00', 'ffff'])('a key %s is skipped', (key) => {
    expect(decodeRecord({ key: unhex(key), value: unhex('0000') })).toBeNull()
  })

  it.each([
    ['a value of a version to come', OFFSET_KEY, '0005 00'],
    ['a value cut short', OFFSET_KEY, '0003 00000000'],
    ['a value with something behind it', OFFSET_KEY, `0002 0000000000000102 0001 6d ${TIME} 00`],
    ['a key cut short', '0001 0001 67', '0003'],
    ['no key at all', '', '0003'],
    ['more members than bytes', GROUP_KEY, `0003 ${HEAD} ${TIME} 7fffffff`],
  ])('%s is refused', (_, key, value) => {
    expect(() => decodeRecord({ key: unhex(key), value: unhex(value) })).toThrow(MalformedBytes)
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const bytes = fc.uint8Array({ maxLength: 20 })
const int32 = fc.integer({ min: 0 })
const name = fc.option(text)

it('whatever is written is read as it was', () => {
  const offsets = fc.record({
    offset: fc.maxSafeNat(),
    leaderEpoch: fc.constant(-1),
    metadata: text,
    commitTimeMs: fc.maxSafeNat(),
    expireTimeMs: fc.oneof(fc.constant(-1), fc.maxSafeNat()),
  })
  const members = fc.record({
    memberId: text,
    instanceId: name,
    clientId: text,
    clientHost: text,
    rebalanceTimeoutMs: int32,
    sessionTimeoutMs: int32,
    subscription: bytes,
    assignment: bytes,
  })
  const groups = fc.record({
    protocolType: fc.constantFrom('consumer', null),
    generation: int32,
    protocolName: name,
    leaderId: name,
    stateSinceMs: fc.maxSafeNat(),
    members: fc.array(members, { maxLength: 4 }),
    awaitingAssignment: fc.boolean(),
  })
  const record = fc.oneof(
    fc.record({
      type: fc.constant('offset' as const),
      groupId: text,
      topic: text,
      partition: int32,
      committed: fc.option(offsets),
    }),
    fc.record({ type: fc.constant('group' as const), groupId: text, group: fc.option(groups) }),
  )
  fc.assert(
    fc.property(record, (given) => {
      expect(decodeRecord(encodeRecord(given))).toEqual(given)
    }),
  )
})
