/**
 * Frames into Raft's messages, and nothing that the core would take for an impossible state of its
 * own: whatever can be judged from a message alone is judged here (terms and indexes are safe
 * numbers, logs are in order, nobody is named twice). Throws MalformedMessage, or what protobufjs
 * throws. Pure.
 */
import { crc32c } from '../bytes/crc32c.ts'
import { CheckedReader } from '../metadata/codec.ts'
import type { Entry } from '../raft/entry.ts'
import type { Content } from '../raft/messages.ts'
import type { Unaddressed } from './raft-encode.ts'
import type { lograft } from './raft-wire.ts'
import {
  decodeConfiguration,
  decodeReplicas,
  must,
  mustBePlace,
  viewOf,
  wire,
} from './raft-wire.ts'

type Wire<Name extends keyof typeof wire> = InstanceType<(typeof wire)[Name]>

/** Tags and lengths in one frame; an entry takes five. */
const FIELDS_MAX = 250_000

const CONTENTS = [
  'preVote',
  'preVoteResponse',
  'vote',
  'voteResponse',
  'append',
  'appendResponse',
  'appendRejection',
  'heartbeat',
  'heartbeatResponse',
  'snapshot',
  'timeoutNow',
  'resignation',
] as const satisfies readonly (keyof lograft.raft.v1.Message)[]

export function decodeFrame({ crc32c: told, messages }: Wire<'Frame'>): readonly Unaddressed[] {
  must(crc32c(messages) === told, 'the CRC of a frame matches')
  const list = wire.MessageList.decode(new CheckedReader(messages, FIELDS_MAX))
  return list.messages.map(decodeMessage)
}

function decodeMessage(message: Wire<'Message'>): Unaddressed {
  const [name, another] = CONTENTS.filter((content) => message[content] !== null)
  must(name !== undefined && another === undefined, 'a message has one content')
  const { term } = message
  const content = decodeContent(message, term)
  // A replica that was never in a term refuses a pre-vote in term 0.
  must(term > 0 || content.type === 'pre-vote-response', 'a message has a term')
  return { term, ...content }
}

function decodeContent(message: Wire<'Message'>, term: number): Content {
  const { preVote, vote, preVoteResponse, voteResponse, append, snapshot, resignation } = message
  if (preVote) return { type: 'pre-vote', ...decodeCandidacy(preVote, term) }
  if (vote) return { type: 'vote', ...decodeCandidacy(vote, term), isTransfer: vote.isTransfer }
  if (preVoteResponse) return { type: 'pre-vote-response', granted: preVoteResponse.granted }
  if (voteResponse) return { type: 'vote-response', granted: voteResponse.granted }
  if (append) return decodeAppend(append, term)
  if (snapshot) return decodeSnapshot(snapshot, term)
  if (resignation)
    return { type: 'resignation', successors: decodeReplicas(resignation.successors) }
  return decodeSmall(message)
}

function decodeSmall(message: Wire<'Message'>): Content {
  const { appendResponse, appendRejection, heartbeat, heartbeatResponse } = message
  if (appendResponse) {
    const { session, index } = appendResponse
    return { type: 'append-response', session, index }
  }
  if (appendRejection) {
    const { session, previousIndex, hintIndex, hintTerm } = appendRejection
    mustBePlace(hintIndex, hintTerm, 'the hint of a rejection')
    must(hintIndex <= previousIndex, 'a rejection hints at what is not behind it')
    return { type: 'append-rejection', session, previousIndex, hintIndex, hintTerm }
  }
  if (heartbeat) {
    const { session, commit, read } = heartbeat
    return { type: 'heartbeat', session, commit, read }
  }
  if (heartbeatResponse) {
    const { session, read, matched } = heartbeatResponse
    return { type: 'heartbeat-response', session, read, matched }
  }
  return { type: 'timeout-now' }
}

function decodeCandidacy({ lastIndex, lastTerm }: Wire<'Candidacy'>, term: number) {
  mustBePlace(lastIndex, lastTerm, "the end of a candidate's log")
  must(lastTerm < term, 'a candidate campaigns in a term behind that of its log')
  return { lastIndex, lastTerm }
}

function decodeAppend(append: Wire<'Append'>, term: number): Content {
  const { session, previousIndex, previousTerm, commit } = append
  mustBePlace(previousIndex, previousTerm, 'what an append follows')
  must(
    Number.isSafeInteger(previousIndex + append.entries.length),
    'the indexes of an append are safe numbers',
  )
  const entries: Entry[] = []
  let before = previousTerm
  for (const entry of append.entries) {
    must(entry.term >= before && entry.term > 0, 'the terms of a log never go down')
    before = entry.term
    entries.push(decodeEntry(entry, previousIndex + 1 + entries.length))
  }
  must(before <= term, 'no entry is of a term after its leader')
  return { type: 'append', session, previousIndex, previousTerm, entries, commit }
}

function decodeEntry(entry: Wire<'Entry'>, index: number): Entry {
  const { term, data, noop, configuration } = entry
  const payloads = [data, noop, configuration].filter((payload) => payload !== null)
  must(payloads.length === 1, 'an entry has one payload')
  if (data) return { index, term, kind: 'data', data: owned(data) }
  if (noop) return { index, term, kind: 'noop' }
  return { index, term, kind: 'configuration', configuration: decodeConfiguration(configuration) }
}

/** An entry outlives its frame: it does not hold on to one that is much larger. */
function owned(data: Uint8Array): Uint8Array {
  const view = viewOf(data)
  return view.byteLength * 2 < view.buffer.byteLength ? view.slice() : view
}

function decodeSnapshot(snapshot: Wire<'Snapshot'>, term: number): Content {
  const { session, index, term: lastTerm } = snapshot
  mustBePlace(index, lastTerm, 'the end of a snapshot')
  must(lastTerm <= term, 'no snapshot is of a term after its leader')
  const configuration = decodeConfiguration(snapshot.configuration)
  return { type: 'snapshot', session, snapshot: { index, term: lastTerm, configuration } }
}
