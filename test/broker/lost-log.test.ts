// Goal: a partition whose directory is gone is offline and says so; an empty log in its place would
// give offsets out twice. A topic made anew afterwards is none of that.
// Method: a real node loses a directory between a stop and a start.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { bytesOf, createTopic, deleteTopic, produceBatch, readPartition } from '../support/calls.ts'
import { LocalNode } from '../support/local-node.ts'

const STORAGE_ERROR = 56

let node: LocalNode
beforeEach(async () => {
  node = await LocalNode.start()
})
afterEach(() => node[Symbol.asyncDispose]())

const batch = () => buildBatch({ records: [{ value: bytesOf('x') }] })

test('offline until the topic is deleted; the others are served', async () => {
  const before = await node.connect()
  for (const topic of ['lost', 'kept']) {
    await createTopic(before, topic)
    await produceBatch(before, { topic, batch: batch(), acks: -1 })
  }
  await node.stop()
  rmSync(join(node.directory, 'lost-0'), { recursive: true })
  await node.startAgain()

  const client = await node.connect()
  const refused = await produceBatch(client, { topic: 'lost', batch: batch(), acks: -1 })
  expect(refused.errorCode).toBe(STORAGE_ERROR)
  expect(await readPartition(client, { topic: 'kept' })).toHaveLength(1)

  expect(await deleteTopic(client, 'lost')).toBe(0)
  await createTopic(client, 'lost')
  const anew = await produceBatch(client, { topic: 'lost', batch: batch(), acks: -1 })
  expect([anew.errorCode, anew.baseOffset]).toEqual([0, 0])
})
