/**
 * The network between brokers where it can be damaged: for every ordered pair (who dials, and whom)
 * a link to the other's gRPC listener and one to its Kafka listener. Clients do not come this way.
 */
import { TcpProxy } from '../host/tcp-proxy.ts'
import type { Place } from './broker.ts'

interface Link {
  readonly from: number
  readonly to: number
  readonly kafka: TcpProxy
  readonly grpc: TcpProxy
}

export class Links {
  readonly #links: readonly Link[]

  private constructor(links: readonly Link[]) {
    this.#links = links
  }

  static async open(ids: readonly number[]): Promise<Links> {
    const pairs = ids.flatMap((from) => ids.flatMap((to) => (from === to ? [] : { from, to })))
    const links = pairs.map(async (pair) => {
      const [kafka, grpc] = await Promise.all([TcpProxy.open(), TcpProxy.open()])
      return { ...pair, kafka, grpc }
    })
    return new Links(await Promise.all(links))
  }

  /** Where `from` dials `to`. */
  between(from: number, to: number): Place {
    const link = this.#links.find((other) => other.from === from && other.to === to)
    if (!link) throw new Error(`there is no link from ${from} to ${to}`)
    return { kafka: link.kafka, grpc: link.grpc }
  }

  /** Whoever dials `id` gets to its place, or with null is refused. */
  async leadTo(id: number, place: Place | null): Promise<void> {
    const led = this.#links.filter(({ to }) => to === id)
    await Promise.all(
      led.flatMap(({ kafka, grpc }) => [
        kafka.setUpstream(place?.kafka ?? null),
        grpc.setUpstream(place?.grpc ?? null),
      ]),
    )
  }

  /** Nothing passes between the two any more: connections stay, and hear nothing. */
  cut(one: number, other: number): void {
    this.#stall(({ from, to }) => [one, other].includes(from) && [one, other].includes(to))
  }

  isolate(id: number): void {
    this.#stall(({ from, to }) => from === id || to === id)
  }

  async heal(): Promise<void> {
    await Promise.all(this.#proxies(this.#links).map((proxy) => proxy.heal()))
  }

  async close(): Promise<void> {
    await Promise.all(this.#proxies(this.#links).map((proxy) => proxy[Symbol.asyncDispose]()))
  }

  #stall(isCut: (link: Link) => boolean): void {
    for (const proxy of this.#proxies(this.#links.filter(isCut)))
      proxy.inject({ type: 'stall', direction: 'both' })
  }

  #proxies(links: readonly Link[]): readonly TcpProxy[] {
    return links.flatMap(({ kafka, grpc }) => [kafka, grpc])
  }
}
