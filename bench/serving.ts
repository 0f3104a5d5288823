/**
 * When groups are served again after their coordinator was killed: asked again and again, as a
 * client without patience would, where each is coordinated now, and for its offsets.
 */
import { OFFSETS_TOPIC, partitionForGroup } from '../src/coordinator/offsets-topic.ts'
import { offsetFetch } from '../src/wire/apis/09-offset-fetch.ts'
import { findCoordinator } from '../src/wire/apis/10-find-coordinator.ts'
import { electLeaders } from '../src/wire/apis/43-elect-leaders.ts'
import { errors } from '../src/wire/errors.ts'
import type { Address } from '../test/support/client.ts'
import { Client } from '../test/support/client.ts'
import { eventually } from '../test/support/within.ts'
import { isConnectionLost } from './clients.ts'
import type { Committer } from './commit-source.ts'
import { commitOnce } from './coordinators.ts'

/** In the milliseconds of `performance.now()`. */
export interface Served {
  readonly firstFetchMs: number
  readonly allFetchedMs: number
  readonly allCommittedMs: number
}

/** Of the offsets topic, by default. */
export const OFFSETS_PARTITIONS = 50

const FETCH_VERSION = 8
const FIND_VERSION = 4
const ELECT_VERSION = 2
const PREFERRED = 0
const GIVE_UP_MS = 60_000
const PAUSE_MS = 3

/** Of these groups, one in each partition of the offsets topic. */
export function onePerPartition(groupIds: readonly string[]): readonly string[] {
  const byPartition = groupIds.map((id) => [partitionForGroup(id, OFFSETS_PARTITIONS), id] as const)
  return [...new Map(byPartition).values()]
}

/** `address`: of a broker that runs. Every one of the groups has offsets. */
export async function untilServed(
  address: Address,
  groupIds: readonly string[],
  commitsOf: (groupId: string) => Omit<Committer, 'address'>,
): Promise<Served> {
  await using asking = new Asking(address)
  const fetched = await asking.untilEach(groupIds, (client, ids) => fetchEach(client, ids))
  const committed = await asking.untilEach(groupIds, (client, ids) =>
    Promise.all(ids.map((id) => commitOnce(client, commitsOf(id)))).then((codes) =>
      ids.filter((_, index) => codes[index] === errors.NONE),
    ),
  )
  return {
    firstFetchMs: fetched.firstMs,
    allFetchedMs: fetched.allMs,
    allCommittedMs: committed.allMs,
  }
}

/** When every partition of the offsets topic is led by the broker that it should be led by. */
export async function untilPreferred(address: Address): Promise<void> {
  await using client = await Client.connect(address)
  await eventually(GIVE_UP_MS, 'the preferred leaders', async () => {
    const request = { electionType: PREFERRED, topicPartitions: null, timeoutMs: GIVE_UP_MS }
    const answer = await client.request(electLeaders, ELECT_VERSION, request)
    // Those that need none are not named.
    const codes = answer.replicaElectionResults.flatMap(({ partitionResult }) =>
      partitionResult.map(({ errorCode }) => errorCode),
    )
    return answer.errorCode === errors.NONE && codes.every((code) => code === errors.NONE)
  })
}

/** Those whose offsets were told; throws when one has none, for then they are lost. */
async function fetchEach(client: Client, ids: readonly string[]): Promise<readonly string[]> {
  const groups = ids.map((groupId) => ({ groupId, topics: null }))
  const answer = await client.request(offsetFetch, FETCH_VERSION, { groups, requireStable: false })
  const told = answer.groups.filter(({ errorCode }) => errorCode === errors.NONE)
  const empty = told.find(({ topics }) => topics.length === 0)
  if (empty !== undefined) throw new Error(`the offsets of ${empty.groupId} are gone`)
  return told.map(({ groupId }) => groupId)
}

/** Asks for coordinators, and them. Owns the connections. */
class Asking implements AsyncDisposable {
  readonly #address: Address
  readonly #clients = new Map<number, Client>()

  constructor(address: Address) {
    this.#address = address
  }

  /** `ask` says which of the groups are done. */
  async untilEach(
    groupIds: readonly string[],
    ask: (client: Client, groupIds: readonly string[]) => Promise<readonly string[]>,
  ): Promise<{ readonly firstMs: number; readonly allMs: number }> {
    const deadlineMs = performance.now() + GIVE_UP_MS
    let firstMs: number | null = null
    for (let open = groupIds; ;) {
      const done = new Set<string>()
      for (const [where, ids] of await this.#coordinators(open))
        for (const id of await this.#unlessLost(where, (client) => ask(client, ids))) done.add(id)
      if (done.size > 0) firstMs ??= performance.now()
      open = open.filter((id) => !done.has(id))
      const nowMs = performance.now()
      if (open.length === 0) return { firstMs: firstMs ?? nowMs, allMs: nowMs }
      if (nowMs > deadlineMs)
        throw new Error(`${open.length} groups of ${OFFSETS_TOPIC} are not served, as ${open[0]}`)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  /** Of the groups that have one, by coordinator. */
  async #coordinators(
    coordinatorKeys: readonly string[],
  ): Promise<ReadonlyMap<Address, readonly string[]>> {
    const request = { keyType: 0, coordinatorKeys }
    const client = await this.#client(this.#address)
    const { coordinators } = await client.request(findCoordinator, FIND_VERSION, request)
    const found = new Map<number, { readonly where: Address; readonly ids: string[] }>()
    for (const { key, errorCode, host, port } of coordinators) {
      if (errorCode !== errors.NONE) continue
      const of = found.get(port) ?? { where: { host, port }, ids: [] }
      found.set(port, of)
      of.ids.push(key)
    }
    return new Map(Array.from(found.values(), ({ where, ids }) => [where, ids]))
  }

  /** Nothing when the coordinator is lost: it is the one that was killed. */
  async #unlessLost(
    where: Address,
    ask: (client: Client) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    try {
      return await ask(await this.#client(where))
    } catch (thrown) {
      if (!isConnectionLost(thrown)) throw thrown
      this.#clients.delete(where.port)
      return []
    }
  }

  async #client(where: Address): Promise<Client> {
    const known = this.#clients.get(where.port)
    if (known !== undefined) return known
    const client = await Client.connect(where)
    this.#clients.set(where.port, client)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients.values()) await client.close()
  }
}
