/**
 * A metadata log of many entries on the real disk, as one voter has it: makes one, or starts on the
 * one there is and leads. A process of its own for each, so that nothing is warm. The arguments:
 * directory, `make` or `start`, entries, and how many bytes lie between snapshots (0: none is ever
 * taken). It sends what it did in how many milliseconds, and ends.
 */
import { asNodeId } from '../src/base/ids.ts'
import { silentLogger } from '../src/base/log.ts'
import { uuidFromRandom } from '../src/bytes/uuid.ts'
import { hostClock } from '../src/host/clock.ts'
import { hostDisk } from '../src/host/disk.ts'
import { hostRandom } from '../src/host/random.ts'
import { MetadataLoader } from '../src/metadata/loader.ts'
import { entryLogs } from '../src/node/metadata-log.ts'
import { Quorum } from '../src/quorum/quorum.ts'
import { NO_PEERS } from '../test/unit/quorum/no-peers.ts'

export interface Recovered {
  readonly tookMs: number
  readonly entries: number
}

/** The same for every process: they share the directory. */
const DIRECTORY_ID = uuidFromRandom(new Uint8Array(16).fill(7))
/** A little less than a quorum lets wait. */
const AT_ONCE = 900
/** Of which each is set again and again: an image stays small, a log does not. */
const SETTINGS = 1_000

const [directory = '', order = '', entries = '', betweenSnapshots = ''] = process.argv.slice(2)

function fail(error: Error): never {
  throw error
}

const loader = new MetadataLoader({ publishers: [], onFault: (_, error) => fail(error) })
const quorum = new Quorum({
  ...{ disk: hostDisk, clock: hostClock, random: hostRandom, logger: silentLogger },
  directory: `${directory}/__cluster_metadata-0`,
  self: { nodeId: asNodeId(1), directoryId: DIRECTORY_ID },
  incarnationId: uuidFromRandom(hostRandom.bytes(16)),
  voters: [{ nodeId: asNodeId(1), host: '127.0.0.1', port: 0 }],
  openLog: entryLogs({ disk: hostDisk, clock: hostClock, logger: silentLogger, fatal: fail }),
  transport: NO_PEERS,
  foundingPeers: NO_PEERS,
  snapshotSource: loader,
  maxBytesBetweenSnapshots: Number(betweenSnapshots) || Infinity,
  electionTimeoutMs: 1_000,
  onFatal: fail,
})
quorum.subscribe(loader)
const leading = new Promise<void>((resolve) => {
  quorum.subscribe({
    onSnapshot() {},
    onCommitted() {},
    onLeadership: ({ isLeader }) => isLeader && resolve(),
  })
})

async function change(count: number): Promise<void> {
  const { epoch } = quorum.leadership
  for (let done = 0; done < count; done += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, index) => {
      const name = `topic-${(done + index) % SETTINGS}`
      const setting = { resourceType: 'topic', resourceName: name, key: 'retention.ms' } as const
      const append = quorum.append(epoch, [
        { type: 'Config', ...setting, value: String(done + index) },
      ])
      return append.accepted ? append.outcome : fail(new Error(append.reason))
    })
    await Promise.all(some)
  }
}

const beganMs = performance.now()
await quorum.start()
await leading
if (order === 'make') await change(Number(entries))
const told: Recovered = { tookMs: performance.now() - beganMs, entries: quorum.commitOffset }
process.send?.(told)
await quorum.close()
process.disconnect()
