/**
 * How tests write what the core takes and gives. `3/1` is index 3 of term 1; `t2` is term 2, `s4`
 * session 4.
 */
import type { Configuration } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Answer, Batch, Entry, SnapshotMark, Status } from '../../../src/raft/types.ts'

const SHOWN_BYTES_MAX = 16

export function wordConfiguration({ voters, outgoing, learners }: Configuration): string {
  const parts = [`voters ${voters.join(',') || 'none'}`]
  if (outgoing.length > 0) parts.push(`outgoing ${outgoing.join(',')}`)
  if (learners.length > 0) parts.push(`learners ${learners.join(',')}`)
  return parts.join(' ')
}

export function wordEntry(entry: Entry): string {
  const place = `${entry.index}/${entry.term}`
  switch (entry.kind) {
    case 'noop':
      return `${place} noop`
    case 'configuration':
      return `${place} ${wordConfiguration(entry.configuration)}`
    case 'data': {
      const { byteLength } = entry.data
      if (byteLength > SHOWN_BYTES_MAX) return `${place} <${byteLength} bytes>`
      return `${place} "${new TextDecoder().decode(entry.data)}"`
    }
  }
}

const wordEntries = (entries: readonly Entry[]) => entries.map(wordEntry).join(', ')

const wordMark = ({ index, term, configuration }: SnapshotMark) =>
  `${index}/${term} ${wordConfiguration(configuration)}`

/** Exploring words the same messages again and again. */
const worded = new WeakMap<Message, string>()

export function wordMessage(message: Message): string {
  const known = worded.get(message)
  if (known !== undefined) return known
  const { from, to, term, type } = message
  const text = `${from}>${to} t${term} ${type}${wordContent(message)}`
  worded.set(message, text)
  return text
}

function wordContent(message: Message): string {
  switch (message.type) {
    case 'pre-vote':
      return ` last ${message.lastIndex}/${message.lastTerm}`
    case 'vote':
      return ` last ${message.lastIndex}/${message.lastTerm}${message.isTransfer ? ' transfer' : ''}`
    case 'pre-vote-response':
    case 'vote-response':
      return message.granted ? ' granted' : ' refused'
    case 'append': {
      const { session, previousIndex, previousTerm, entries, commit } = message
      const what = entries.length > 0 ? `: ${wordEntries(entries)}` : ''
      return ` s${session} after ${previousIndex}/${previousTerm} commit ${commit}${what}`
    }
    case 'append-response':
      return ` s${message.session} index ${message.index}`
    case 'append-rejection':
      return (
        ` s${message.session} after ${message.previousIndex}` +
        ` hint ${message.hintIndex}/${message.hintTerm}`
      )
    case 'heartbeat':
      return ` s${message.session} commit ${message.commit} read ${message.read}`
    case 'heartbeat-response':
      return ` s${message.session} read ${message.read} matched ${message.matched}`
    case 'snapshot':
      return ` s${message.session} at ${wordMark(message.snapshot)}`
    case 'timeout-now':
      return ''
    case 'resignation':
      return ` successors ${message.successors.join(',')}`
  }
}

export function wordBatch({ number, hardState, snapshot, truncateFrom, entries }: Batch): string {
  const parts: string[] = []
  if (hardState) parts.push(`term ${hardState.term} vote ${hardState.vote ?? 'none'}`)
  if (snapshot) parts.push(`snapshot ${wordMark(snapshot)}`)
  if (truncateFrom !== null) parts.push(`truncate from ${truncateFrom}`)
  if (entries.length > 0) parts.push(wordEntries(entries))
  return `batch ${number}: ${parts.join('; ')}`
}

export function wordAnswer(answer: Answer): string {
  switch (answer.type) {
    case 'accepted':
      return `request ${answer.id} accepted at ${answer.index}/${answer.term}`
    case 'refused':
      return `request ${answer.id} refused: ${answer.reason}`
    case 'committed':
    case 'readable':
      return `request ${answer.id} ${answer.type} at ${answer.index}`
    case 'unknown':
      return `request ${answer.id} unknown`
  }
}

export function wordStatus({ role, term, leader, commit }: Status): string {
  return `${role} t${term} leader ${leader ?? 'none'} commit ${commit}`
}
