/**
 * The topics of a run: what they are, how they are made, and when all of them are whole. By Kafka's
 * own protocol, so on any cluster.
 */
import { LograftError } from '../../base/errors.ts'
import { Admin } from '../../client/admin.ts'
import type { Cluster } from '../../client/cluster.ts'
import { BrokerError } from '../../client/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { errors } from '../../wire/errors.ts'
import type { Scenario } from '../api.ts'
import { clusterOf } from '../clients/lograft-reader.ts'
import { eventually } from '../waiting.ts'
import type { TopicPlan } from '../workloads/workload.ts'

const CREATE_WITHIN_MS = 30_000

/** What a scenario names, with everything said that it left open. */
export function namedTopics(
  { topics = {} }: Pick<Scenario, 'topics'>,
  replicationFactor: number,
): readonly TopicPlan[] {
  return Object.entries(topics).map(([name, of]) => {
    const {
      partitions = 1,
      config = {},
      ...more
    } = typeof of === 'number' ? { partitions: of } : of
    return {
      ...{ name, partitions, replicationFactor: more.replicationFactor ?? replicationFactor },
      config: Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key, String(value)]),
      ),
    }
  })
}

/** Rejects when one exists: what is in it was not written by this run, and would be judged. */
export async function createTopics(cluster: Cluster, plans: readonly TopicPlan[]): Promise<void> {
  const admin = new Admin(cluster, { timeoutMs: CREATE_WITHIN_MS })
  for (const { name, partitions, replicationFactor, config } of plans) {
    const configs = new Map(Object.entries(config))
    try {
      await admin.createTopic({ name, partitions, replicationFactor, configs })
    } catch (thrown) {
      if (thrown instanceof BrokerError && thrown.errorCode === errors.TOPIC_ALREADY_EXISTS)
        throw new LograftError(
          'TOPIC_EXISTS',
          `topic ${name} exists: a run judges topics that it made itself. Delete it ` +
            `(lograft topic delete ${name}), or give the scenario other topics.`,
        )
      throw thrown
    }
  }
}

/** Of a cluster that goes on: what a run has made in it. */
export async function deleteTopics(
  bootstrap: readonly HostPort[],
  plans: readonly TopicPlan[],
): Promise<void> {
  const cluster = clusterOf(bootstrap, 'lograft-chaos')
  const admin = new Admin(cluster, { timeoutMs: CREATE_WITHIN_MS })
  try {
    for (const { name } of plans) await admin.deleteTopic(name)
  } finally {
    await cluster.close()
  }
}

/** Every partition has a leader, and all its replicas are in sync. Rejects with what is missing. */
export async function becomesWhole(
  cluster: Cluster,
  plans: readonly TopicPlan[],
  deadlineMs: number,
): Promise<void> {
  let missing = 'no broker answers'
  try {
    await eventually(deadlineMs, 'whole', async () => {
      missing = await whatIsMissing(cluster, plans).catch(() => 'no broker answers')
      return missing === ''
    })
  } catch {
    throw new Error(`not whole after ${Math.round(deadlineMs / 1_000)} s: ${missing}`)
  }
}

async function whatIsMissing(cluster: Cluster, plans: readonly TopicPlan[]): Promise<string> {
  const { topics } = await cluster.metadata(plans.map(({ name }) => name))
  const missing = plans.flatMap(({ name, partitions }) => {
    const topic = topics.find((one) => one.name === name)
    return Array.from({ length: partitions }, (_, index) => {
      const found = topic?.partitions.find(({ partitionIndex }) => partitionIndex === index)
      if (!found || found.leaderId < 0) return [`${name}-${index} has no leader`]
      const absent = found.replicaNodes.filter((node) => !found.isrNodes.includes(node))
      return absent.length === 0 ? [] : [`${absent.join()} not in the ISR of ${name}-${index}`]
    }).flat()
  })
  return missing.slice(0, 5).join(', ')
}
