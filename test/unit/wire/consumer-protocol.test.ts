// Goal: what consumers tell each other is read as kafkajs writes it, and kafkajs reads what is
// written here; bytes that are none are told from those that are, and cost nothing.
// Method: kafkajs' own encoder and decoder on the other side.
import { AssignerProtocol } from 'kafkajs'
import { expect, test } from 'vitest'
import {
  assignedPartitions,
  subscribedTopics,
  writeAssignment,
  writeSubscription,
} from '../../../src/wire/consumer-protocol.ts'

const { MemberAssignment, MemberMetadata } = AssignerProtocol
const TOPICS = ['orders', 'zahlungen-ü']

test('subscriptions, both ways', () => {
  const theirs = MemberMetadata.encode({ version: 1, topics: TOPICS, userData: Buffer.from('x') })
  expect(subscribedTopics(theirs)).toEqual(TOPICS)
  const ours = Buffer.from(writeSubscription(TOPICS))
  expect(MemberMetadata.decode(ours)).toMatchObject({ version: 0, topics: TOPICS })
  expect(subscribedTopics(ours)).toEqual(TOPICS)
})

test('assignments, both ways', () => {
  const assignment = { orders: [0, 2, 4], other: [] }
  const theirs = MemberAssignment.encode({ version: 1, assignment, userData: Buffer.alloc(0) })
  expect(assignedPartitions(theirs)).toEqual(new Map(Object.entries(assignment)))
  const ours = Buffer.from(writeAssignment(new Map(Object.entries(assignment))))
  expect(MemberAssignment.decode(ours)).toMatchObject({ version: 0, assignment })
})

test('nothing is an empty assignment', () => {
  expect(assignedPartitions(new Uint8Array())).toEqual(new Map())
})

test.each([
  ['a negative version', [0xff, 0xff, 0, 0, 0, 0]],
  ['more items than bytes', [0, 0, 0x7f, 0xff, 0xff, 0xff]],
  ['a negative count', [0, 0, 0xff, 0xff, 0xff, 0xff]],
  ['cut short', [0, 0, 0, 0, 0, 1, 0, 3, 97]],
  ['one byte', [0]],
])('%s is not understood', (_, bytes) => {
  expect(subscribedTopics(Uint8Array.from(bytes))).toBe(null)
  expect(assignedPartitions(Uint8Array.from(bytes))).toBe(null)
})
