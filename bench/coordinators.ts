/** Where groups are coordinated, found out as any client does, and one commit there. */
import { offsetCommit } from '../src/wire/apis/08-offset-commit.ts'
import { findCoordinator } from '../src/wire/apis/10-find-coordinator.ts'
import { errors } from '../src/wire/errors.ts'
import type { Address } from '../test/support/client.ts'
import { Client } from '../test/support/client.ts'
import { eventually } from '../test/support/within.ts'
import type { Committer } from './commit-source.ts'
import { commitRequest } from './commit-source.ts'

const FIND_VERSION = 4
const COMMIT_VERSION = 8
const FOUND_WITHIN_MS = 60_000
/** Group ids in one request. */
const IDS_AT_ONCE = 1_000

/** By group id; resolves when every one of them has its coordinator. `address`: of any broker. */
export async function coordinatorsOf(
  address: Address,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, Address>> {
  await using client = await Client.connect(address)
  const found = new Map<string, Address>()
  for (let from = 0; from < groupIds.length; from += IDS_AT_ONCE) {
    const coordinatorKeys = groupIds.slice(from, from + IDS_AT_ONCE)
    const coordinators = await eventually(FOUND_WITHIN_MS, 'the coordinators', async () => {
      const request = { keyType: 0, coordinatorKeys }
      const answer = await client.request(findCoordinator, FIND_VERSION, request)
      return (
        answer.coordinators.every(({ errorCode }) => errorCode === errors.NONE) &&
        answer.coordinators
      )
    })
    for (const { key, host, port } of coordinators) found.set(key, { host, port })
  }
  return found
}

/** Commits once; resolves with the error code of the group, or the first of a partition. */
export async function commitOnce(
  client: Client,
  commits: Omit<Committer, 'address'>,
): Promise<number> {
  const { topics } = await client.request(offsetCommit, COMMIT_VERSION, commitRequest(commits))
  const codes = topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
  return codes.find((code) => code !== errors.NONE) ?? errors.NONE
}
