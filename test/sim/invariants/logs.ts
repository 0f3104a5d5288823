/**
 * Groups 2, 3, 11 and 15: leaders only append; equal (index, term) means equal logs; what a replica
 * knows to be committed it keeps; after a restart it has what it had promised.
 */
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Batch, Recovered, Status } from '../../../src/raft/types.ts'
import type { StoredSnapshot } from '../chained-log.ts'
import type { Observed } from './observed.ts'
import { check } from './violation.ts'

interface Promised {
  readonly index: number
  readonly chain: number
}

const place = (index: number, term: number) => index * 0x10_0000 + term

export class Logs {
  /** The hash of everything up to an entry, by its index and term. */
  readonly #chains = new Map<number, number>()
  /** What each replica has acknowledged, and may not lose unless a leader replaces it. */
  readonly #promised = new Map<ReplicaKey, Promised>()

  /** Before its entries are appended. */
  begin(replica: Observed, after: Status, batch: Batch, restored: StoredSnapshot | null): void {
    const { key, log, status: before } = replica
    const { truncateFrom, snapshot } = batch
    const isLeader =
      before.role === 'leader' && after.role === 'leader' && before.term === after.term
    check(
      !isLeader || (truncateFrom === null && snapshot === null),
      '2-leader-append-only',
      () => `${key} leads and takes entries away`,
    )
    if (snapshot && restored) {
      check(snapshot.index > before.commit, '11-snapshot', () => `${key} goes back to a snapshot`)
      const hasMore =
        log.chainAt(snapshot.index) === restored.chain && log.lastIndex > snapshot.index
      check(!hasMore, '11-snapshot', () => `${key} drops what follows the snapshot it is sent`)
      log.restart(restored)
      this.#note(snapshot.index, snapshot.term, restored.chain)
    }
    if (truncateFrom !== null) {
      check(
        truncateFrom > before.commit,
        '11-truncation',
        () => `${key} truncates from ${truncateFrom}, and knows ${before.commit} as committed`,
      )
      log.truncateFrom(truncateFrom)
    }
  }

  append({ key, log }: Observed, { term }: Status, entry: Entry): void {
    const follows = entry.index === log.lastIndex + 1 && entry.term >= log.lastTerm
    check(follows, '3-log-gap', () => `${key} puts ${entry.index} behind ${log.lastIndex}`)
    check(
      entry.term <= term,
      '3-log-term',
      () => `${key} has an entry of a later term than its own`,
    )
    this.#note(entry.index, entry.term, log.append(entry))
  }

  #note(index: number, term: number, chain: number): void {
    const known = this.#chains.get(place(index, term))
    check(
      known === undefined || known === chain,
      '3-log-matching',
      () => `two logs with index ${index} of term ${term} differ`,
    )
    if (known === undefined) this.#chains.set(place(index, term), chain)
  }

  chainOf(index: number, term: number): number | null {
    return this.#chains.get(place(index, term)) ?? null
  }

  /** It told a leader that it has everything up to there. */
  acknowledged({ key, durable }: Observed, index: number): void {
    const chain = durable.log.chainAt(index)
    const known = this.#promised.get(key)
    if (chain !== null && (!known || known.index < index)) this.#promised.set(key, { index, chain })
  }

  /** Part of its durable log was taken away by a leader's word. */
  truncated({ key, durable }: Observed): void {
    const known = this.#promised.get(key)
    if (!known) return
    const { log } = durable
    if (known.index > log.lastIndex)
      this.#promised.set(key, { index: log.lastIndex, chain: log.lastChain })
    else if (known.index >= log.startIndex && log.chainAt(known.index) !== known.chain)
      this.#promised.delete(key)
  }

  restarted({ key, log }: Observed, { commit }: Recovered, told: Status): void {
    for (const { index, term } of log.entries) this.#note(index, term, log.chainAt(index) ?? 0)
    const promised = this.#promised.get(key)
    if (promised) {
      const { index, chain } = promised
      check(
        index <= log.startIndex || log.chainAt(index) === chain,
        '15-restart',
        () => `${key} acknowledged ${index} and came back without it`,
      )
    }
    check(
      told.role === 'follower' && told.leader === null && told.commit === commit,
      '15-restart',
      () => `${key} came back as ${told.role} with commit ${told.commit}`,
    )
  }
}
