/**
 * What nodes say of themselves, each asked directly: all topics, and who the active controller is.
 * Nothing is remembered and nothing is believed for longer than the answer takes.
 */
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { describeCluster } from '../../src/wire/apis/60-describe-cluster.ts'
import { Client, type Address } from '../../test/support/client.ts'
import { within } from '../../test/support/within.ts'
import type { Reading } from './checker.ts'
import type { Target } from './topic-load.ts'

const ANSWERED_WITHIN_MS = 5_000

async function asking<Answer>(
  address: Address,
  ask: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  await using client = await within(
    ANSWERED_WITHIN_MS,
    'a connection to a node',
    Client.connect(address),
  )
  return await within(ANSWERED_WITHIN_MS, 'the answer of a node', ask(client))
}

/** All topics as `node` shows them. */
export function readTopics({ node, address }: Target): Promise<Reading> {
  return asking(address, async (client) => {
    const { topics } = await client.request(metadata, 12, {
      topics: null,
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: false,
    })
    return {
      node,
      topics: topics.map(({ name, topicId, partitions }) => ({
        name: name ?? '',
        topicId,
        partitions: partitions.length,
      })),
    }
  })
}

/** The active controller as a node knows it; null when it knows none, or says nothing. */
async function controllerAccordingTo({ address }: Target): Promise<number | null> {
  try {
    const { controllerId } = await asking(address, (client) =>
      client.request(describeCluster, 1, {
        includeClusterAuthorizedOperations: false,
        endpointType: 1,
      }),
    )
    return controllerId >= 0 ? controllerId : null
  } catch {
    return null
  }
}

/** The active controller, if all of `targets` agree who it is; else null. */
export async function activeController(targets: readonly Target[]): Promise<number | null> {
  const answers = await Promise.all(targets.map(controllerAccordingTo))
  const [first] = answers
  return first !== undefined && answers.every((answer) => answer === first) ? first : null
}
