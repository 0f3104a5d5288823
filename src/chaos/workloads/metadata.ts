/**
 * Metadata by lograft.admin.v1: topics that are created, deleted and described, and configurations
 * that are set and read, by several at once. Each key is a register of its own, which the checker
 * holds to linearizability. A key about which too much is unknown is used no more.
 */
import { delay } from '../../base/clock.ts'
import { hostClock } from '../../host/clock.ts'
import type { MetadataEvent } from '../history/events.ts'
import { AdminCalls, type Told } from './admin-calls.ts'
import type { Workload, WorkloadSite } from './workload.ts'

const NAME = 'metadata'
const WORKERS = 4
const KEYS = 3
/** Operations of unknown outcome of one key: each doubles what the checker must try. */
const UNKNOWNS_MAX = 3
const OPERATIONS_PER_SECOND_MAX = 20
const BARRIER = 'chaos-barrier'

type Op = MetadataEvent['op']

interface Key {
  readonly name: string
  unknowns: number
}

export function metadataWorkload(site: WorkloadSite): Workload {
  if (!site.target.capabilities.has('admin'))
    throw new Error(`the workload metadata needs ${site.target.missing('admin')}`)
  return new MetadataWorkload(site)
}

class MetadataWorkload implements Workload {
  readonly name = NAME
  readonly ready: Promise<void>
  readonly totals = { ok: 0, fail: 0, unknown: 0 }
  readonly #site: WorkloadSite
  readonly #calls: AdminCalls
  readonly #ending = new AbortController()
  /** Resolves when nothing is waited for any more. */
  readonly #cut: Promise<null>
  #giveUp: () => void = () => undefined
  readonly #workers: readonly Promise<void>[]
  #registries: Key[] = []
  #registers: Key[] = []
  readonly #used = new Set<string>([BARRIER])
  #keys = 0
  #values = 0
  #tellReady: () => void = () => undefined

  constructor(site: WorkloadSite) {
    this.#site = site
    this.#calls = new AdminCalls(site.target, BARRIER)
    this.#cut = new Promise((resolve) => (this.#giveUp = () => resolve(null)))
    const answered = new Promise<void>((resolve) => (this.#tellReady = resolve))
    const begun = this.#begin()
    this.ready = begun.then(() => answered)
    this.ready.catch(() => undefined)
    this.#workers = Array.from({ length: WORKERS }, async (_, index) => {
      await begun.catch(() => this.#ending.abort())
      await this.#work(index + 1)
    })
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#ending.abort()
    const timer = hostClock.timer(deadlineMs, () => this.#giveUp())
    await Promise.all(this.#workers)
    timer.cancel()
    // Of a cluster that goes on it must not be seen that it was here.
    await Promise.all([...this.#used].map((name) => this.#calls.delete(name)))
    this.#calls.close()
  }

  async #begin(): Promise<void> {
    await this.#calls.ensure(BARRIER)
    for (let count = 0; count < KEYS; count += 1) {
      this.#registries.push(this.#newKey('registry'))
      this.#registers.push(await this.#newRegister())
    }
  }

  #newKey(what: string): Key {
    const name = `chaos-${what}-${(this.#keys += 1)}`
    this.#used.add(name)
    return { name, unknowns: 0 }
  }

  async #newRegister(): Promise<Key> {
    const key = this.#newKey('register')
    await this.#calls.ensure(key.name)
    return key
  }

  async #work(worker: number): Promise<void> {
    const { random, rate } = this.#site
    const { signal } = this.#ending
    const pauseMs = (1_000 * WORKERS) / Math.min(rate, OPERATIONS_PER_SECOND_MAX)
    let process = `lograft/admin-${worker}`
    for (let lives = 1; !signal.aborted;) {
      const isRegister = random() < 0.5
      const keys = isRegister ? this.#registers : this.#registries
      const key = keys[Math.floor(random() * keys.length)]
      if (!key) return
      const ops: readonly Op[] = isRegister
        ? ['set', 'get', 'get']
        : ['create', 'delete', 'describe']
      const op = ops[Math.floor(random() * ops.length)] ?? 'describe'
      const outcome = await this.#operate(process, op, key.name)
      // Who does not know what became of its last operation has no order any more.
      if (outcome === 'unknown') {
        process = `lograft/admin-${worker}~${(lives += 1)}`
        await this.#retire(key, isRegister)
      }
      await delay(hostClock, pauseMs * (0.5 + random()), signal)
    }
  }

  async #operate(process: string, op: Op, key: string): Promise<MetadataEvent['outcome']> {
    const { nowMs, write } = this.#site
    const value = op === 'set' ? String(2_000_000_000 + (this.#values += 1)) : null
    const sentMs = nowMs()
    const told = await Promise.race([this.#ask(op, key, value), this.#cut])
    const outcome = told?.outcome ?? 'unknown'
    write({
      ...{ type: 'metadata', process, workload: NAME, client: 'lograft', op, key },
      ...{ value: value ?? told?.value ?? null, sentMs, doneMs: told === null ? null : nowMs() },
      ...{ outcome, ...(told?.error ? { error: told.error } : {}) },
    })
    this.totals[outcome] += 1
    if (outcome === 'ok') this.#tellReady()
    return outcome
  }

  async #ask(op: Op, key: string, value: string | null): Promise<Told<string>> {
    switch (op) {
      case 'create':
        return this.#calls.create(key)
      case 'delete':
        return this.#calls.delete(key)
      case 'set':
        return this.#calls.set(key, value ?? '')
      case 'describe':
      case 'get': {
        const told = await this.#calls.describe(key)
        const found = op === 'get' ? told.value?.value : told.value?.id
        return { ...told, value: found ?? null }
      }
    }
  }

  /** Another key in its place, when too much is unknown about it. */
  async #retire(key: Key, isRegister: boolean): Promise<void> {
    key.unknowns += 1
    const keys = isRegister ? this.#registers : this.#registries
    const at = keys.indexOf(key)
    if (key.unknowns < UNKNOWNS_MAX || at < 0) return
    if (!isRegister) keys[at] = this.#newKey('registry')
    else
      try {
        keys[at] = await this.#newRegister()
      } catch {
        // It stays in use until another can be had.
      }
  }
}
