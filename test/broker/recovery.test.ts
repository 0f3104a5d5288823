// Goal: what was acknowledged can be read after a kill, without any further write, whatever the
// flush policy; what was there at the kill is recognised as a repeat.
// Method: a node in a process of its own, killed with SIGKILL and started again on its data.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import {
  bytesOf,
  createTopic,
  listOffset,
  newProducerId,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'

const LATEST = -1

let directory: TempDir
let node: ProcessNode
let client: Client
beforeEach(async () => {
  directory = await tempDir()
  await start()
})
afterEach(async () => {
  await client.close()
  await node.kill()
  await directory[Symbol.asyncDispose]()
})

async function start(): Promise<void> {
  node = await ProcessNode.start({ directory: directory.path })
  client = await Client.connect(node.address)
}

async function killAndStart(): Promise<void> {
  await client.close()
  await node.kill()
  await start()
}

test.each([
  ['never', {}],
  ['with every batch', { 'flush.messages': 1 }],
  ['now and then', { 'flush.messages': 7 }],
])('fsynced %s', async (_, configs) => {
  const topic = 'killed'
  await createTopic(client, topic, { configs })
  const producer = await newProducerId(client)
  const send = async (sequence: number, acks: number) => {
    const records = [{ value: bytesOf(`record ${sequence}`) }]
    const batch = buildBatch({ ...producer, baseSequence: sequence, records })
    const sent = produceBatch(client, { topic, batch, acks })
    const { errorCode, baseOffset } = await within(10_000, `an answer to acks=${acks}`, sent)
    return [errorCode, baseOffset]
  }
  for (let sequence = 0; sequence < 20; sequence += 1) {
    expect(await send(sequence, sequence % 2 === 0 ? -1 : 1)).toEqual([0, sequence])
  }
  for (let round = 0; round < 2; round += 1) {
    await killAndStart()
    // From the moment it says it is ready: a client that sees less would take it for the end.
    const end = await listOffset(client, { topic, timestamp: LATEST })
    expect([end.errorCode, end.offset]).toEqual([0, 20])
    const records = await readPartition(client, { topic })
    expect(records.map(({ value }) => text(value))).toEqual(
      Array.from({ length: 20 }, (_, sequence) => `record ${sequence}`),
    )
    expect(await send(18, -1)).toEqual([0, 18])
    expect(await send(19, 1)).toEqual([0, 19])
  }
})
