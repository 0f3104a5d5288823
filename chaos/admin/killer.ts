/**
 * Kills the active controller by `kill -9`, whoever it is at the moment, again and again, and has
 * each one come back a little later. Two may be gone at once: then nothing can be changed until one
 * is back.
 */
import { asError } from '../../src/base/errors.ts'
import type { NodeId } from '../../src/base/ids.ts'
import type { Dice } from '../../test/support/log-text.ts'
import { within } from '../../test/support/within.ts'
import type { Ledger } from './ledger.ts'
import { CONTROLLERS, type AdminNodes } from './nodes.ts'

const LEADER_WITHIN_MS = 60_000
/** From the event that triggers it to the signal: before, during or after the next commit. */
const DELAY_MAX_MS = 8
const DOWN_MAX_MS = 500

export interface Kill {
  readonly nodeId: NodeId
  readonly atMs: number
}

export class Killer {
  kills = 0
  readonly #nodes: AdminNodes
  readonly #ledger: Ledger
  readonly #random: Dice
  readonly #onFault: (sentence: string) => void
  readonly #restarts = new Set<Promise<void>>()

  constructor(options: {
    readonly nodes: AdminNodes
    readonly ledger: Ledger
    readonly random: Dice
    readonly onFault: (sentence: string) => void
  }) {
    const { nodes, ledger, random, onFault } = options
    this.#nodes = nodes
    this.#ledger = ledger
    this.#random = random
    this.#onFault = onFault
  }

  /** The active controller, when it runs; else null. */
  get target(): NodeId | null {
    const { leaderId } = this.#ledger.leadership
    return leaderId !== null && this.#nodes.isRunning(leaderId) ? leaderId : null
  }

  /** Null when it is not wanted any more when there is one to be killed. */
  async killActive(isWanted: () => boolean): Promise<Kill | null> {
    const found = this.#ledger.until(() => this.target !== null || !isWanted())
    await within(LEADER_WITHIN_MS, 'an active controller', found)
    await sleep(this.#random.next() * DELAY_MAX_MS)
    const nodeId = this.target
    if (nodeId === null || !isWanted()) return null
    const atMs = performance.now()
    this.kills += 1
    await this.#nodes.kill(nodeId)
    const restart = this.#comeBack(nodeId)
    this.#restarts.add(restart)
    void restart.finally(() => this.#restarts.delete(restart))
    return { nodeId, atMs }
  }

  /** Until all controllers run again. */
  async allBack(): Promise<void> {
    await Promise.all(this.#restarts)
  }

  /** All controllers at once. */
  async killAll(): Promise<void> {
    await Promise.all(CONTROLLERS.map((nodeId) => this.#nodes.kill(nodeId)))
    await Promise.all(CONTROLLERS.map((nodeId) => this.#comeBack(nodeId)))
  }

  async #comeBack(nodeId: NodeId): Promise<void> {
    await sleep(this.#random.next() * DOWN_MAX_MS)
    try {
      await this.#nodes.restart(nodeId)
    } catch (thrown) {
      this.#onFault(`node ${nodeId} did not come back: ${asError(thrown).message}`)
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
