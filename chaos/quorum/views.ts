/**
 * What nodes say of themselves, each asked directly: all topics, and who the active controller is.
 * Nothing is remembered and nothing is believed for longer than the answer takes.
 */
import { metadata } from '../../src/wire/apis/03-metadata.ts'
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

/** What a node's log last said of its role in the metadata quorum. */
function roleIn(output: string): { readonly epoch: number; readonly leads: boolean } {
  const role = /"epoch":(\d+)[^\n]*"msg":"(leading|following in) the metadata quorum"/g
  const [, epoch, what] = [...output.matchAll(role)].at(-1) ?? []
  return { epoch: Number(epoch ?? -1), leads: what === 'leading' }
}

/** The node that leads in the newest epoch, and in whose epoch all others follow; else null. */
export function activeController(nodes: ReadonlyMap<number, string>): number | null {
  const roles = [...nodes].map(([node, output]) => ({ node, ...roleIn(output) }))
  const [leader, ...more] = roles.filter(({ leads }) => leads)
  const isAgreed = leader && more.length === 0 && roles.every(({ epoch }) => epoch === leader.epoch)
  return isAgreed ? leader.node : null
}
