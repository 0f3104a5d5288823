// Goal: Prometheus takes what /metrics says, and its linter has nothing to say about it.
// Method: promtool over the pages of a node as users run it, before anything has happened and after
// clients of all kinds have, with names that are hard to quote.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { findCoordinator } from '../../src/wire/apis/10-find-coordinator.ts'
import { errors } from '../../src/wire/errors.ts'
import { bytesOf, createTopic, produceBatch, readPartition } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { describeWith } from '../support/peer.ts'
import { promtoolCheck, promtoolPeer } from '../support/promtool.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const WAIT_MS = 30_000
const HARD_TO_QUOTE = 'a "group" with \\ and\na line'

describeWith(promtoolPeer)('promtool', () => {
  let directory: TempDir
  let node: ProcessNode

  beforeAll(async () => {
    directory = await tempDir()
    node = await ProcessNode.start({ directory: join(directory.path, 'data') })
  })
  afterAll(async () => {
    await node.kill()
    await directory[Symbol.asyncDispose]()
  })

  const page = async () => (await fetch(`${node.http}/metrics`)).text()

  test('has nothing against a node that was just started', async () => {
    expect(promtoolCheck(await page())).toEqual({ status: 0, said: '' })
  })

  test('has nothing against one that was used', async () => {
    await using client = await Client.connect(node.address)
    await createTopic(client, 'orders')
    const batch = buildBatch({ records: [{ value: bytesOf('an order') }] })
    await produceBatch(client, { topic: 'orders', batch })
    await produceBatch(client, { topic: 'nowhere', batch })
    await readPartition(client, { topic: 'orders' })
    await commit(client)
    const used = await page()
    expect(used).toContain(String.raw`{group="a \"group\" with \\ and\na line",topic="orders"`)
    expect(promtoolCheck(used)).toEqual({ status: 0, said: '' })
  })

  test('would have said so', async () => {
    const { status, said } = promtoolCheck((await page()).replaceAll('_bytes_total', '_kilobytes'))
    expect(status).not.toBe(0)
    expect(said).toContain('kilobytes')
  })

  async function commit(client: Client): Promise<void> {
    const partitions = [{ partitionIndex: 0, committedOffset: 1, committedMetadata: null }]
    await eventually(WAIT_MS, 'a coordinator', async () => {
      await client.request(findCoordinator, 3, { key: HARD_TO_QUOTE, keyType: 0 })
      const { topics } = await client.request(offsetCommit, 8, {
        ...{ groupId: HARD_TO_QUOTE, generationIdOrMemberEpoch: -1, memberId: '' },
        ...{ groupInstanceId: null, topics: [{ name: 'orders', partitions }] },
      })
      return topics[0]?.partitions[0]?.errorCode === errors.NONE
    })
  }
})
