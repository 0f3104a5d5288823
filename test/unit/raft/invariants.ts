/**
 * What must hold whatever happens, looked at from outside after every step: the five properties of
 * Raft (figure 3 of the paper), the gates of durability, and the freshness of reads.
 */
import assert from 'node:assert'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import { votingSets } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Answer, Entry, Ready } from '../../../src/raft/types.ts'
import type { StoredLog } from './stored-log.ts'
import { wordEntry, wordMessage } from './wording.ts'
import type { Replica, World } from './world.ts'

interface Committed {
  readonly text: string
  /** The term in which it was committed. */
  readonly by: number
}

export class Invariants {
  readonly #world: World
  /** Who led in a term, and in which of its lives. */
  readonly #leaders = new Map<number, string>()
  readonly #votes = new Map<string, ReplicaKey>()
  /** Every entry ever appended, and what stands before it: log matching, by induction. */
  readonly #chains = new Map<string, string>()
  /** By index; 0 is not used. */
  readonly #committed: (Committed | undefined)[] = [undefined]
  readonly #asked = new Map<number, number>()

  constructor(world: World) {
    this.#world = world
  }

  /** The largest index that is committed anywhere. */
  get committedIndex(): number {
    return this.#committed.length - 1
  }

  /** What may be read from now on must be at least what is committed now. */
  asked(id: number): void {
    this.#asked.set(id, this.committedIndex)
  }

  afterReady(replica: Replica, { messages, status, answers, batch, applicable }: Ready): void {
    for (const entry of batch?.entries ?? []) this.#chain(replica, entry)
    for (const message of messages) this.#gates(replica, message)
    if (status.role === 'leader') this.#oneLeader(replica, status.term)
    this.#commits(replica, status.term, status.commit)
    assert(applicable <= status.commit, `${replica.key} applies what is not committed`)
    assert(applicable <= replica.disk.lastIndex, `${replica.key} applies what is not durable`)
    for (const answer of answers) this.#answers(replica, answer)
    for (const leader of this.#world.leaders) this.#complete(leader)
  }

  /** One leader in a term, not even the same one in another life (Raft §5.2). */
  #oneLeader(replica: Replica, term: number): void {
    const name = `${replica.key} in life ${replica.lives}`
    const leader = this.#leaders.get(term) ?? name
    assert.equal(name, leader, `two leaders in term ${term}`)
    this.#leaders.set(term, leader)
    const { hardState } = replica.disk
    assert(hardState.term >= term, `${name} leads in a term that is not durable`)
  }

  /** Same index and term: same entry, and the same before it (Raft §5.3). */
  #chain({ key, view }: Replica, entry: Entry): void {
    const before = view.termAt(entry.index - 1)
    // Whatever the log begins behind is committed, and compared there.
    if (before === null) return
    const place = `${entry.index}/${entry.term}`
    const text = `${wordEntry(entry)} after term ${before}`
    const known = this.#chains.get(place) ?? text
    assert.equal(text, known, `log matching: ${key} has another entry at ${place}`)
    this.#chains.set(place, known)
  }

  /** No message promises what a power cut can take back (`gates.ts`). */
  #gates({ key, disk }: Replica, message: Message): void {
    assert(isCovered(message, disk), `${key} says too early: ${wordMessage(message)}`)
    if (message.type !== 'vote-response' || !message.granted) return
    const ballot = `${key} in term ${message.term}`
    const vote = this.#votes.get(ballot) ?? message.to
    assert.equal(message.to, vote, `${ballot} votes twice`)
    this.#votes.set(ballot, vote)
  }

  /**
   * What is committed is durable on a quorum, now. The first to know is the leader, which may have
   * stepped down in the same step.
   */
  #commits({ view, key }: Replica, term: number, commit: number): void {
    if (commit <= this.committedIndex) return
    for (let index = this.committedIndex + 1; index <= commit; index += 1) {
      const entry = view.entryAt(index)
      assert(entry, `${key} commits an entry that it does not have`)
      this.#committed.push({ text: wordEntry(entry), by: term })
    }
    const last = view.termAt(commit) ?? 0
    // The configuration may have changed since, in the same step.
    const isJustified = [view.configuration, view.configurationAt(commit)].some((configuration) =>
      votingSets(configuration).every((voters) => {
        const having = voters.filter((voter) => this.#has(voter, commit, last))
        return having.length > voters.length / 2
      }),
    )
    assert(isJustified, `${key} commits ${commit}/${last}, which no quorum has`)
  }

  #has(name: ReplicaKey, index: number, term: number): boolean {
    const disk = this.#world.replicas.get(name)?.disk
    if (!disk) return false
    return disk.snapshot.index > index || disk.termAt(index) === term
  }

  /** Whatever was committed in earlier terms, a leader has (Raft §5.4). */
  #complete({ key, view, core }: Replica): void {
    const { term } = core.status
    for (let index = view.snapshot.index + 1; index <= this.committedIndex; index += 1) {
      const committed = this.#committed[index]
      if (!committed || committed.by >= term) continue
      const entry = view.entryAt(index)
      const text = entry ? wordEntry(entry) : 'nothing'
      assert.equal(text, committed.text, `leader completeness: ${key} leads without ${index}`)
    }
  }

  /** All state machines take the same entries in the same order (Raft §5.4.3). */
  applies({ key, disk, applied }: Replica, upTo: number): void {
    for (let index = Math.max(applied, disk.snapshot.index) + 1; index <= upTo; index += 1) {
      const entry = disk.entryAt(index)
      assert(entry, `${key} applies ${index}, which its disk does not have`)
      const committed = this.#committed[index]
      assert(committed, `${key} applies ${index}, which nobody has committed`)
      assert.equal(wordEntry(entry), committed.text, `state machine safety: ${key} at ${index}`)
    }
  }

  #answers({ key }: Replica, answer: Answer): void {
    if (answer.type === 'committed')
      assert(answer.index <= this.committedIndex, `${key} answers before it is committed`)
    if (answer.type !== 'readable') return
    const before = this.#asked.get(answer.id) ?? 0
    assert(answer.index >= before, `${key} reads at ${answer.index}; ${before} was committed`)
  }
}

/** Whether the sender's disk has what the message promises. Pre-votes promise nothing. */
function isCovered(message: Message, { hardState, lastIndex }: StoredLog): boolean {
  const { type, term, to } = message
  if (type === 'pre-vote' || type === 'pre-vote-response') return true
  if (term > hardState.term) return false
  if (type === 'append-response') return message.index <= lastIndex
  if (type !== 'vote-response' || !message.granted) return true
  return hardState.term === term && hardState.vote === to
}
