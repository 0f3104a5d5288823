/**
 * Goal: a plan is carried out step by step, each once, whichever node goes on with it; a plan that
 * the cluster has left behind, that was altered or that loses records unasked does nothing more.
 * Method: three real brokers in this process; calls that are cut off and repeated elsewhere, two
 * plans of one state, and every field that can be wrong.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../../src/chaos/cluster/process-node.ts'
import { formatHostPort } from '../../../src/config/addresses.ts'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { planMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { RpcError } from '../../../src/rpc/status.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/within.ts'
import { freePort } from '../rpc/tcp.ts'

const wire = lograft.admin.v1
type Plan = lograft.admin.v1.Plan
type ApplyEvent = lograft.admin.v1.ApplyEvent

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

const nodeAt = (index: number) => nodes[index % nodes.length] as AdminClient

type Desired = Omit<lograft.admin.v1.IMakePlanRequest, 'topics'> & {
  readonly topics?: lograft.admin.v1.IDesiredTopic[]
}

const asked = ({ topics = [], ...rest }: Desired) =>
  new wire.MakePlanRequest({ ...rest, topics: topics.map((one) => new wire.DesiredTopic(one)) })
const make = (desired: Desired, node = nodeAt(0)): Promise<Plan> =>
  node.call(planMethods.make, asked(desired))

interface Outcome {
  /** `create topic x: … (already)`. */
  readonly told: readonly string[]
  readonly error: RpcError | null
}

/** `stopAfter`: events after which the client leaves. */
function apply(
  plan: Plan,
  idempotencyKey: string,
  {
    node = nodeAt(1),
    stopAfter = Infinity,
    ...rest
  }: lograft.admin.v1.IApplyPlanRequest & { node?: AdminClient; stopAfter?: number } = {},
): Promise<Outcome> {
  const request = new wire.ApplyPlanRequest({ ...rest, plan, idempotencyKey })
  const stream = node.channel.responses(planMethods.apply, request)
  const told: string[] = []
  const done = new Promise<Outcome>((resolve) =>
    stream.open({
      message({ summary, mutated }: ApplyEvent) {
        if (told.length >= stopAfter) return
        told.push(mutated?.alreadyApplied ? `${summary} (already)` : summary)
        if (told.length === stopAfter) stream.fail(new RpcError('CANCELLED', 'enough'))
      },
      closed: (error) => resolve({ told, error }),
    }),
  )
  return within(60_000, 'the end of the plan', done)
}

const reasonOf = ({ error }: Outcome) => (error ? `${error.reason} ${error.field}` : 'done')

async function topicNames(): Promise<readonly string[]> {
  const { topics } = await nodeAt(2).call(topicMethods.list, new wire.ListTopicsRequest())
  return topics.map(({ name }) => name)
}

describe('a plan', () => {
  test('brings the cluster to what is desired, and then there is nothing to do', async () => {
    const desired = {
      topics: [
        { name: 'a', partitions: 2, replicationFactor: 3, configs: { 'retention.ms': '1000' } },
        { name: 'b', partitions: 1, replicationFactor: 2 },
      ],
    }
    const plan = await make(desired)
    expect(reasonOf(await apply(plan, 'first'))).toBe('done')
    expect((await make(desired, nodeAt(1))).steps).toEqual([])
    const more = {
      topics: [
        { name: 'a', partitions: 3, configs: { 'retention.ms': '5' } },
        { name: 'b', replicationFactor: 3 },
      ],
    }
    const { told } = await apply(await make(more), 'second')
    expect(told).toEqual([
      'topic a: retention.ms=5',
      'topic a: 2 → 3 partitions',
      'topic b: 2 → 3 replicas of 1 partition(s)',
    ])
    await cluster.caughtUp('b')
    expect((await make(more, nodeAt(2))).steps).toEqual([])
  })

  test('that is cut off goes on at another node, no step twice', async () => {
    const topics = Array.from({ length: 12 }, (_, at) => ({ name: `cut-${at}` }))
    const plan = await make({ topics })
    const seen = new Set<string>()
    for (let round = 0; ; round += 1) {
      const { told, error } = await apply(plan, 'cut', {
        node: nodeAt(round),
        stopAfter: 3 + round * 2,
      })
      for (const step of told.filter((text) => !text.endsWith('(already)'))) {
        expect(seen.has(step)).toBe(false)
        seen.add(step)
      }
      if (error === null) break
    }
    expect((await topicNames()).filter((name) => name.startsWith('cut-')).length).toBe(12)
    const { told } = await apply(plan, 'cut')
    expect(told.every((text) => text.endsWith('(already)'))).toBe(true)
    expect(reasonOf(await apply(plan, 'other-key'))).toBe('PLAN_OUTDATED plan.steps[0]')
  })

  test('that grows a topic and gives it other replicas is done when it is done', async () => {
    for (const [from, to] of [
      [1, 3],
      [3, 1],
    ] as const) {
      const name = `from-${from}-to-${to}`
      const before = { topics: [{ name, partitions: 1, replicationFactor: from }] }
      await apply(await make(before), `${name}-1`)
      const after = { topics: [{ name, partitions: 3, replicationFactor: to }] }
      const { told, error } = await apply(await make(after), `${name}-2`)
      expect([told.length, error]).toEqual([2, null])
      await expect.poll(async () => (await make(after, nodeAt(2))).steps).toEqual([])
    }
  })

  test('is only validated', async () => {
    const plan = await make({ topics: [{ name: 'imagined' }] })
    const { told, error } = await apply(plan, 'imagined', { validateOnly: true })
    expect([told.length, error]).toEqual([1, null])
    expect(await topicNames()).not.toContain('imagined')
  })
})

