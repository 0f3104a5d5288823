/**
 * A topic that nobody writes to any more: what there is to be moved when replicas are, so much that
 * the speed of it can be measured. Its replicas are known to the byte.
 */
import assert from 'node:assert'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { errorName, errors } from '../../src/wire/errors.ts'
import {
  newProducerId,
  produceBatch,
  topicMetadata,
  type Production,
} from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { dumpReplicas } from './dumps.ts'
import { faultsIn, judgeReplicas } from './judging.ts'
import { createSurely } from './topics.ts'

export const BALLAST = 'ballast'
const PARTITIONS = 8
const RECORDS = 20
const RECORD_BYTES = 100_000
const REPLICAS = 3
/** As long as a producer of kafkajs or librdkafka would go on: 30 s. */
const ATTEMPTS_MAX = 300
const RETRY_MS = 100
const NOT_YET: ReadonlySet<number> = new Set([
  errors.UNKNOWN_TOPIC_OR_PARTITION,
  errors.LEADER_NOT_AVAILABLE,
  errors.NOT_LEADER_OR_FOLLOWER,
  errors.NOT_ENOUGH_REPLICAS,
  errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  errors.REQUEST_TIMED_OUT,
])

export class Ballast {
  /** By node id. */
  readonly #directoryOf: (nodeId: number) => string

  private constructor(directoryOf: (nodeId: number) => string) {
    this.#directoryOf = directoryOf
  }

  static async load(cluster: ProcessCluster): Promise<Ballast> {
    const client = (nodeId: number) => Client.connect(cluster.door(nodeId), { clientId: 'ballast' })
    const admin = await client(1)
    const replicationFactor = REPLICAS
    await createSurely(cluster.door(1), BALLAST, { partitions: PARTITIONS, replicationFactor })
    const { partitions } = await topicMetadata(admin, BALLAST)
    const identity = await newProducerId(admin)
    await admin.close()
    const value = new Uint8Array(RECORD_BYTES).map((_, index) => (index * index) & 0xff)
    for (const { partitionIndex: partition, leaderId } of partitions) {
      const leader = await client(leaderId)
      for (let baseSequence = 0; baseSequence < RECORDS; baseSequence += 1) {
        const batch = buildBatch({ records: [{ key: null, value }], ...identity, baseSequence })
        await produceSurely(leader, { topic: BALLAST, partition, batch })
      }
      await leader.close()
    }
    return new Ballast((nodeId) => cluster.directoryOf(nodeId))
  }

  /** What a node holds of partitions, in bytes. */
  bytesOn(nodeId: number, partitions: readonly number[]): number {
    let bytes = 0
    for (const partition of partitions) {
      const path = join(this.#directoryOf(nodeId), `${BALLAST}-${partition}`)
      for (const name of listed(path))
        if (name.endsWith('.log')) bytes += statSync(join(path, name)).size
    }
    return bytes
  }

  /** Compares all replicas, on nodes that do not run. What is wrong, as sentences. */
  async check(nodes: readonly number[]): Promise<readonly string[]> {
    const directories = new Map(nodes.map((id) => [id, this.#directoryOf(id)]))
    const dumps = await dumpReplicas(directories, { topic: BALLAST, partitions: PARTITIONS })
    const indexes = Array.from({ length: PARTITIONS }, (_, index) => index)
    const highWatermarks = new Map(indexes.map((index) => [index, RECORDS]))
    const checked = judgeReplicas(BALLAST, dumps.logs, { highWatermarks, replicas: REPLICAS })
    return [...dumps.faults, ...faultsIn(checked), ...checked.unknowns]
  }
}

/** Empty when the directory is not there (yet). */
function listed(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/**
 * A leader just elected may not know of it yet, and a busy machine lets an acknowledgement wait too
 * long: under its producer id the batch is sent again and written once (KIP-98).
 */
async function produceSurely(leader: Client, production: Production): Promise<void> {
  let code: number = errors.NONE
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    code = (await produceBatch(leader, production)).errorCode
    if (!NOT_YET.has(code)) break
    await sleep(RETRY_MS)
  }
  assert(code === errors.NONE, `loading ${BALLAST}: ${errorName(code)}`)
}
