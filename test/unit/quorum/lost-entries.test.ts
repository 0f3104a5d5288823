// Goal: a replica that lacks what it has acknowledged finds out, and one that is only being led back
// to where the logs agree never does.
// Method: the messages that it sends, one after another.
import { expect, test } from 'vitest'
import { LostEntries } from '../../../src/quorum/lost-entries.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'

const self = '3@AAAAAAAAAAAAAAAAAAAAAQ' as ReplicaKey
const leader = '1@AAAAAAAAAAAAAAAAAAAAAg' as ReplicaKey
const sent = { from: self, to: leader, term: 4, session: 1 }
const rejection = (changes: object = {}): Message => ({
  ...{ ...sent, type: 'append-rejection', previousIndex: 40, hintIndex: 12, hintTerm: 2 },
  ...changes,
})
const response: Message = { ...sent, type: 'append-response', index: 13 }
const heartbeat: Message = { ...sent, type: 'heartbeat-response', read: 0, matched: 0 }

/** After how many of these messages it stops; null: never. */
function stopsAfter(messages: readonly Message[]): number | null {
  const lost = new LostEntries()
  const index = messages.findIndex((message) => lost.sending(message) !== null)
  return index < 0 ? null : index + 1
}

const times = (count: number, ...messages: readonly Message[]) =>
  Array.from({ length: count }, () => messages).flat()

test('who is offered the same again and again has lost something', () => {
  expect(stopsAfter(times(20, rejection()))).toBe(10)
  expect(stopsAfter(times(20, rejection(), heartbeat))).toBe(19)
  const lost = new LostEntries()
  const told = times(10, rejection())
    .map((message) => lost.sending(message))
    .at(-1)
  expect(told).toMatchObject({ code: 'METADATA_UNUSABLE' })
  expect(told?.message).toMatch(/up to 40 here, and this log agrees with it only up to 12/)
})

test.each([
  ['goes back', (step: number) => [rejection({ previousIndex: 1_000 - step })]],
  ['is another one', (step: number) => [rejection({ term: 4 + step })]],
  ['connects anew', (step: number) => [rejection({ session: step })]],
  ['is taken from in between', () => [rejection(), response]],
])('not of a leader that %s', (_, messages) => {
  expect(stopsAfter(Array.from({ length: 100 }, (_each, step) => messages(step)).flat())).toBe(null)
})
