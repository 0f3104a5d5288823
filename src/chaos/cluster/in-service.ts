/** Whether a broker serves: by Kafka's protocol, so of any make. */
import { delay } from '../../base/clock.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { metadata } from '../../wire/apis/03-metadata.ts'
import { BrokerLink } from './broker-link.ts'

const ANSWER_WITHIN_MS = 5_000
const AGAIN_MS = 200
/** From version 4 on no topic is created by asking for it. */
const METADATA_VERSIONS = [4, 12] as const

/** Resolves when it says itself that it is among the brokers, or when it is not asked any more. */
export async function inService(id: number, kafka: HostPort, signal: AbortSignal): Promise<void> {
  const link = new BrokerLink(id, kafka, { clientId: 'chaos-start', timeoutMs: ANSWER_WITHIN_MS })
  const body = { topics: [], allowAutoTopicCreation: false }
  const question = { api: metadata, body, versions: METADATA_VERSIONS }
  try {
    while (!signal.aborted) {
      const answer = await link.ask(question).catch(() => null)
      if (answer?.brokers.some(({ nodeId }) => nodeId === id)) return
      await delay(hostClock, AGAIN_MS, signal)
    }
  } finally {
    await link.close()
  }
}
