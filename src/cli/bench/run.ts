/**
 * `lograft bench`: makes or finds the topic, runs the load, prints what it came to, and deletes a
 * topic that was made for the run. Progress goes to standard error, the result to standard output.
 */
import { asError } from '../../base/errors.ts'
import type { Cluster } from '../../client/cluster.ts'
import { hostClock } from '../../host/clock.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Output } from '../output.ts'
import type { Session } from '../session.ts'
import { DONE, complain, existingTopic, withCluster } from '../session.ts'
import type { BenchFlags } from './flags.ts'
import { runFetches } from './fetch-load.ts'
import type { FetchResult, LoadResult, Loads } from './load-result.ts'
import { LoadFailed } from './load-result.ts'
import { describeLoad } from './report.ts'
import { runRequests } from './request-load.ts'
import type { Acks, Place } from './requests.ts'
import { batchOf, produceSource } from './requests.ts'
import { deleteTopic, ensureTopic, offsetsOf, placesOf } from './topic.ts'

/** Runs one load and sets the exit code. */
export async function bench(flags: BenchFlags): Promise<void> {
  if (flags.mode === 'fetch' && flags.topic === undefined) {
    complain('--mode fetch reads a topic: name it with --topic')
    process.exitCode = exitCodes.usage.code
    return
  }
  await withCluster(flags, (session) => run(session, flags))
}

async function run({ cluster, output }: Session, flags: BenchFlags): Promise<number> {
  const { topic, partitions, connections, replicas: replicationFactor, mode } = flags
  const name = topic ?? `lograft-bench-${Math.trunc(hostClock.wallMs())}`
  if (mode === 'fetch') await existingTopic(cluster, name)
  else
    await ensureTopic(cluster, { name, partitions: partitions ?? connections, replicationFactor })
  const stop = stopAtSignal()
  let failure: Error | null = null
  try {
    const places = await placesOf(cluster, name)
    const loads = await load(cluster, places, flags, stop)
    await print(output, loads, flags)
  } catch (thrown) {
    failure = asError(thrown)
    if (thrown instanceof LoadFailed)
      await print(output, { ...thrown.partial, isPartial: true }, flags)
  }
  if (topic === undefined) await clearAway(cluster, name, failure !== null)
  if (failure !== null) throw failure
  return DONE
}

/** Deletes the topic of the run; says so when that cannot be done. */
async function clearAway(cluster: Cluster, name: string, isFailed: boolean): Promise<void> {
  try {
    await deleteTopic(cluster, name, isFailed ? 'once' : 'patiently')
  } catch (thrown) {
    complain(
      `topic ${name} was left behind: \`lograft topic delete ${name}\` when there is a broker`,
    )
    if (!isFailed) throw thrown
  }
}

async function print(
  output: Output,
  { produced, fetched, isPartial = false }: Loads & { readonly isPartial?: boolean },
  { json, recordSize, batchSize }: BenchFlags,
): Promise<void> {
  const perBatch = recordsIn(batchOf(recordSize, batchSize))
  const partly = isPartial ? { partial: true } : {}
  const results = [
    ...(produced
      ? [{ what: 'produce', ...partly, ...produced, records: produced.requests * perBatch }]
      : []),
    ...(fetched ? [{ what: 'fetch', ...partly, ...fetched }] : []),
  ]
  await (json ? output.printJson(results) : output.print(results.map(describeLoad).join('')))
}

async function load(
  cluster: Cluster,
  places: readonly Place[],
  flags: BenchFlags,
  signal: AbortSignal,
): Promise<Loads> {
  switch (flags.mode) {
    case 'produce':
      return { produced: await produceTo(places, flags, signal) }
    case 'fetch':
      return { fetched: await fetchFrom(cluster, places, flags, { atEnd: 'stop', signal }) }
    case 'both': {
      const end = new AbortController()
      const reading = fetchFrom(cluster, places, flags, { atEnd: 'wait', signal: end.signal })
      // Its failure is told when the writing is over, if not before.
      reading.catch(() => undefined)
      const produced = await produceTo(places, flags, signal).finally(() => end.abort())
      return { produced, fetched: await reading }
    }
  }
}

/** Connection i goes to partition i, round and round. */
function spread(places: readonly Place[], connections: number): readonly Place[] {
  return Array.from({ length: connections }, (_, index) => places[index % places.length] as Place)
}

function produceTo(
  places: readonly Place[],
  flags: BenchFlags,
  signal: AbortSignal,
): Promise<LoadResult> {
  const { connections, recordSize, batchSize, records, rate, inFlight } = flags
  const batch = batchOf(recordSize, batchSize)
  const perBatch = recordsIn(batch)
  const acks: Acks = flags.acks === 'all' ? -1 : flags.acks === '1' ? 1 : 0
  return runRequests(
    spread(places, connections).map((place) => produceSource(place, batch, acks)),
    {
      inFlight,
      durationMs: flags.duration,
      signal,
      ...(records === undefined ? {} : { requestsMax: Math.ceil(records / perBatch) }),
      ...(rate === undefined ? {} : { ratePerSecond: rate / perBatch }),
      onProgress: (sent) => tell(`${sent * perBatch} records sent`),
    },
  )
}

async function fetchFrom(
  cluster: Cluster,
  places: readonly Place[],
  { duration, records, fetchSize, mode }: BenchFlags,
  { atEnd, signal }: { atEnd: 'stop' | 'wait'; signal: AbortSignal },
): Promise<FetchResult> {
  const offsets = await offsetsOf(cluster, places)
  const sources = places.map((place) => {
    const { earliest, latest } = offsets(place)
    return mode === 'both'
      ? { ...place, fromOffset: latest }
      : { ...place, fromOffset: earliest, untilOffset: latest }
  })
  return runFetches(sources, {
    durationMs: duration,
    ...(records === undefined || mode === 'both' ? {} : { recordsMax: records }),
    maxBytes: fetchSize,
    minBytes: 1,
    maxWaitMs: 500,
    atEnd,
    signal,
    ...(mode === 'both' ? {} : { onProgress: (read) => tell(`${read} records read`) }),
  })
}

/** Of a batch of `buildBatch`: the count in its header. */
function recordsIn(batch: Uint8Array): number {
  return new DataView(batch.buffer, batch.byteOffset).getInt32(57)
}

/** The first Ctrl-C ends the load and still reports; the second is Node's own. */
function stopAtSignal(): AbortSignal {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  return stop.signal
}

function tell(progress: string): void {
  process.stderr.write(`lograft: ${progress}\n`)
}
