/**
 * Whose a partition is: in one generation it has one owner, and an earlier generation has none any
 * more. By what members were told, and by the commits that were acknowledged to them.
 */
import type { AssignedEvent, CommitEvent, HistoryEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Checked } from './verdict.ts'

interface Owner {
  readonly member: string
  readonly event: AssignedEvent | CommitEvent
}

interface Begun {
  readonly generation: number
  readonly fromMs: number
  readonly event: AssignedEvent | CommitEvent
}

export class OwnersChecker implements Checker {
  readonly #found = new Found()
  readonly #assigned: AssignedEvent[] = []
  /** Acknowledged ones, of members. */
  readonly #commits: CommitEvent[] = []

  add(event: HistoryEvent): void {
    if (event.type === 'assigned') this.#assigned.push(event)
    else if (event.type === 'commit' && event.outcome === 'ok' && event.generation >= 0)
      this.#commits.push(event)
  }

  finish(): Checked {
    this.#findTwoOwners()
    this.#findStale()
    return this.#found.checked
  }

  #findTwoOwners(): void {
    const owners = new Map<string, Owner>()
    const told = new Set<string>()
    const owns = (
      { topic, partition }: { readonly topic: string; readonly partition: number },
      event: AssignedEvent | CommitEvent,
    ) => {
      const { group, generation, member } = event
      const place = `${group}, generation ${generation}, ${topic}-${partition}`
      const owner = owners.get(place)
      if (!owner) owners.set(place, { member, event })
      if (!owner || owner.member === member || told.has(`${place} ${member}`)) return
      told.add(`${place} ${member}`)
      const how = event.type === 'assigned' ? 'was given it' : 'has committed'
      this.#found.add('two-owners', () => ({
        ...{ topic, partition },
        sentence: `${place}: ${member} ${how}, and ${owner.member} has it`,
        evidence: [owner.event, event],
      }))
    }
    for (const event of this.#assigned) for (const place of event.partitions) owns(place, event)
    for (const event of this.#commits) owns(event, event)
  }

  /** A generation is known to have begun from the first answer on that says so. */
  #findStale(): void {
    const begun = new Map<string, Map<number, Begun>>()
    const begins = (event: AssignedEvent | CommitEvent, fromMs: number) => {
      const { group, generation } = event
      const ofGroup = begun.get(group) ?? new Map<number, Begun>()
      begun.set(group, ofGroup)
      const known = ofGroup.get(generation)
      if (!known || known.fromMs > fromMs) ofGroup.set(generation, { generation, fromMs, event })
    }
    for (const event of this.#assigned) begins(event, event.atMs)
    for (const event of this.#commits) begins(event, event.doneMs ?? Infinity)
    const latest = new Map([...begun].map(([group, of]) => [group, latestBy([...of.values()])]))
    for (const commit of this.#commits) {
      const later = latest.get(commit.group)?.(commit.sentMs)
      if (!later || later.generation <= commit.generation) continue
      const { group, topic, partition, generation, process } = commit
      this.#found.add('stale-generation', () => ({
        ...{ topic, partition },
        sentence:
          `${group}: ${process} committed ${topic}-${partition} in generation ${generation}, ` +
          `after ${later.generation} had begun`,
        ...{ fromMs: later.fromMs, toMs: commit.sentMs },
        evidence: [later.event, commit],
      }))
    }
  }
}

/** Finds the highest generation that had begun before a time. */
function latestBy(begun: Begun[]): (beforeMs: number) => Begun | undefined {
  begun.sort((a, b) => a.fromMs - b.fromMs)
  let highest: Begun | undefined
  const until = begun.map((one) => {
    if (!highest || highest.generation < one.generation) highest = one
    return highest
  })
  return (beforeMs) => {
    let from = 0
    let to = begun.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((begun[middle]?.fromMs ?? Infinity) < beforeMs) from = middle + 1
      else to = middle
    }
    return until[from - 1]
  }
}
