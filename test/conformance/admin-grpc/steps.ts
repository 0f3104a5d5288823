/**
 * Everything that can be done with the admin API, in an order in which each can be done, and what
 * is said then; and what is wrong in one way each. For any client: requests and replies are JSON.
 */
import type { Call, Outcome, Refusal } from './caller.ts'

type Asked = Omit<Call, 'method'>

interface Step {
  /** Without the package. */
  readonly method: string
  /** To be found by later ones; the method, unless it is said. */
  readonly name?: string
  /** What was said so far may be needed. */
  readonly call: Asked | ((said: Readonly<Record<string, Outcome>>) => Asked)
  /** All that is named must be so; there may be more. */
  readonly says: object
}

const done = (reply: object = {}) => ({ replies: [reply] })
const refused = (code: string, reason: string) => ({ error: { code, reason } })

const ORDERS = { topic: 'orders', partition: 0 }
const CREATE = {
  mutation: { idempotencyKey: 'create-orders' },
  topics: [
    { name: 'orders', partitions: 2, replicationFactor: 3, configs: { 'retention.ms': '1000' } },
  ],
}
const TOPIC = { type: 'RESOURCE_TYPE_TOPIC', name: 'orders' }

/** The first reply of an earlier step. */
function replyOf(said: Readonly<Record<string, Outcome>>, step: string): Record<string, unknown> {
  return (said[step]?.replies?.[0] ?? {}) as Record<string, unknown>
}

const first = (list: unknown) => (list as readonly Record<string, unknown>[])[0] ?? {}

const TOPICS: readonly Step[] = [
  {
    method: 'Topics/Create',
    name: 'validated',
    call: { request: { ...CREATE, mutation: { validateOnly: true } } },
    says: done({ topics: [{ name: 'orders', partitions: 2, replicationFactor: 3 }] }),
  },
  {
    method: 'Topics/Create',
    call: { request: CREATE },
    says: done({ topics: [{ name: 'orders', partitions: 2, replicationFactor: 3 }] }),
  },
  {
    method: 'Topics/Create',
    name: 'again',
    call: { request: CREATE },
    says: done({ mutated: { alreadyApplied: true }, topics: [{ name: 'orders' }] }),
  },
  {
    method: 'Topics/List',
    name: 'first page',
    call: { request: { page: { size: 1 } } },
    says: done({ topics: [{ name: 'committed' }] }),
  },
  {
    method: 'Topics/List',
    call: (said) => ({
      request: { page: { size: 1, token: replyOf(said, 'first page')['nextPageToken'] } },
    }),
    says: done({ topics: [{ name: 'orders', partitions: 2 }] }),
  },
  {
    method: 'Topics/AddPartitions',
    call: { request: { topics: [{ topic: 'orders', count: 3 }] } },
    says: done({}),
  },
  {
    method: 'Topics/Describe',
    call: { request: { name: 'orders' } },
    says: done({ topic: { partitions: 3 }, overrides: { 'retention.ms': '1000' } }),
  },
  {
    method: 'Topics/ListOffsets',
    call: { request: { partitions: [ORDERS], latest: true } },
    says: done({ partitions: [{ topic: 'orders', offset: '0' }] }),
  },
  {
    method: 'Topics/DeleteRecords',
    call: { request: { partitions: [ORDERS] } },
    says: done({ partitions: [{ topic: 'orders' }] }),
  },
  {
    method: 'Configs/Alter',
    call: { request: { changes: [{ resource: TOPIC, set: { 'retention.ms': '2000' } }] } },
    says: done({}),
  },
  {
    method: 'Configs/Describe',
    call: { request: { resource: TOPIC, names: ['retention.ms'] } },
    says: done({ configs: [{ value: '2000', source: 'CONFIG_SOURCE_TOPIC' }] }),
  },
]

