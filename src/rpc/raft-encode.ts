/**
 * Raft's messages into frames. The stream says from whom and to whom they are, so they do not; of
 * an append's entries only the first has an index, so that they cannot have a gap. Pure.
 */
import assert from 'node:assert'
import { crc32c } from '../bytes/crc32c.ts'
import type { Entry } from '../raft/entry.ts'
import type { Content } from '../raft/messages.ts'
import type { lograft } from './raft-wire.ts'
import { encodeConfiguration, encodeReplicas, wire } from './raft-wire.ts'

/** A message of which the stream knows the ends. */
export type Unaddressed = { readonly term: number } & Content

type WireMessage = lograft.raft.v1.IMessage

/** Bytes of a message or an entry without its data, generously; a replica of a list likewise. */
const OVERHEAD_BYTES = 64

/** About how many bytes a message takes; never too few. */
export function sizeOf(message: Content): number {
  switch (message.type) {
    case 'append':
      return message.entries.reduce((sum, entry) => sum + sizeOfEntry(entry), OVERHEAD_BYTES)
    case 'snapshot': {
      const { voters, outgoing, learners } = message.snapshot.configuration
      return OVERHEAD_BYTES * (1 + voters.length + outgoing.length + learners.length)
    }
    case 'resignation':
      return OVERHEAD_BYTES * (1 + message.successors.length)
    default:
      return OVERHEAD_BYTES
  }
}

function sizeOfEntry(entry: Entry): number {
  if (entry.kind === 'data') return OVERHEAD_BYTES + entry.data.byteLength
  if (entry.kind === 'noop') return OVERHEAD_BYTES
  const { voters, outgoing, learners } = entry.configuration
  return OVERHEAD_BYTES * (1 + voters.length + outgoing.length + learners.length)
}

/** Messages of one pair of replicas, in their order. */
export function encodeFrame(messages: readonly Unaddressed[]): lograft.raft.v1.Frame {
  const list = wire.MessageList.encode({ messages: messages.map(encodeMessage) }).finish()
  return { crc32c: crc32c(list), messages: list }
}

function encodeMessage(message: Unaddressed): lograft.raft.v1.Message {
  const { term } = message
  return { term, ...encodeContent(message) } as lograft.raft.v1.Message
}

function encodeContent(message: Content): WireMessage {
  switch (message.type) {
    case 'pre-vote':
      return { preVote: { ...message, isTransfer: false } }
    case 'pre-vote-response':
      return { preVoteResponse: message }
    case 'vote':
      return { vote: message }
    case 'vote-response':
      return { voteResponse: message }
    case 'append':
      return { append: { ...message, entries: encodeEntries(message) } }
    case 'append-response':
      return { appendResponse: message }
    case 'append-rejection':
      return { appendRejection: message }
    case 'heartbeat':
      return { heartbeat: message }
    case 'heartbeat-response':
      return { heartbeatResponse: message }
    case 'snapshot': {
      const { index, term, configuration } = message.snapshot
      const { session } = message
      return {
        snapshot: { session, index, term, configuration: encodeConfiguration(configuration) },
      }
    }
    case 'timeout-now':
      return { timeoutNow: {} }
    case 'resignation':
      return { resignation: { successors: encodeReplicas(message.successors) } }
  }
}

function encodeEntries({
  previousIndex,
  entries,
}: {
  readonly previousIndex: number
  readonly entries: readonly Entry[]
}): lograft.raft.v1.Entry[] {
  return entries.map((entry, position) => {
    assert(entry.index === previousIndex + 1 + position, 'the entries of an append have no gap')
    return { term: entry.term, ...encodePayload(entry) } as lograft.raft.v1.Entry
  })
}

function encodePayload(entry: Entry): lograft.raft.v1.IEntry {
  switch (entry.kind) {
    case 'data':
      return { data: entry.data }
    case 'noop':
      return { noop: {} }
    case 'configuration':
      return { configuration: encodeConfiguration(entry.configuration) }
  }
}
