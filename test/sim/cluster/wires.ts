/**
 * TCP between simulated machines: connections that keep their order, are late, stand still while
 * their link is cut (and go on where they stood, as retransmission has it), and end: in order, by a
 * reset when a process is killed, or in silence when a machine loses its power. What arrives at a
 * machine where nobody knows the connection any more is answered with a reset.
 */
import type { ListeningServer, Net, Stream, StreamEvents } from '../../../src/base/net.ts'
import { giveBack } from '../../../src/bytes/loan.ts'
import type { Chance } from '../draw.ts'
import type { Network } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Process } from '../system/process.ts'

export interface WirePlan {
  readonly delayUs: number
  /** Mean of what is added to it. */
  readonly jitterUs: number
}

export interface WiresOptions {
  readonly scheduler: Scheduler
  readonly chance: Chance
  /** Which links are cut. */
  readonly network: Network
  readonly plan: WirePlan
  /** Of a machine that is off nothing comes, not even a refusal. */
  readonly hasPower: (machine: number) => boolean
}

/** Between two attempts to get through a link that is cut. */
const RETRANSMIT_US = 100_000

type Segment =
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'reset' }

interface Listening {
  readonly process: Process
  readonly accept: (stream: Stream) => void
}

type Address = { readonly host: string; readonly port: number }

export const hostOf = (machine: number) => `m${machine}`
const machineOf = (host: string) => Number(host.slice(1))

export class Wires {
  readonly of: WiresOptions
  readonly #listening = new Map<string, Listening>()
  readonly #ends = new Map<Process, Set<End>>()
  #connections = 0
  #sent = 0
  plan: WirePlan

  constructor(of: WiresOptions) {
    this.of = of
    this.plan = of.plan
  }

  /** The network as one process on a machine sees it. */
  net(machine: number, process: Process): Net {
    this.#ends.set(process, new Set())
    return {
      listen: (address, accept) => this.#listen(machine, { process, accept }, address),
      connect: (address, signal) => this.#connect({ machine, process }, address, signal),
    }
  }

  /** Killed: its machine says so on every connection. Without power nobody says anything. */
  died(process: Process, machine: number): void {
    for (const [key, { process: owner }] of this.#listening)
      if (owner === process) this.#listening.delete(key)
    const ends = this.#ends.get(process) ?? new Set()
    this.#ends.delete(process)
    for (const end of ends) end.ownerDied(this.of.hasPower(machine))
  }

  delayUs(from: number, to: number): number {
    this.#sent += 1
    const { delayUs, jitterUs } = this.plan
    return delayUs + this.of.chance.exponential(jitterUs, 41, from * 64 + to, this.#sent)
  }

  #listen(machine: number, listening: Listening, { host, port }: Address) {
    const key = `${machine}:${port}`
    this.#listening.set(key, listening)
    const close = () => {
      if (this.#listening.get(key) === listening) this.#listening.delete(key)
      return Promise.resolve()
    }
    const server: ListeningServer = { host, port, close }
    return Promise.resolve(server)
  }

  #connect(
    from: { readonly machine: number; readonly process: Process },
    { host, port }: Address,
    signal?: AbortSignal,
  ): Promise<Stream> {
    const to = machineOf(host)
    const { process, machine } = from
    return new Promise((resolve, reject) => {
      let isOver = false
      const settle = (action: () => void) => {
        if (isOver) return
        isOver = true
        signal?.removeEventListener('abort', abort)
        action()
      }
      const abort = () => settle(() => reject(signal?.reason as Error))
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort, { once: true })
      const arrive = () => {
        if (isOver) return
        if (!this.of.hasPower(to)) return this.#retry(machine, to, arrive)
        const listening = this.#listening.get(`${to}:${port}`)
        const answer = (action: () => void) =>
          this.#travel(to, machine, () => process.happen(() => settle(action)))
        if (!listening) return answer(() => reject(refused(host, port)))
        const [here, there] = this.#join(from, { machine: to, process: listening.process })
        listening.process.happen(() => listening.accept(there))
        answer(() => resolve(here))
      }
      this.#travel(machine, to, arrive)
    })
  }

