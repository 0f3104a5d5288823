/**
 * A client that watches the metadata, and is cut off again and again: after a random number of
 * events, or because its node was killed. It goes on at another node, often at one that has just
 * come back, and never begins anew by itself.
 */
import { asError } from '../../src/base/errors.ts'
import type { NodeId } from '../../src/base/ids.ts'
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import { changeMethods } from '../../src/rpc/admin/methods.ts'
import { RpcError } from '../../src/rpc/status.ts'
import { HeldState } from '../../test/support/held-state.ts'
import type { Dice } from '../../test/support/log-text.ts'
import type { AdminNodes } from './nodes.ts'

const wire = lograft.admin.v1

const EVENTS_MAX = 25
const PAUSE_MS = 20
/** How often it goes on at the node that was started last. */
const NEWEST = 0.4

const cutOff = new RpcError('CANCELLED', 'cut off')

export class Follower {
  readonly held = new HeldState()
  cuts = 0
  /** By how a node ended it. */
  readonly endings = new Map<string, number>()
  readonly #nodes: AdminNodes
  readonly #random: Dice
  readonly #onFault: (sentence: string) => void
  #isStopped = false
  #away: Promise<void> = Promise.resolve()
  #cut: () => void = () => {}
  readonly #over: Promise<void>

  constructor(nodes: AdminNodes, random: Dice, onFault: (sentence: string) => void) {
    this.#nodes = nodes
    this.#random = random
    this.#onFault = onFault
    this.#over = this.#run()
  }

  /** Until what is returned is called: then what it lacks may be compacted. */
  stayAway(): () => void {
    let comeBack = () => {}
    this.#away = new Promise((resolve) => (comeBack = resolve))
    this.#cut()
    return comeBack
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cut()
    await this.#over
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const { open, newest } = this.#nodes
      const isNewest = this.#random.next() < NEWEST && open.includes(newest)
      const nodeId = isNewest ? newest : this.#random.pick(open)
      try {
        await this.#watch(nodeId)
      } catch (thrown) {
        this.#isStopped = true
        this.#onFault(`who watches at node ${nodeId}: ${asError(thrown).message}`)
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      await this.#away
    }
  }

  /** Until it is cut off, or the node ends it. Rejects with what must not be. */
  #watch(nodeId: NodeId): Promise<void> {
    const request = new wire.WatchRequest(this.held.resumption)
    const stream = this.#nodes.client(nodeId).channel.responses(changeMethods.watch, request)
    let left = this.#random.int(1, EVENTS_MAX)
    return new Promise((resolve, reject) => {
      this.#cut = () => {
        stream.fail(cutOff)
        resolve()
      }
      stream.open({
        message: (event) => {
          if (left <= 0) return
          try {
            this.held.apply(event)
          } catch (thrown) {
            left = 0
            stream.fail(cutOff)
            return reject(asError(thrown))
          }
          left -= 1
          if (left > 0) return
          this.cuts += 1
          this.#cut()
        },
        closed: (error) => {
          if (error === null) return reject(new Error('it ended with OK'))
          this.endings.set(error.code, (this.endings.get(error.code) ?? 0) + 1)
          if (!['UNAVAILABLE', 'CANCELLED', 'OUT_OF_RANGE'].includes(error.code)) reject(error)
          resolve()
        },
      })
    })
  }
}

/** What a node has at this moment: a snapshot, and nothing behind it. */
export async function snapshotOf(nodes: AdminNodes, nodeId: NodeId) {
  const held = new HeldState()
  const client = nodes.client(nodeId)
  const stream = client.channel.responses(changeMethods.watch, new wire.WatchRequest())
  await new Promise<void>((resolve, reject) =>
    stream.open({
      message: (event) => {
        held.apply(event)
        if (event.snapshotEnd === null) return
        stream.fail(cutOff)
        resolve()
      },
      closed: (error) => reject(error ?? new Error('it ended with OK')),
    }),
  )
  return held
}