const PARTITIONS: readonly Step[] = [
  {
    method: 'Partitions/List',
    call: { request: { topics: ['orders'], brokerId: 3 } },
    says: done({ partitions: [{ topic: 'orders' }, { partition: 1 }, { partition: 2 }] }),
  },
  {
    method: 'Partitions/Reassign',
    call: { request: { partitions: [{ ...ORDERS, replicas: [3, 1, 2] }] } },
    says: done({}),
  },
  {
    method: 'Partitions/ListReassignments',
    call: {},
    says: done({}),
  },
  {
    method: 'Partitions/CancelReassignments',
    call: { request: { partitions: [ORDERS] } },
    says: refused('FAILED_PRECONDITION', 'NO_REASSIGNMENT_IN_PROGRESS'),
  },
  {
    method: 'Partitions/ElectLeaders',
    call: { request: { type: 'ELECTION_TYPE_PREFERRED', allPartitions: true } },
    says: done({}),
  },
  {
    method: 'Partitions/PlanMoves',
    call: { request: { topics: ['orders'] } },
    says: done({}),
  },
]

const GROUPS: readonly Step[] = [
  {
    method: 'Groups/List',
    call: {},
    says: done({ groups: [{ groupId: 'billing', state: 'GROUP_STATE_EMPTY' }] }),
  },
  {
    method: 'Groups/Describe',
    call: { request: { groupId: 'billing' } },
    says: done({ offsets: [{ topic: 'committed', committedOffset: '0', lag: '0' }] }),
  },
  {
    method: 'Groups/ResetOffsets',
    call: { request: { groupId: 'billing', latest: true } },
    says: done({ partitions: [{ topic: 'committed' }] }),
  },
  {
    method: 'Groups/DeleteOffsets',
    call: {
      request: { groupId: 'billing', partitions: [{ topic: 'committed', partition: 0 }] },
    },
    says: done({}),
  },
  {
    method: 'Groups/Delete',
    call: { request: { groupIds: ['nobody'] } },
    says: done({ groups: [{ groupId: 'nobody', error: 'GROUP_ID_NOT_FOUND' }] }),
  },
]

const PLANS: readonly Step[] = [
  {
    method: 'Plans/Make',
    call: { request: { topics: [{ name: 'planned', partitions: 4 }] } },
    says: done({ steps: [{ createTopic: { name: 'planned', partitions: 4 } }] }),
  },
  {
    method: 'Plans/Apply',
    call: (said) => ({
      request: { plan: replyOf(said, 'Plans/Make'), idempotencyKey: 'apply-planned' },
    }),
    says: { replies: [{ steps: 1 }] },
  },
  {
    method: 'Changes/Watch',
    call: { request: {}, replies: 2 },
    says: { replies: [{ snapshotBegin: {} }, { entry: {} }] },
  },
]

const CLUSTER: readonly Step[] = [
  {
    method: 'Cluster/Describe',
    call: {},
    says: done({ brokers: [{ brokerId: 1 }, { brokerId: 2 }, { brokerId: 3 }] }),
  },
  {
    method: 'Cluster/DescribeLogDirs',
    call: { request: { page: { size: 2 } } },
    says: done({ logDirs: [{ brokerId: 1 }, { brokerId: 2 }, { brokerId: 3 }] }),
  },
  {
    method: 'Cluster/UpdateFeatures',
    call: { request: { levels: [{ name: 'nothing', level: 1 }] } },
    says: refused('FAILED_PRECONDITION', 'INVALID_UPDATE_VERSION'),
  },
  {
    method: 'Cluster/UnregisterBroker',
    call: { request: { brokerId: 9 } },
    says: refused('NOT_FOUND', 'BROKER_ID_NOT_REGISTERED'),
  },
  {
    method: 'Cluster/ShutDownBroker',
    call: { request: { brokerId: 9 } },
    says: refused('NOT_FOUND', 'BROKER_ID_NOT_REGISTERED'),
  },
]

