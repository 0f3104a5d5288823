/**
 * Arbitrary messages of Raft, each number over its whole range, all of them such as the core says.
 */
import fc from 'fast-check'
import { asNodeId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import type { ReplicaId } from '../../../src/quorum/replica-key.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import type { Configuration } from '../../../src/raft/configuration.ts'
import type { Entry, Payload } from '../../../src/raft/entry.ts'
import type { Unaddressed } from '../../../src/rpc/raft-encode.ts'

export const anyUuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidToString)
export const anyReplicaId: fc.Arbitrary<ReplicaId> = fc.record({
  nodeId: fc.nat().map(asNodeId),
  directoryId: anyUuid,
})
export const anyReplica = anyReplicaId.map(replicaKey)
const replicas = (minLength: number) => fc.uniqueArray(anyReplica, { minLength, maxLength: 5 })
const configuration: fc.Arbitrary<Configuration> = fc.record({
  voters: replicas(1),
  outgoing: replicas(0),
  learners: replicas(0),
})

const MAX = Number.MAX_SAFE_INTEGER
const number = fc.maxSafeNat()
const positive = fc.integer({ min: 1, max: MAX })

/** A place in a log of terms up to `termMax`; often the beginning. */
const placeUpTo = (termMax: number) =>
  termMax === 0
    ? fc.constant({ index: 0, term: 0 })
    : fc.oneof(
        fc.constant({ index: 0, term: 0 }),
        fc.record({
          // Room for the entries that follow.
          index: fc.integer({ min: 1, max: MAX - 100 }),
          term: fc.integer({ min: 1, max: termMax }),
        }),
      )

const payload: fc.Arbitrary<Payload> = fc.oneof(
  fc.record({ kind: fc.constant('data' as const), data: fc.uint8Array({ maxLength: 200 }) }),
  fc.constant({ kind: 'noop' as const }),
  fc.record({ kind: fc.constant('configuration' as const), configuration }),
)

function appendIn(term: number): fc.Arbitrary<Unaddressed> {
  return fc
    .record({
      session: number,
      previous: placeUpTo(term),
      entries: fc.array(fc.tuple(payload, fc.integer({ min: 1, max: term })), { maxLength: 5 }),
      commit: number,
    })
    .map(({ session, previous, entries: drawn, commit }) => {
      let before = previous.term
      const entries = drawn.map(([content, drawnTerm], position): Entry => {
        before = Math.max(before, drawnTerm)
        return { index: previous.index + 1 + position, term: before, ...content }
      })
      return {
        term,
        type: 'append',
        session,
        previousIndex: previous.index,
        previousTerm: previous.term,
        entries,
        commit,
      }
    })
}

function messageIn(term: number): fc.Arbitrary<Unaddressed> {
  const of = <Type extends Unaddressed['type']>(type: Type) => ({
    term: fc.constant(term),
    type: fc.constant(type),
  })
  const candidacy = placeUpTo(term - 1).map(({ index, term: lastTerm }) => ({
    lastIndex: index,
    lastTerm,
  }))
  return fc.oneof(
    candidacy.map((end) => ({ term, type: 'pre-vote' as const, ...end })),
    fc
      .tuple(candidacy, fc.boolean())
      .map(([end, isTransfer]) => ({ term, type: 'vote' as const, ...end, isTransfer })),
    fc.record({ ...of('pre-vote-response'), granted: fc.boolean() }),
    fc.record({ ...of('vote-response'), granted: fc.boolean() }),
    appendIn(term),
    fc.record({ ...of('append-response'), session: number, index: number }),
    fc
      .tuple(number, placeUpTo(term), number)
      .map(([session, { index: hintIndex, term: hintTerm }, more]) => ({
        term,
        type: 'append-rejection' as const,
        session,
        previousIndex: Math.min(MAX, hintIndex + more),
        hintIndex,
        hintTerm,
      })),
    fc.record({ ...of('heartbeat'), session: number, commit: number, read: number }),
    fc.record({ ...of('heartbeat-response'), session: number, read: number, matched: number }),
    fc.tuple(number, placeUpTo(term), configuration).map(([session, place, inForce]) => ({
      term,
      type: 'snapshot' as const,
      session,
      snapshot: { ...place, configuration: inForce },
    })),
    fc.record(of('timeout-now')),
    fc.record({ ...of('resignation'), successors: replicas(0) }),
  )
}

export const anyMessage: fc.Arbitrary<Unaddressed> = positive.chain(messageIn)
