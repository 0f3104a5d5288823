/**
 * What is missing in a history, so that nothing it shows proves anything: a run that did not come
 * to its end, a load that never was acknowledged, a partition that nobody read in the end, a fault
 * that was not taken back. And what a run found by itself.
 */
import { OWN_BROKERS, type HistoryEvent, type RunEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { RecordStore } from './record-store.ts'
import type { Anomaly, Checked } from './verdict.ts'

const FOUND_SHOWN = 20

export class CompletenessChecker implements Checker {
  readonly #found = new Found()
  readonly #store: RecordStore
  #run: RunEvent | null = null
  #hasEnded = false
  #hasFaultPhase = false
  #isFaultPhase = false
  /** Not healed yet: by id, what it is. */
  readonly #open = new Map<number, string>()
  #faults = 0
  #skippedFaults = 0
  /** Workload and client: whether any of it was acknowledged. */
  readonly #acknowledged = new Map<string, Set<string>>()
  readonly #asked = new Map<string, Set<string>>()
  readonly #replicated = new Set<string>()
  #areReplicasSkipped = false
  readonly #invalid: Anomaly[] = []
  readonly #invalidCounts = new Map<string, number>()

  /** Which is told everything, too. */
  constructor(store: RecordStore) {
    this.#store = store
  }

  add(event: HistoryEvent): void {
    switch (event.type) {
      case 'run':
        this.#run = event
        break
      case 'phase':
        this.#hasEnded ||= event.phase === 'end'
        this.#isFaultPhase = event.phase === 'faults'
        this.#hasFaultPhase ||= this.#isFaultPhase
        break
      case 'fault':
        this.#faults += 1
        this.#open.set(event.id, event.text)
        break
      case 'healed':
        if (event.error !== null)
          this.#found.unknown(`${this.#open.get(event.id)} was not taken back: ${event.error}`)
        this.#open.delete(event.id)
        break
      case 'skipped':
        if (event.what.startsWith('replicas')) this.#areReplicasSkipped = true
        // Before it and behind it clients and workloads are left out.
        else if (this.#isFaultPhase) this.#skippedFaults += 1
        if (event.id !== undefined) this.#faults -= 1
        break
      case 'unread': {
        const { reader, topic, partition } = event
        this.#found.unknown(`${topic}-${partition} was not read to its end by ${reader}`)
        break
      }
      case 'send':
      case 'commit':
      case 'metadata':
        note(this.#asked, event)
        if (event.outcome === 'ok') note(this.#acknowledged, event)
        break
      case 'replica':
        this.#replicated.add(`${event.topic}-${event.partition}`)
        break
      case 'found':
        this.#hear(event)
        break
      default:
    }
  }

  finish(): Checked {
    this.#askForEnd()
    this.#askForLoad()
    for (const unread of unreadIn(this.#store)) this.#found.unknown(unread)
    this.#askForReplicas()
    const { anomalies, counts, ...checked } = this.#found.checked
    return {
      ...checked,
      anomalies: [...anomalies, ...this.#invalid],
      counts: { ...counts, ...Object.fromEntries(this.#invalidCounts) },
    }
  }

  #hear({ kind, anomaly, sentence, atMs }: HistoryEvent & { type: 'found' }): void {
    if (kind === 'unknown') return this.#found.unknown(sentence)
    const count = (this.#invalidCounts.get(anomaly) ?? 0) + 1
    this.#invalidCounts.set(anomaly, count)
    if (count > FOUND_SHOWN) return
    const evidence = [{ type: 'found', anomaly, sentence, atMs }]
    this.#invalid.push({ kind: anomaly, sentence, fromMs: atMs, toMs: atMs, evidence })
  }

  #askForEnd(): void {
    if (!this.#run) this.#found.unknown('the history does not say what run it is of')
    if (!this.#hasEnded) this.#found.unknown('the run did not come to its end')
    for (const text of this.#open.values()) this.#found.unknown(`${text} was not taken back`)
    if (this.#faults > 0) return
    if (this.#hasFaultPhase && this.#skippedFaults > 0)
      this.#found.unknown('no fault was made: all were skipped')
    else if ((this.#run?.steps ?? 0) > 0)
      this.#found.unknown('no fault was made: the run ended before the first')
  }

  #askForLoad(): void {
    for (const workload of this.#run?.workloads ?? [])
      if (!this.#acknowledged.has(workload))
        this.#found.unknown(`nothing of the workload ${workload} was acknowledged`)
    for (const [workload, clients] of this.#asked)
      for (const client of clients)
        if (!(this.#acknowledged.get(workload)?.has(client) ?? false))
          this.#found.unknown(`nothing of ${client} in ${workload} was acknowledged`)
    if (this.#asked.size === 0) this.#found.unknown('nothing was asked of the cluster')
  }

  #askForReplicas(): void {
    if (this.#run?.target !== OWN_BROKERS || this.#areReplicasSkipped) return
    for (const { topic, partition, finals } of this.#store.places)
      if (
        finals.size > 0 &&
        !topic.isCompacted &&
        !this.#replicated.has(`${topic.name}-${partition}`)
      )
        this.#found.unknown(`${topic.name}-${partition}: no replica was looked at`)
  }
}

/** Partitions of topics that were written, as sentences, which nobody read in the end. */
export function unreadIn(store: RecordStore): readonly string[] {
  return [...store.topics.values()].flatMap((topic) => {
    const { name, partitions, partitionCount } = topic
    if (partitions.length === 0 && !store.unplaced.has(name)) return []
    const count = Math.max(partitionCount, partitions.length)
    const unread = Array.from({ length: count }, (_, index) => index).filter((index) => {
      const place = partitions[index]
      return (place !== undefined || partitionCount > 0) && (place?.finals.size ?? 0) === 0
    })
    return unread.length > 0
      ? [`${name}: partition ${unread.join(', ')} was not read in the end`]
      : []
  })
}

function note(
  of: Map<string, Set<string>>,
  { workload, client }: { readonly workload: string; readonly client: string },
): void {
  const clients = of.get(workload)
  if (clients) clients.add(client)
  else of.set(workload, new Set([client]))
}
