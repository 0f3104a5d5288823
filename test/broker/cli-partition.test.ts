/**
 * Goal: `lograft partition` lists, moves, elects and deletes what it is told to, says what it would
 * do where records may be lost, and what is wrong where it is refused.
 * Method: the built command beside two brokers in this process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '../../src/embed/api.ts'
import { startCluster } from '../../src/index.ts'
import { run } from '../support/command.ts'
import { eventually } from '../support/within.ts'

const WAIT_MS = 30_000

let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster({
    ...{ brokers: 2, timeoutMs: WAIT_MS },
    topics: { orders: { partitions: 2, replicationFactor: 2 } },
  })
  const input = Array.from({ length: 10 }, (_, number) => `record ${number}\n`).join('')
  await partition(['produce', 'orders', '--partition', '0'], input)
})

afterAll(() => cluster.stop())

/** Without its first word where that is `partition`. */
async function partition(args: readonly string[], input = '') {
  const { host, port } = cluster.broker(1)
  const { code, stdout, stderr } = await run(args, { bootstrap: { host, port }, input })
  return { code, stdout: stdout.toString(), stderr }
}

const json = async <Value>(...args: readonly string[]) =>
  JSON.parse((await partition(['partition', ...args, '--json'])).stdout) as Value

interface Listed {
  readonly partition: number
  readonly leader: number | null
  readonly replicas: readonly number[]
}

const listed = () => json<readonly Listed[]>('list', '--topic', 'orders')

test('lists partitions, all or some', async () => {
  expect((await listed()).map(({ partition: index }) => index)).toEqual([0, 1])
  expect(await json('list', '--topic', 'orders:1')).toHaveLength(1)
  expect(await json('list', '--offline')).toEqual([])
  expect(await json('list', '--moving')).toEqual([])
  const { stdout } = await partition(['partition', 'list'])
  expect(stdout).toMatch(/^TOPIC +PARTITION +LEADER +REPLICAS +ISR +ADDING +REMOVING\norders/)
  const missing = await partition(['partition', 'list', '--topic', 'orders:7'])
  expect(missing).toMatchObject({
    ...{ code: 2, stderr: 'lograft: orders:7: it has 2 partitions, the first is 0\n' },
  })
})

test('tells where partitions begin and end, and what belongs to a time', async () => {
  expect(await json('offsets', 'orders:0')).toEqual([
    { topic: 'orders', partition: 0, startOffset: 0, endOffset: 10 },
  ])
  expect(await json('offsets', 'orders:0', '--time', '2001-01-01')).toMatchObject([
    { offsetAtTime: 0 },
  ])
  expect(await json('offsets', 'orders:0', '--time', '2101-01-01')).toMatchObject([
    { offsetAtTime: null },
  ])
})

test('gives partitions other replicas, and their leaders', async () => {
  const ask = (...args: string[]) => partition(['partition', ...args])
  const before = await listed()
  const said = await ask('reassign', 'orders:0,1', '--replicas', '2,1')
  expect(said).toMatchObject({ code: 0, stderr: 'lograft: nothing is moved yet: --yes does it\n' })
  expect(said.stdout).toMatch(/^TOPIC +PARTITION +REPLICAS +THEN\norders +0 +\d,\d +2,1\norders +1/)
  expect(await listed()).toEqual(before)
  expect((await ask('reassign', 'orders:0,1', '--replicas', '2,1', '--yes')).stdout).toMatch(
    /^2 moves begun/,
  )
  await eventually(WAIT_MS, 'the new order', async () =>
    (await listed()).every(({ replicas }) => replicas.join() === '2,1'),
  )
  const { stdout, code } = await ask('elect-leaders')
  expect(stdout).toMatch(/^[012] leaders? elected\n$/)
  expect(code).toBe(0)
  await eventually(WAIT_MS, 'the preferred leader', async () =>
    (await listed()).every(({ leader }) => leader === 2),
  )
  expect((await ask('elect-leaders')).stdout).toBe('0 leaders elected\n')
  expect((await ask('elect-leaders', '--unclean')).stdout).toBe('0 leaders elected\n')
  expect(await ask('reassign', 'orders:0', '--cancel')).toMatchObject({
    code: 1,
    stderr: 'lograft: orders-0: NO_REASSIGNMENT_IN_PROGRESS: nothing is being reassigned\n',
  })
  expect(await ask('reassign', 'orders:0', '--replicas', '9', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      'orders-0: INVALID_REPLICA_ASSIGNMENT: broker 9 is not registered',
    ) as unknown,
  })
  expect(await ask('reassign', 'orders:0', '--replicas', '9')).toMatchObject({
    code: 2,
    stderr: 'lograft: --replicas: broker 9 is not in service; those are 1, 2\n',
  })
  expect(await ask('reassign', 'orders:0')).toMatchObject({ code: 2 })
})

test('deletes records only with --yes', async () => {
  const said = await partition(['partition', 'delete-records', 'orders:0', '--before', '4'])
  expect(said.stderr).toBe('lograft: nothing is deleted yet: --yes does it\n')
  expect(await json('offsets', 'orders:0')).toMatchObject([{ startOffset: 0 }])
  await partition(['partition', 'delete-records', 'orders:0', '--before', '4', '--yes'])
  expect(await json('offsets', 'orders:0')).toMatchObject([{ startOffset: 4 }])
  for (const more of [[], ['-y']]) {
    const beyond = ['partition', 'delete-records', 'orders:0', '--before', '99', ...more]
    expect(await partition(beyond)).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr:
        'lograft: --before 99: partition 0 of orders ends at 10; --all deletes all there is\n',
    })
  }
  expect(await json('delete-records', 'orders:0', '--before', '1')).toMatchObject([
    { startOffset: 4, newStartOffset: 4, executed: false },
  ])
  expect(await json('delete-records', 'orders', '--all', '--yes')).toMatchObject([
    { newStartOffset: 10, endOffset: 10 },
    { newStartOffset: 0 },
  ])
})
