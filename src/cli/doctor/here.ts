/**
 * What the doctor measures on the machine that it runs on: how long a disk takes to make a write
 * durable, and how many files a process may open.
 */
import { resolve } from 'node:path'
import { asError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import { hostDisk } from '../../host/disk.ts'
import { openFilesLimit } from '../../host/limits.ts'
import { hostRandom } from '../../host/random.ts'
import type { FsyncReading, HereReading, Unknown } from './readings.ts'

const SYNCS = 50
/** A disk that takes seconds for each is judged by fewer. */
const MEASURED_MS_MAX = 5_000
/** A small batch of records. */
const WRITE_BYTES = 4 * 1024

/** `directory`: where to measure, or null. Nothing is left behind in it. */
export async function readHere(directory: string | null): Promise<HereReading> {
  const fsync = directory === null ? null : await measureFsync(resolve(directory))
  return { openFiles: openFilesLimit(), fsync }
}

async function measureFsync(directory: string): Promise<FsyncReading | Unknown> {
  try {
    // A name that belongs to nobody: the directory may be that of a running node.
    const name = `.doctor-${Buffer.from(hostRandom.bytes(8)).toString('hex')}.tmp`
    const durations = await syncDurations(`${directory}/${name}`)
    return {
      ...{ directory, count: durations.length, ...hostDisk.volume(directory) },
      medianMs: durations[durations.length >> 1] ?? 0,
      worstMs: durations.at(-1) ?? 0,
    }
  } catch (thrown) {
    return { unknown: `${directory} cannot be written here: ${asError(thrown).message}` }
  }
}

/** In order, the shortest first. */
async function syncDurations(path: string): Promise<readonly number[]> {
  const durations: number[] = []
  const file = hostDisk.open(path, 'create')
  try {
    const beganMs = hostClock.monotonicMs()
    const bytes = new Uint8Array(WRITE_BYTES)
    while (durations.length < SYNCS && hostClock.monotonicMs() - beganMs < MEASURED_MS_MAX) {
      file.writeAt([bytes], durations.length * WRITE_BYTES)
      const atMs = hostClock.monotonicMs()
      await file.sync()
      durations.push(hostClock.monotonicMs() - atMs)
    }
  } finally {
    file.close()
    hostDisk.remove(path)
  }
  return durations.sort((a, b) => a - b)
}
