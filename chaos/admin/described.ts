/** Whether a node describes topics as they are desired, and lists no others of theirs. */
import { lograft } from '../../src/gen/lograft/admin/v1/admin.js'
import { topicMethods } from '../../src/rpc/admin/methods.ts'
import type { AdminClient } from '../../test/support/admin-client.ts'
import { PREFIX } from './desired.ts'

const wire = lograft.admin.v1
type MakePlanRequest = lograft.admin.v1.MakePlanRequest

/** More than there are. */
const PAGE = { size: 1_000 }

export async function checkDescribed(
  client: AdminClient,
  { topics }: MakePlanRequest,
): Promise<readonly string[]> {
  const page = new wire.Page(PAGE)
  const listing = new wire.ListTopicsRequest({ page, prefix: PREFIX })
  const listed = (await client.call(topicMethods.list, listing)).topics.map(({ name }) => name)
  const wanted = topics.map(({ name }) => name).sort()
  const wrong =
    listed.join() === wanted.join() ? [] : [`there is ${listed.join()}, not ${wanted.join()}`]
  for (const { name, partitions, replicationFactor, configs } of topics) {
    if (!listed.includes(name)) continue
    const asked = new wire.DescribeTopicRequest({ name, page })
    const found = await client.call(topicMethods.describe, asked)
    const sizes = new Set(found.partitions.map(({ replicas }) => replicas.length))
    if (found.partitions.length !== partitions)
      wrong.push(`${name} has ${found.partitions.length} partitions, not ${partitions}`)
    if (replicationFactor > 0 && (sizes.size !== 1 || !sizes.has(replicationFactor)))
      wrong.push(`${name} has ${[...sizes].join()} replicas, not ${replicationFactor}`)
    const plain = (pairs: object) => JSON.stringify(Object.entries(pairs).sort())
    if (plain(found.overrides) !== plain(configs))
      wrong.push(`${name} is configured ${plain(found.overrides)}, not ${plain(configs)}`)
  }
  return wrong
}
