/**
 * A load that goes where leaders go: batches for all partitions of a topic in turn, due by the
 * clock, acks=all, each sent again until it is acknowledged. Latency counts from when a batch was
 * due until then, so it has in it what clients notice of moving leaders and replicas.
 */
import { asError } from '../src/base/errors.ts'
import { Histogram } from '../src/cli/bench/histogram.ts'
import { cpuMeter, latencyOf, type LoadResult } from '../src/cli/bench/load-result.ts'
import { batchOf } from '../src/cli/bench/requests.ts'
import { Cluster } from '../src/client/cluster.ts'
import { BrokerError, mayRetry } from '../src/client/errors.ts'
import type { HostPort } from '../src/config/addresses.ts'
import { hostClock } from '../src/host/clock.ts'
import { hostNet } from '../src/host/net.ts'
import { hostRandom } from '../src/host/random.ts'
import { produce } from '../src/wire/apis/00-produce.ts'
import { errors } from '../src/wire/errors.ts'

export interface FollowingLoadOptions {
  readonly bootstrap: readonly HostPort[]
  readonly topic: string
  readonly partitions: number
  readonly recordBytes: number
  readonly ratePerSecond: number
  readonly durationMs: number
}

/** Few enough to be kept: of several runs together a percentile can be told. */
export interface FollowingResult extends LoadResult {
  readonly latenciesMs: readonly number[]
}

const VERSIONS = [3, produce.versions[1]] as const
const TIMEOUT_MS = 30_000
const TICK_MS = 1
const RETRY_MS = 5
/** A batch that is not acknowledged by then fails the load. */
const ACKNOWLEDGED_WITHIN_MS = 60_000
const IN_FLIGHT_MAX = 4_096

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function runFollowing(options: FollowingLoadOptions): Promise<FollowingResult> {
  const { bootstrap, topic, partitions, recordBytes, ratePerSecond, durationMs } = options
  const parts = { net: hostNet, clock: hostClock, random: hostRandom }
  const cluster = new Cluster({ ...parts, bootstrap, clientId: 'lograft-bench' })
  const batch = batchOf(recordBytes, recordBytes)
  const histogram = new Histogram()
  const latenciesMs: number[] = []
  const inFlight = new Set<Promise<void>>()
  const total = Math.floor((ratePerSecond * durationMs) / 1000)
  try {
    await cluster.topic(topic)
    const cpuSeconds = cpuMeter()
    const beganMs = performance.now()
    const failures: Error[] = []
    for (let sent = 0; sent < total && failures.length === 0; await sleep(TICK_MS)) {
      const due = ((performance.now() - beganMs) * ratePerSecond) / 1000
      for (; sent < Math.min(due, total) && inFlight.size < IN_FLIGHT_MAX; sent += 1) {
        const dueMs = beganMs + (sent * 1000) / ratePerSecond
        const one = send(cluster, { topic, partition: sent % partitions, batch }).then(
          () => {
            const latencyMs = performance.now() - dueMs
            histogram.record(latencyMs)
            latenciesMs.push(latencyMs)
          },
          (thrown: unknown) => void failures.push(asError(thrown)),
        )
        const tracked: Promise<void> = one.then(() => void inFlight.delete(tracked))
        inFlight.add(tracked)
      }
    }
    await Promise.all(inFlight)
    if (failures[0]) throw failures[0]
    return {
      ...{ requests: total, bytes: total * batch.byteLength, latencyMs: latencyOf(histogram) },
      ...{ seconds: (performance.now() - beganMs) / 1000, loadCpuSeconds: cpuSeconds() },
      latenciesMs,
    }
  } finally {
    await cluster.close()
  }
}

async function send(
  cluster: Cluster,
  to: { readonly topic: string; readonly partition: number; readonly batch: Uint8Array },
): Promise<void> {
  const { topic, partition, batch } = to
  const untilMs = performance.now() + ACKNOWLEDGED_WITHIN_MS
  const body = {
    ...{ transactionalId: null, acks: -1, timeoutMs: TIMEOUT_MS },
    topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
  }
  for (;;)
    try {
      const leader = await cluster.leaderOf(topic, partition)
      const answer = await cluster.call(leader, produce, body, { versions: VERSIONS })
      const code = answer.responses[0]?.partitionResponses[0]?.errorCode
      if (code === errors.NONE) return
      throw new BrokerError(code ?? errors.UNKNOWN_SERVER_ERROR, `partition ${partition}`)
    } catch (thrown) {
      if (!mayRetry(thrown) || performance.now() > untilMs) throw thrown
      cluster.forget(topic)
      await sleep(RETRY_MS)
    }
}
