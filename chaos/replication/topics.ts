/**
 * Topics of a run: they are there when this resolves, however busy the machine is. That it is open
 * whether a request took effect is not an answer to settle for.
 */
import assert from 'node:assert'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { errorName, errors, type ErrorCode } from '../../src/wire/errors.ts'
import { Client, type Address } from '../../test/support/client.ts'

const ATTEMPTS_MAX = 5
const TIMEOUT_MS = 30_000
const THERE: readonly ErrorCode[] = [errors.NONE, errors.TOPIC_ALREADY_EXISTS]

export async function createSurely(
  door: Address,
  name: string,
  {
    partitions: numPartitions,
    replicationFactor,
  }: Record<'partitions' | 'replicationFactor', number>,
): Promise<void> {
  const client = await Client.connect(door, { clientId: 'admin' })
  const topic = { name, numPartitions, replicationFactor, assignments: [], configs: [] }
  const request = { topics: [topic], timeoutMs: TIMEOUT_MS, validateOnly: false }
  let code: ErrorCode = errors.REQUEST_TIMED_OUT
  for (let attempt = 0; attempt < ATTEMPTS_MAX && code === errors.REQUEST_TIMED_OUT; attempt += 1) {
    const { topics } = await client.request(createTopics, 5, request)
    code = topics[0]?.errorCode ?? errors.UNKNOWN_SERVER_ERROR
  }
  await client.close()
  assert(THERE.includes(code), `creating ${name}: ${errorName(code)}`)
}
