/**
 * A topic that nobody writes to any more: what there is to be moved when replicas are, so much that
 * the speed of it can be measured. Its replicas are known to the byte.
 */
import assert from 'node:assert'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildBatch } from '../../src/records/builder.ts'
import { errors } from '../../src/wire/errors.ts'
import { produceBatch, topicMetadata } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import type { ProcessCluster } from '../../test/support/process-cluster.ts'
import { dumpReplicas } from './dumps.ts'
import { checkReplicas } from './replicas.ts'
import { createSurely } from './topics.ts'

export const BALLAST = 'ballast'
const PARTITIONS = 8
const RECORDS = 20
const RECORD_BYTES = 100_000
const REPLICAS = 3

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
    await admin.close()
    const value = new Uint8Array(RECORD_BYTES).map((_, index) => (index * index) & 0xff)
    const batch = buildBatch({ records: [{ key: null, value }] })
    for (const { partitionIndex: partition, leaderId } of partitions) {
      const leader = await client(leaderId)
      for (let record = 0; record < RECORDS; record += 1) {
        const answer = await produceBatch(leader, { topic: BALLAST, partition, batch })
        assert.equal(answer.errorCode, errors.NONE, 'the ballast is taken')
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
    return [...dumps.faults, ...checkReplicas(dumps.logs, { highWatermarks, replicas: REPLICAS })]
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