  #join(
    from: { readonly machine: number; readonly process: Process },
    to: { readonly machine: number; readonly process: Process },
  ): readonly [End, End] {
    this.#connections += 1
    const here = new End(this, from, this.#connections)
    const there = new End(this, to, this.#connections)
    here.join(there)
    there.join(here)
    for (const end of [here, there]) this.#ends.get(end.process)?.add(end)
    return [here, there]
  }

  forget(end: End): void {
    this.#ends.get(end.process)?.delete(end)
  }

  /** One step there, for as long as the link is cut. */
  #travel(from: number, to: number, arrive: () => void): void {
    this.of.scheduler.after(this.delayUs(from, to), () => {
      if (this.isCut(from, to)) this.#retry(from, to, arrive)
      else arrive()
    })
  }

  #retry(from: number, to: number, arrive: () => void): void {
    this.of.scheduler.after(RETRANSMIT_US, () => this.#travel(from, to, arrive))
  }

  isCut(from: number, to: number): boolean {
    return this.of.network.isBlocked(from, to)
  }
}

function refused(host: string, port: number): Error {
  return Object.assign(new Error(`ECONNREFUSED ${host}:${port}`), { code: 'ECONNREFUSED' })
}

/** One end of a connection. */
class End implements Stream {
  readonly process: Process
  readonly #machine: number
  readonly #wires: Wires
  readonly #number: number
  #other: End | null = null
  #events: StreamEvents | null = null
  /** What has arrived and nobody has read. */
  #inbox: Segment[] = []
  /** What is on its way to the other end, and when it is there at the earliest. */
  readonly #outbox: { readonly at: number; readonly segment: Segment }[] = []
  #isPumping = false
  #isPaused = false
  #state: 'open' | 'closed' = 'open'
  readonly unsentBytes = 0

  constructor(
    wires: Wires,
    of: { readonly machine: number; readonly process: Process },
    number: number,
  ) {
    this.#wires = wires
    this.process = of.process
    this.#machine = of.machine
    this.#number = number
  }

  join(other: End): void {
    this.#other = other
  }

  get #peer(): End {
    return this.#other as End
  }

  get peer(): string {
    return `${this.peerAddress}:${this.#number}`
  }

  get peerAddress(): string {
    return hostOf(this.#peer.#machine)
  }

  // --- Stream

  open(events: StreamEvents): void {
    this.#events = events
    this.#readSoon()
  }

  write(chunks: readonly Uint8Array[]): void {
    const bytes = Buffer.concat(chunks)
    for (const chunk of chunks) giveBack(chunk)
    if (this.#state === 'open') this.#send({ type: 'data', bytes })
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#readSoon()
  }

  end(): void {
    this.destroy()
  }

  destroy(): void {
    if (this.#state === 'closed') return
    this.#send({ type: 'end' })
    this.#close(null)
  }

  #close(error: Error | null): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#inbox = []
    this.#wires.forget(this)
    this.process.later(0, () => this.#events?.closed(error))
  }

  // --- on the way

  ownerDied(saysSo: boolean): void {
    this.#state = 'closed'
    if (saysSo) this.#send({ type: 'reset' })
    else this.#outbox.length = 0
  }

  #send(segment: Segment): void {
    const { scheduler } = this.#wires.of
    const at = scheduler.now + this.#wires.delayUs(this.#machine, this.#peer.#machine)
    this.#outbox.push({ at, segment })
    if (!this.#isPumping) this.#pump()
  }

  #pump(): void {
    const [first] = this.#outbox
    this.#isPumping = first !== undefined
    if (first) this.#wires.of.scheduler.at(first.at, () => this.#carry())
  }

  #carry(): void {
    const { scheduler } = this.#wires.of
    const { length } = this.#outbox
    if (length > 0 && this.#wires.isCut(this.#machine, this.#peer.#machine))
      return scheduler.after(RETRANSMIT_US, () => this.#carry())
    const first = this.#outbox.shift()
    if (first) this.#peer.#arrive(first.segment)
    this.#pump()
  }

  #arrive(segment: Segment): void {
    const { hasPower } = this.#wires.of
    if (!hasPower(this.#machine)) return
    if (this.#state === 'closed') {
      if (segment.type !== 'reset' && this.#peer.#state === 'open') this.#send({ type: 'reset' })
      return
    }
    this.#inbox.push(segment)
    this.process.happen(() => this.#read())
  }

  #readSoon(): void {
    if (this.#inbox.length > 0) this.process.later(0, () => this.#read())
  }

  #read(): void {
    while (this.#events && !this.#isPaused && this.#state === 'open') {
      const segment = this.#inbox.shift()
      if (!segment) return
      if (segment.type === 'data') this.#events.data(segment.bytes)
      else if (segment.type === 'end') this.#events.ended()
      else this.#close(new Error('ECONNRESET'))
    }
  }
}
