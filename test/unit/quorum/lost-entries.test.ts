// Goal: a replica that lacks what it has acknowledged finds out at the first proof of it, and one
// that is only led back to where the logs agree never does, however often it refuses.
// Method: the messages that it gets and sends, one after another.
import { expect, test } from 'vitest'
import { LostEntries } from '../../../src/quorum/lost-entries.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'

const self = '3@AAAAAAAAAAAAAAAAAAAAAQ' as ReplicaKey
const leader = '1@AAAAAAAAAAAAAAAAAAAAAg' as ReplicaKey
const other = '2@AAAAAAAAAAAAAAAAAAAAAw' as ReplicaKey

const refusal = (previousIndex: number, term = 4): Message => ({
  ...{ from: self, to: leader, term, session: 1, type: 'append-rejection' },
  ...{ previousIndex, hintIndex: 12, hintTerm: 2 },
})
const heartbeat = (commit: number, term = 4, from = leader): Message => {
  return { from, to: self, term, session: 1, type: 'heartbeat', commit, read: 0 }
}

function told(previousIndex: number, ...heartbeats: readonly Message[]) {
  const lost = new LostEntries()
  for (const message of heartbeats) lost.received(message)
  return lost.sending(refusal(previousIndex))
}

test('who refuses what follows on what is known to be here has lost it', () => {
  const error = told(40, heartbeat(40))
  expect(error).toMatchObject({ code: 'METADATA_UNUSABLE' })
  expect(error?.message).toMatch(/up to 40 here, and this log agrees with it only up to 12/)
  // Heartbeats may overtake each other when connections end.
  expect(told(40, heartbeat(40), heartbeat(30))).not.toBeNull()
})

test.each([
  ['nobody has said what is here', []],
  ['it is behind what is known to be here', [heartbeat(39)]],
  ['another leader knew it', [heartbeat(40, 3, other), heartbeat(7)]],
  ['the same one knew it, in a term before', [heartbeat(40, 3), heartbeat(7)]],
  ['nobody leads in this term yet', [heartbeat(40, 3)]],
])('who is led back has lost nothing: %s', (_, heartbeats) => {
  for (let time = 0; time < 100; time += 1) expect(told(40, ...heartbeats)).toBeNull()
})
