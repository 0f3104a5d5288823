/**
 * A broker in this process: a node on a machine that can be taken from it. However it ends, nothing
 * of it goes on in this process.
 */
import { asError, LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import { readNodeConfig } from '../config/load.ts'
import type { Host } from '../node/machine.ts'
import { startNode, type RunningNode, type StopOptions } from '../node/node.ts'
import type { BrokerPlan, Life } from './life.ts'
import { MortalMachine } from './mortal-machine.ts'

export interface LocalLifePorts {
  /** Its disk keeps what one life leaves to the next. */
  readonly host: Host
  readonly logger: Logger
}

/** Throws INVALID_CONFIG; begins at once. */
export function beginLocalLife(plan: BrokerPlan, ports: LocalLifePorts): Life {
  return new LocalLife(plan, ports)
}

class LocalLife implements Life {
  readonly listening: Promise<void>
  readonly ready: Promise<{ readonly brokerEpoch: number }>
  readonly ended: Promise<Error | null>
  readonly pid = null
  readonly #machine: MortalMachine
  readonly #giveUp = new AbortController()
  readonly #starting: Promise<RunningNode>
  #tellEnd: (error: Error | null) => void = () => {}
  #ending: Promise<void> | null = null

  constructor({ flags }: BrokerPlan, { host, logger }: LocalLifePorts) {
    const { config, origins } = readNodeConfig({ flags })
    this.#machine = new MortalMachine(host)
    this.ended = new Promise((resolve) => (this.#tellEnd = resolve))
    let tellListening: () => void = () => {}
    const listening = new Promise<void>((resolve) => (tellListening = resolve))
    this.#starting = startNode(config, {
      logger: this.#machine.voice(logger),
      named: new Set(origins.keys()),
      host: this.#machine.host,
      onListening: tellListening,
      signal: this.#giveUp.signal,
    })
    this.ready = this.#starting.then(({ brokerEpoch }) => ({ brokerEpoch: brokerEpoch ?? -1 }))
    this.listening = Promise.race([listening, this.ready.then(() => {})])
    // Whoever needs them awaits them.
    for (const awaited of [this.listening, this.ready]) awaited.catch(() => {})
    void this.#supervise()
  }

  async published(offset: number): Promise<void> {
    await (await this.#starting).published(offset)
  }

  stop(options: StopOptions = {}): Promise<void> {
    return this.#end((node) => node.stop(options).catch(() => {}))
  }

  kill(): Promise<void> {
    return this.#end(async (node) => {
      const gone = this.#machine.kill()
      node.disconnect()
      await gone
    })
  }

  pause(): never {
    throw new LograftError(
      'UNSUPPORTED',
      'a broker in this process cannot be paused: start the cluster with `processes: true`',
    )
  }

  resume(): never {
    this.pause()
  }

  /** A start that fails, or a node that stops itself, ends this life. */
  async #supervise(): Promise<void> {
    try {
      const node = await this.#starting
      const error = await Promise.race([node.failed, node.shutdownWanted.then(() => null)])
      await this.#end((failed) => failed.stop().catch(() => {}), error)
    } catch (thrown) {
      await this.#end(() => Promise.resolve(), asError(thrown))
    }
  }

  /** Once. A start that is under way is given up, in order: it has promised nothing yet. */
  #end(finish: (node: RunningNode) => Promise<void>, error: Error | null = null): Promise<void> {
    this.#ending ??= (async () => {
      this.#giveUp.abort(new Error('not started any more'))
      const node = await this.#starting.catch(() => null)
      if (node) await finish(node)
      this.#tellEnd(error)
    })()
    return this.#ending
  }
}
