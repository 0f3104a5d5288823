/**
 * What `grpc.health.v1` tells of this node: each role under its name, and the whole node, as
 * readiness has it; a public service by its full name, which serves once the node has heard of its
 * cluster.
 */
import type { Clock, Timer } from '../base/clock.ts'
import type { Served } from '../rpc/handlers.ts'
import { Health } from '../rpc/health.ts'
import type { Readiness } from './readiness.ts'

/** Some of what roles look at passes without an event: a session that nobody confirms. */
const LOOK_MS = 1_000

const PUBLIC = /^(grpc|lograft\.admin)\./

export class NodeHealth {
  readonly #health: Health
  readonly #clock: Clock
  readonly #readiness: Readiness
  readonly #endWatch: () => void
  #services: readonly string[] = []
  #look: Timer | null = null

  constructor(clock: Clock, readiness: Readiness) {
    this.#clock = clock
    this.#readiness = readiness
    this.#health = new Health(() => readiness.changed())
    this.#endWatch = readiness.watch(() => this.#tell())
    this.#tell()
    this.#lookAgain()
  }

  get services(): readonly Served[] {
    return this.#health.services
  }

  /** All that the node serves; nothing of it is ready yet. */
  name(served: readonly Served[]): void {
    const names = served.map(({ method: { path } }) => path.slice(0, path.indexOf('/')))
    this.#services = [...new Set(names)].filter((name) => PUBLIC.test(name))
    for (const name of this.#services) this.#health.set(name, false)
  }

  /** There is a cluster, and services can answer for it. */
  serve(): void {
    for (const name of this.#services) this.#health.set(name, true)
  }

  /** Before the server stops. */
  close(): void {
    this.#look?.cancel()
    this.#endWatch()
    this.#health.close()
  }

  #tell(): void {
    const { roles } = this.#readiness
    for (const { role, notServing } of roles) this.#health.set(role, notServing === null)
    this.#health.set(
      '',
      roles.every(({ notServing }) => notServing === null),
    )
  }

  #lookAgain(): void {
    this.#look = this.#clock.timer(LOOK_MS, () => {
      this.#readiness.changed()
      this.#lookAgain()
    })
  }
}
