/** The bare loop as the measures see it: its process, and those of its followers if it has any. */
import { Child } from './child.ts'
import type { BareOrder } from './bare-loop.ts'
import type { Side } from './side.ts'

export class Bare implements AsyncDisposable {
  readonly side: Side
  /** The one that is talked to, then its followers. */
  readonly #children: readonly Child[]

  private constructor(side: Side, children: readonly Child[]) {
    this.side = side
    this.#children = children
  }

  /** `path` is the file it writes to; each follower writes to one beside it. */
  static async start(path: string, { followers = 0 } = {}): Promise<Bare> {
    const children: Child[] = []
    const ports: number[] = []
    for (let index = followers; index >= 0; index -= 1) {
      const isLeader = index === 0
      const args = isLeader ? [path, ...ports.map(String)] : [`${path}-${index}`]
      const child = new Child('bare-loop.ts', args)
      children.unshift(child)
      ports.push(((await child.next()) as { port: number }).port)
    }
    const address = { host: '127.0.0.1', port: ports.at(-1) as number }
    const pids = children.map(({ pid }) => pid)
    return new Bare({ name: 'bare', address, pids }, children)
  }

  /** Empties its files; from now on it keeps batches for fetches, or does not. */
  async reset(order: BareOrder = 'forget'): Promise<void> {
    for (const [index, child] of this.#children.entries())
      await child.ask(index === 0 ? order : 'forget')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#children.map((child) => child[Symbol.asyncDispose]()))
  }
}