const QUORUM: readonly Step[] = [
  {
    method: 'Quorum/Describe',
    call: {},
    says: done({ replicas: [{ nodeId: 1 }, { nodeId: 2 }, { nodeId: 3 }] }),
  },
  {
    method: 'Quorum/Transfer',
    call: (said) => {
      const { leaderId } = replyOf(said, 'Quorum/Describe')
      return { request: { to: leaderId === 3 ? 1 : 3 } }
    },
    says: done({}),
  },
  {
    method: 'Quorum/Add',
    call: (said) => {
      const { nodeId, address } = first(replyOf(said, 'Quorum/Describe')['replicas'])
      return { request: { nodeId, ...(address as object) } }
    },
    says: refused('ALREADY_EXISTS', 'DUPLICATE_VOTER'),
  },
  {
    method: 'Quorum/Remove',
    call: { request: { nodeIds: [9] } },
    says: refused('NOT_FOUND', 'VOTER_NOT_FOUND'),
  },
]

const FAULTS: readonly Step[] = [
  {
    method: 'Faults/Inject',
    call: {
      request: { kind: 'FAULT_KIND_FAIL', api: 'DeleteGroups', error: 'NOT_COORDINATOR', count: 2 },
    },
    says: done({ fault: { id: 1, order: { api: 'DeleteGroups', count: 2, forMs: 60_000 } } }),
  },
  {
    method: 'Faults/List',
    call: {},
    says: done({ faults: [{ id: 1, order: { kind: 'FAULT_KIND_FAIL' } }] }),
  },
  {
    method: 'Faults/Clear',
    call: { request: { ids: [1] } },
    says: done({ cleared: 1 }),
  },
]

const LAST: readonly Step[] = [
  {
    method: 'Topics/Delete',
    call: { request: { topics: [{ name: 'orders' }, { name: 'planned' }] } },
    says: done({}),
  },
]

export const STEPS: readonly Step[] = [
  ...[...CLUSTER, ...TOPICS, ...PARTITIONS, ...GROUPS, ...PLANS, ...QUORUM, ...FAULTS, ...LAST],
]

interface Wrong {
  readonly method: string
  readonly request: object
  readonly says: Pick<Refusal, 'code' | 'reason' | 'field'>
}

const wrong = (method: string, request: object, field: string): Wrong => ({
  ...{ method, request },
  says: { code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST', field },
})
const unknown = (method: string, request: object, reason: string, field: string): Wrong => ({
  ...{ method, request },
  says: { code: 'NOT_FOUND', reason, field },
})

export const REFUSED: readonly Wrong[] = [
  wrong('Topics/List', { page: { size: 1001 } }, 'page.size'),
  wrong('Topics/List', { page: { token: 'nonsense' } }, 'page.token'),
  wrong('Topics/ListOffsets', { partitions: [ORDERS] }, 'position'),
  wrong('Partitions/List', { health: [99] }, 'health[0]'),
  wrong('Partitions/ElectLeaders', { type: 99, allPartitions: true }, 'type'),
  wrong('Configs/Describe', { resource: { type: 99, name: 'x' } }, 'resource.type'),
  wrong('Groups/List', { states: ['GROUP_STATE_EMPTY', 99] }, 'states[1]'),
  wrong('Topics/Create', { topics: [] }, 'topics'),
  wrong(
    'Topics/Create',
    { mutation: { idempotencyKey: 'no spaces' }, topics: [{ name: 'x' }] },
    'mutation.idempotency_key',
  ),
  wrong('Faults/Inject', { kind: 99 }, 'kind'),
  wrong('Faults/Inject', { kind: 'FAULT_KIND_FAIL', api: 'Produce' }, 'error'),
  unknown('Topics/Describe', { name: 'no' }, 'UNKNOWN_TOPIC_OR_PARTITION', 'name'),
  unknown('Groups/Describe', { groupId: 'no' }, 'GROUP_ID_NOT_FOUND', 'group_id'),
  unknown('Partitions/List', { brokerId: 9 }, 'BROKER_ID_NOT_REGISTERED', 'broker_id'),
]

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64')

/**
 * Half of a tag; of a field that nobody has: a length beyond the end, a group that nobody ends, a
 * kind that there is not, and a number too long.
 */
export const GARBAGE = [
  ...[base64(0xff), base64(0xa2, 0x06, 0x7f), base64(0xa3, 0x06), base64(0xa7, 0x06)],
  base64(0xa0, 0x06, ...new Uint8Array(11).fill(0xff)),
]
