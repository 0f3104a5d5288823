/**
 * Goal: whoever watches has the cluster's state exactly, whatever it is cut off by: from a
 * snapshot, from any entry that is still held, at any node, and never an earlier state after a
 * later one.
 * Method: three real brokers in this process; a watcher that is cut off again and again, after a
 * random number of events, and goes on at another node, while topics come, grow, change and go;
 * what it holds in the end is compared with a fresh snapshot, thing by thing.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { changeMethods, configMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { RpcError } from '../../../src/rpc/status.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { HeldState } from '../../support/held-state.ts'
import { dice } from '../../support/log-text.ts'
import { within } from '../../support/within.ts'

const wire = lograft.admin.v1
type WatchEvent = lograft.admin.v1.WatchEvent

let cluster: Cluster
let nodes: AdminClient[] = []

beforeAll(async () => {
  cluster = await startCluster({ brokers: 3, timeoutMs: 60_000 })
  nodes = cluster.brokers.map(({ grpcAddress }) => new AdminClient(grpcAddress))
}, 120_000)

afterAll(async () => {
  for (const node of nodes) node.close()
  await cluster.stop()
})

const cutOff = new RpcError('CANCELLED', 'the test has seen enough')

const ending: (() => void)[] = []
afterEach(() => {
  for (const end of ending.splice(0)) end()
})

const nodeAt = (index: number) => nodes[index % nodes.length] as AdminClient

/** Feeds `held` until `isEnough`; rejects with the status when the stream ends first. */
function watch(
  held: HeldState,
  node: AdminClient,
  isEnough: (event: WatchEvent) => boolean,
  request: lograft.admin.v1.IWatchRequest = held.resumption,
): Promise<void> {
  const asked = new wire.WatchRequest(request)
  const stream = node.channel.responses(changeMethods.watch, asked)
  ending.push(() => stream.end())
  const enough = new Promise<void>((resolve, reject) => {
    let isDone = false
    stream.open({
      message(event) {
        if (isDone) return
        held.apply(event)
        if (!isEnough(event)) return
        isDone = true
        stream.fail(cutOff)
        resolve()
      },
      closed: (error: RpcError | null) => reject(error ?? new Error('ended')),
    })
  })
  return within(30_000, 'enough events', enough)
}

async function snapshot(node: AdminClient): Promise<HeldState> {
  const held = new HeldState()
  await watch(held, node, ({ snapshotEnd }) => snapshotEnd !== null)
  return held
}

/** Topics come, grow, are configured and go; resolves with the offset of the last change. */
async function changeEverything(prefix: string, rounds: number): Promise<number> {
  let offset = 0
  const done = (mutated: lograft.admin.v1.Mutated | null) => {
    offset = Math.max(offset, mutated?.metadataOffset ?? 0)
  }
  for (let round = 0; round < rounds; round += 1) {
    const node = nodeAt(round)
    const isKept = round % 4 === 3 || round === rounds - 1
    const name = isKept ? `${prefix}-kept-${round}` : `${prefix}-${round % 4}`
    const topics = [new wire.NewTopic({ name, partitions: 3, configs: { 'retention.ms': '1' } })]
    done((await node.call(topicMethods.create, new wire.CreateTopicsRequest({ topics }))).mutated)
    const resource = new wire.Resource({ type: 1, name })
    const change = { resource, set: { 'segment.ms': String(round + 1) }, unset: ['retention.ms'] }
    const changes = [new wire.ConfigChange(change)]
    done(await node.call(configMethods.alter, new wire.AlterConfigsRequest({ changes })))
    const grown = [new wire.AddedPartitions({ topic: name, count: 5 })]
    done(
      await node.call(topicMethods.addPartitions, new wire.AddPartitionsRequest({ topics: grown })),
    )
    if (isKept) continue
    const gone = [new wire.TopicName({ name })]
    done(await node.call(topicMethods.delete, new wire.DeleteTopicsRequest({ topics: gone })))
  }
  return offset
}

const reaches = (held: HeldState, offset: number) => () => held.offset >= offset

describe('a watcher', () => {
  test('gets a snapshot, then every entry', async () => {
    const held = new HeldState()
    const before = await snapshot(nodeAt(0))
    const watching = watch(held, nodeAt(1), () => held.entries >= 5)
    const offset = await changeEverything('first', 2)
    await watching
    await watch(held, nodeAt(1), reaches(held, offset))
    expect(held.snapshots).toBe(1)
    expect(held.offset).toBeGreaterThan(before.offset)
    expect(held.things).toEqual((await snapshot(nodeAt(2))).things)
  })

  test('that is cut off at random goes on at other nodes, and holds exactly what there is', async () => {
    const held = new HeldState()
    const random = dice(20_261_126)
    let newest = Infinity
    const changing = changeEverything('cut', 24).then((offset) => (newest = offset))
    for (let cut = 0; held.offset < newest; cut += 1) {
      let left = random.int(1, 12)
      const enough = () => (left -= 1) <= 0 || held.offset >= newest
      await watch(held, nodeAt(cut), enough)
    }
    await changing
    expect(held.things).toEqual((await snapshot(nodeAt(0))).things)
    expect(held.entries).toBeGreaterThan(50)
    expect(held.snapshots).toBeLessThan(10)
  })

  test('of topics that go and come again under their names is told so', async () => {
    const held = await snapshot(nodeAt(0))
    const offset = await changeEverything('again', 4)
    await watch(held, nodeAt(0), reaches(held, offset))
    expect(held.things).toEqual((await snapshot(nodeAt(1))).things)
  })
})

describe('where nothing can be told', () => {
  const outcome = async (request: lograft.admin.v1.IWatchRequest) => {
    try {
      await watch(new HeldState(), nodeAt(0), () => true, request)
      return 'told'
    } catch (thrown) {
      const { code, reason, field } = thrown as RpcError
      return `${code} ${reason} ${field}`
    }
  }

  test('another cluster', async () => {
    expect(await outcome({ afterOffset: 1, clusterId: 'AAAAAAAAAAAAAAAAAAAAAQ' })).toBe(
      'FAILED_PRECONDITION INCONSISTENT_CLUSTER_ID cluster_id',
    )
  })

  test('an entry of the future is waited for, and not for ever', async () => {
    expect(await outcome({ afterOffset: 1_000_000 })).toBe(
      'OUT_OF_RANGE OFFSET_OUT_OF_RANGE after_offset',
    )
  })

  test('an offset that no number holds', async () => {
    expect(await outcome({ afterOffset: 2 ** 53 })).toMatch(/INVALID_ARGUMENT/)
  })
})