describe('two plans of one state', () => {
  test('the second one ends where they meet', async () => {
    await apply(
      await make({ topics: [{ name: 'shared', configs: { 'retention.ms': '1' } }] }),
      'shared',
    )
    const one = await make({
      topics: [{ name: 'one' }, { name: 'shared', configs: { 'retention.ms': '2' } }],
    })
    const other = await make({
      topics: [{ name: 'other' }, { name: 'shared', configs: { 'retention.ms': '3' } }],
    })
    const [first, second] = await Promise.all([
      apply(one, 'one'),
      apply(other, 'other', { node: nodeAt(2) }),
    ])
    expect([reasonOf(first), reasonOf(second)].sort()).toEqual([
      'PLAN_OUTDATED plan.steps[1]',
      'done',
    ])
    const names = await topicNames()
    expect([names.includes('one'), names.includes('other')]).toEqual([true, true])
  })

  test('a topic that was deleted and made again is another one', async () => {
    const keep = { topics: [{ name: 'phoenix' }] }
    await apply(await make(keep), 'phoenix-1')
    const plan = await make({ topics: [{ name: 'phoenix', partitions: 4 }] })
    const gone = await make({ deleteOthersWithPrefix: ['phoenix'] })
    await apply(gone, 'phoenix-2', { allowDataLoss: true })
    await apply(await make(keep), 'phoenix-3')
    expect(reasonOf(await apply(plan, 'phoenix-4'))).toBe('PLAN_OUTDATED plan.steps[0]')
  })
})

describe('what is wrong', () => {
  let plan: Plan
  beforeAll(async () => {
    plan = await make({ topics: [{ name: 'wrong' }] })
  })

  const altered = (change: (copy: Plan) => void) => {
    const { response } = planMethods.make
    const copy = response.decode(response.encode(plan))
    change(copy)
    return copy
  }

  test.each<[string, (copy: Plan) => void, string]>([
    [
      'an altered step',
      ({ steps }) => ((steps[0] as lograft.admin.v1.PlanStep).summary += '!'),
      'INVALID_REQUEST plan.plan_id',
    ],
    ['a step less', ({ steps }) => steps.pop(), 'INVALID_REQUEST plan.plan_id'],
    [
      'another cluster',
      (copy) => (copy.clusterId = 'AAAAAAAAAAAAAAAAAAAAAQ'),
      'INVALID_REQUEST plan.plan_id',
    ],
    ['another id', (copy) => (copy.planId = 'x'), 'INVALID_REQUEST plan.plan_id'],
  ])('%s', async (_, change, expected) => {
    expect(reasonOf(await apply(altered(change), 'wrong'))).toBe(expected)
  })

  test.each(['', 'a b', 'x'.repeat(65)])('the key "%s"', async (key) => {
    expect(reasonOf(await apply(plan, key))).toBe('INVALID_REQUEST idempotency_key')
  })

  test('no plan', async () => {
    const request = new wire.ApplyPlanRequest({ idempotencyKey: 'none' })
    const stream = nodeAt(0).channel.responses(planMethods.apply, request)
    const error = await new Promise<RpcError | null>((closed) =>
      stream.open({ message() {}, closed }),
    )
    expect([error?.reason, error?.field]).toEqual(['INVALID_REQUEST', 'plan'])
  })

  test('records that would be lost unasked', async () => {
    await apply(await make({ topics: [{ name: 'dear' }] }), 'dear')
    const gone = await make({ topics: [{ name: 'before' }], deleteOthersWithPrefix: ['dear'] })
    expect(reasonOf(await apply(gone, 'dear-2'))).toBe('POLICY_VIOLATION allow_data_loss')
    const names = await topicNames()
    expect([names.includes('dear'), names.includes('before')]).toEqual([true, false])
    expect(reasonOf(await apply(gone, 'dear-2', { allowDataLoss: true }))).toBe('done')
    expect(await topicNames()).not.toContain('dear')
  })

  test.each<[string, Desired, string]>([
    ['a name', { topics: [{ name: 'a b' }] }, 'INVALID_TOPIC_EXCEPTION topics[0]'],
    [
      'a config',
      { topics: [{ name: 'ok' }, { name: 'a', configs: { no: '1' } }] },
      'INVALID_CONFIG topics[1]',
    ],
    [
      'replicas',
      { topics: [{ name: 'ok', replicationFactor: 9 }] },
      'INVALID_REPLICATION_FACTOR topics[0]',
    ],
  ])('%s, when the plan is made', async (_, desired, expected) => {
    expect(await nodeAt(0).outcome(planMethods.make, asked(desired))).toBe(expected)
  })
})

test('a node that has heard of no cluster yet says so, and makes no plan of nothing', async () => {
  await using directory = await tempDir()
  const nobody = formatHostPort(await freePort())
  const voters = `1@127.0.0.1:1,2@${nobody}`
  await using starting = ProcessNode.spawn({
    directory: directory.path,
    set: { 'node.id': 1, 'controller.quorum.voters': voters },
  })
  const client = new AdminClient(formatHostPort(await starting.grpc))
  const [asking, plan] = [{ topics: [{ name: 'early' }] }, new wire.Plan()]
  expect(await client.outcome(planMethods.make, asked(asking))).toBe('UNAVAILABLE -')
  const { error } = await apply(plan, 'early', { node: client })
  expect(error?.code).toBe('UNAVAILABLE')
  client.close()
})
