/**
 * What a person asks of a cluster to move replicas, over the Kafka protocol: where they are, where
 * they shall be, what is under way, and how fast they may be filled (KIP-455, KIP-73).
 */
import assert from 'node:assert'
import { alterPartitionReassignments } from '../../src/wire/apis/45-alter-partition-reassignments.ts'
import { listPartitionReassignments } from '../../src/wire/apis/46-list-partition-reassignments.ts'
import { errorName, errors, type ErrorCode } from '../../src/wire/errors.ts'
import { incrementallyAlter, topicMetadata } from '../../test/support/calls.ts'
import type { Client } from '../../test/support/client.ts'

const TIMEOUT_MS = 30_000
const ATTEMPTS_MAX = 5
const TOPIC = 2
const BROKER = 4
const ALL_BROKERS = ''
const SET = 0
const DELETE = 1
const SIDES = ['leader', 'follower'] as const

/** The replicas that a partition shall have. */
export interface Move {
  readonly topic: string
  readonly partition: number
  readonly replicas: readonly number[]
  /** Who is new among them. */
  readonly added: number
}

/** Whoever of `nodes` has no replica of a partition gets the one of `from`, in its place. */
export async function evacuation(
  client: Client,
  { topic, from, nodes }: { topic: string; from: number; nodes: readonly number[] },
): Promise<readonly Move[]> {
  const { partitions } = await topicMetadata(client, topic)
  return partitions.flatMap(({ partitionIndex: partition, replicaNodes }): Move[] => {
    const added = nodes.find((node) => !replicaNodes.includes(node))
    if (added === undefined || !replicaNodes.includes(from)) return []
    const replicas = replicaNodes.map((node) => (node === from ? added : node))
    return [{ topic, partition, replicas, added }]
  })
}

/**
 * Resolves when it has begun; throws with what was refused. Where it is open whether a request took
 * effect it is repeated: wanting the same twice is wanting it once.
 */
export async function reassign(client: Client, moves: readonly Move[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const codes = await ask(client, moves)
    const refused = codes.filter((code) => code !== errors.NONE)
    const isOpen = refused.length > 0 && refused.every((code) => code === errors.REQUEST_TIMED_OUT)
    if (isOpen && attempt < ATTEMPTS_MAX) continue
    assert.deepEqual(refused.map(errorName), [], 'replicas may be reassigned')
    return
  }
}

async function ask(client: Client, moves: readonly Move[]): Promise<readonly ErrorCode[]> {
  const topics = [...new Set(moves.map(({ topic }) => topic))].map((name) => ({
    name,
    partitions: moves
      .filter(({ topic }) => topic === name)
      .map(({ partition: partitionIndex, replicas }) => ({ partitionIndex, replicas })),
  }))
  const request = { timeoutMs: TIMEOUT_MS, topics }
  const { errorCode, responses } = await client.request(alterPartitionReassignments, 0, request)
  return [errorCode, ...responses.flatMap(({ partitions }) => partitions.map(codeOf))]
}

/** How many partitions are being reassigned. */
export async function underWay(client: Client): Promise<number> {
  const request = { timeoutMs: TIMEOUT_MS, topics: null }
  const { errorCode, topics } = await client.request(listPartitionReassignments, 0, request)
  assert.equal(errorCode, errors.NONE, 'reassignments are listed')
  return topics.reduce((sum, { partitions }) => sum + partitions.length, 0)
}

/** Replicas of these topics that catch up are held to a rate, on every node; null ends that. */
export async function throttle(
  client: Client,
  topics: readonly string[],
  bytesPerSecond: number | null,
): Promise<void> {
  const set = (name: string, value: string) =>
    bytesPerSecond === null
      ? { name, configOperation: DELETE, value: null }
      : { name, configOperation: SET, value }
  const ofTopic = SIDES.map((side) => set(`${side}.replication.throttled.replicas`, '*'))
  const ofNodes = SIDES.map((side) =>
    set(`${side}.replication.throttled.rate`, String(bytesPerSecond)),
  )
  const resources = [
    ...topics.map((name) => [{ resourceType: TOPIC, resourceName: name }, ofTopic] as const),
    [{ resourceType: BROKER, resourceName: ALL_BROKERS }, ofNodes] as const,
  ]
  for (const [resource, configs] of resources)
    for (const { errorCode, errorMessage } of await incrementallyAlter(client, resource, configs))
      assert.equal(errorCode, errors.NONE, `${resource.resourceName}: ${errorMessage}`)
}

const codeOf = ({ errorCode }: { readonly errorCode: number }) => errorCode
