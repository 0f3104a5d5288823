/**
 * Bugs to plant in the Raft core, each of which the simulator must find: text that occurs exactly
 * once in a file, and what takes its place. Where two places protect from the same harm, both are
 * broken. Left out are changes that harm nobody, however wrong they look: an answer of an old
 * session (identities contain the directory, so what it says stays true), ticks credited in full
 * after a stall (pre-votes stop what follows), a transfer to a voter that lags (it is not elected),
 * a candidate that wins without its own vote (its requests wait for the batch that holds its vote,
 * too), a commit index of an append that is not cut to its entries (a probe carries the first entry
 * that differs, and so all that was not compared is gone by then).
 */

export interface Edit {
  /** In src/raft, or, of those around the core, in src. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Bug {
  readonly name: string
  readonly edits: readonly Edit[]
  /** A hole that is known: the simulator does not find it yet, and why. The bench skips it. */
  readonly notFoundYet?: string
}

export const bug = (name: string, file: string, find: string, replace: string): Bug => ({
  name,
  edits: [{ file, find, replace }],
})

export const BUGS: readonly Bug[] = [
  bug(
    'a vote leaves before it is durable',
    'gates.ts',
    'return !message.granted || (hardState.term === message.term && hardState.vote === message.to)',
    'return true',
  ),
  bug(
    'a term is spoken of before it is durable',
    'gates.ts',
    'if (message.term > hardState.term) return false',
    '',
  ),
  bug(
    'an acknowledgement leaves before the entries are durable',
    'gates.ts',
    'return message.index <= index',
    'return true',
  ),
  bug(
    'an acknowledgement of an older term outlives the truncation',
    'gates.ts',
    'if (message.term < term) continue',
    'if (message.term < 0) continue',
  ),
  bug(
    "a candidate's own vote counts before it is durable",
    'gates.ts',
    'return hardState.term === term && hardState.vote === self',
    'return term >= hardState.term',
  ),
  bug(
    'term and vote are not written',
    'core.ts',
    '    this.#writing.push({ batch, hardState: this.#hardState })\n    return this.#hardState',
    '    this.#writing.push({ batch, hardState: this.#hardState })\n    return null',
  ),
  {
    name: 'two votes in a term',
    edits: [
      {
        file: 'elections.ts',
        find: 'const isFree = core.vote === from || (core.vote === null && core.leader === null)',
        replace: 'const isFree = true',
      },
      {
        file: 'core.ts',
        find: "    assert(this.vote === null || this.vote === candidate, 'one vote in a term')\n    if (this.vote === null) this",
        replace: '    this',
      },
    ],
  },
  bug(
    'a vote is kept for the next term',
    'core.ts',
    'this.#setHardState({ term, vote: null })',
    'this.#setHardState({ term, vote: this.vote })',
  ),
  bug(
    'entries of earlier terms are committed by counting',
    'leading.ts',
    'if (index <= log.commit || log.termAt(index) !== term) return',
    'if (index <= log.commit) return',
  ),
  bug(
    'a vote for a log that is behind',
    'raft-log.ts',
    'return lastTerm > this.lastTerm || (lastTerm === this.lastTerm && lastIndex >= this.#lastIndex)',
    'return true',
  ),
  bug(
    'the longer log wins, whatever its term',
    'raft-log.ts',
    'return lastTerm > this.lastTerm || (lastTerm === this.lastTerm && lastIndex >= this.#lastIndex)',
    'return lastIndex >= this.#lastIndex',
  ),
  bug(
    'a leader counts its own entries before they are durable',
    'leading.ts',
    'this.#quorumOf(log.durable, ',
    'this.#quorumOf(log.lastIndex, ',
  ),
  {
    name: 'a heartbeat commits what was not compared',
    edits: [
      {
        file: 'leading.ts',
        find: 'commit: Math.min(match, log.commit),',
        replace: 'commit: log.commit,',
      },
      {
        file: 'following.ts',
        find: 'core.log.commitTo(Math.min(commit, core.matched))',
        replace: 'core.log.commitTo(Math.min(commit, core.log.lastIndex))',
      },
    ],
  },
  bug(
    'an old append shortens the log',
    'raft-log.ts',
    '        if (this.termAt(entry.index) === entry.term) continue\n',
    '',
  ),
  bug(
    'the entry before an append is not compared',
    'following.ts',
    'if (!isCommitted && log.termAt(previousIndex) !== previousTerm) {',
    'if (!isCommitted && log.termAt(previousIndex) === null) {',
  ),
  bug(
    'truncated entries count as durable once their write ends',
    'raft-log.ts',
    'for (const writing of this.#writing) writing.durable = Math.min(writing.durable, from - 1)',
    '',
  ),
  bug(
    'what was durable before a truncation still counts',
    'raft-log.ts',
    '    this.#durable = Math.min(this.#durable, from - 1)\n',
    '',
  ),
  bug(
    'a truncated configuration stays in force',
    'raft-log.ts',
    'while (this.configurationIndex >= from) this.#configurations.pop()',
    '',
  ),
  bug(
    'entries are applied before they are durable',
    'raft-log.ts',
    'Math.max(this.#applicable, Math.min(this.#commit, this.#durable))',
    'Math.max(this.#applicable, this.#commit)',
  ),
  bug(
    'a snapshot takes the place of a log that has more',
    'following.ts',
    'if (core.log.termAt(index) === term) core.log.commitTo(index)\n      else core',
    'core',
  ),
  bug(
    'two changes of the voters at a time',
    'membership.ts',
    'const isPending = configurationIndex > commit || isJoint(configuration)',
    'const isPending = isJoint(configuration)',
  ),
  bug(
    'a change before an entry of the own term is committed',
    'membership.ts',
    "if (isPending || log.termAt(commit) !== term) return 'change-pending'",
    "if (isPending) return 'change-pending'",
  ),
  bug(
    'a joint configuration is left before it is committed',
    'membership.ts',
    'return isJoint(configuration) && configurationIndex <= commit ? leaving(configuration) : null',
    'return isJoint(configuration) ? leaving(configuration) : null',
  ),
  bug(
    'in a joint configuration only the new voters count',
    'configuration.ts',
    'return outgoing.length === 0 ? [voters] : [voters, outgoing]',
    'return outgoing.length === 0 ? [voters] : [voters]',
  ),
  bug(
    'both sets of a joint configuration count as one',
    'quorum.ts',
    'Math.min(...votingSets(configuration).map((voters) => reachedByMajority(voters, valueOf)))',
    'reachedByMajority([...new Set(votingSets(configuration).flat())], valueOf)',
  ),
  bug(
    'learners count for a commit',
    'quorum.ts',
    'votingSets(configuration).map((voters) => reachedByMajority(voters, valueOf))',
    'votingSets(configuration).map((of) => reachedByMajority([...of, ...configuration.learners], valueOf))',
  ),
  bug(
    'half of the voters are enough',
    'quorum.ts',
    'return Math.floor(count / 2) + 1',
    'return Math.ceil(count / 2)',
  ),
  bug(
    'a removed leader goes on',
    'leading.ts',
    '} else if (this.#membership.isRemoved) this.#leaveToOthers()',
    '}',
  ),
  bug(
    'who leaves does not campaign before that is committed',
    'elections.ts',
    'return log.configurationsInDoubt.some((configuration) => isVoter(configuration, self))',
    'return isVoter(log.configuration, self)',
  ),
  bug(
    'a read is served without asking a quorum',
    'leading.ts',
    'this.#reads.confirmed(this.#quorumOf(own, ({ confirmedRead }) => confirmedRead))',
    'this.#reads.confirmed(own)',
  ),
  bug(
    'a read is served before anything of the own term is committed',
    'reads.ts',
    'if (this.#early.length === 0 || log.termAt(log.commit) !== term) return false',
    'if (this.#early.length === 0) return false',
  ),
  bug(
    'a proposal whose fate is unknown is called refused',
    'proposals.ts',
    "for (const { id } of this.#waiting) this.#core.answer({ type: 'unknown', id })",
    "for (const { id } of this.#waiting) this.#core.refuse(id, 'not-leader')",
  ),
  bug(
    'a leader without a quorum goes on',
    'leading.ts',
    'if (this.#now - this.#quorumContact() >= electionTicks) return this.#stepDown()',
    '',
  ),
  bug(
    'terms are raised without a pre-vote',
    'elections.ts',
    'if (this.#isVoter) this.#preCampaign()',
    'if (this.#isVoter) this.#campaign(false)',
  ),
  bug(
    'a pre-vote is granted while the leader is heard of',
    'elections.ts',
    '      !this.protectsLeader(false) &&\n',
    '',
  ),
  bug(
    'the last appends are not sent again',
    'leading.ts',
    "progress.state === 'replicate' && progress.inflightCount > 0",
    "progress.state === 'replicate' && progress.isPaused",
  ),
  {
    name: 'the window has no end',
    edits: [
      {
        file: 'progress.ts',
        find: "return this.state === 'probe' ? this.#probeSent : this.#inflight.isFull",
        replace: "return this.state === 'probe' ? this.#probeSent : false",
      },
      {
        file: 'inflight.ts',
        find: "    assert(!this.isFull, 'a full window takes nothing')\n",
        replace: '',
      },
    ],
  },
]
