/**
 * What a disk can do: the same bytes appended to a file again and again, each made durable before
 * the next. No format, no checks, nobody to agree with. Beside it stands the metadata quorum.
 */
import fs from 'node:fs'
import { promisify } from 'node:util'
import { Histogram } from '../src/cli/bench/histogram.ts'

const fdatasync = promisify(fs.fdatasync)

export interface Writes {
  readonly count: number
  readonly seconds: number
  readonly latency: Histogram
}

export async function syncAlone(
  path: string,
  { bytes, durationMs }: { readonly bytes: number; readonly durationMs: number },
): Promise<Writes> {
  const chunk = Buffer.alloc(bytes, 'x')
  const file = fs.openSync(path, 'a')
  const latency = new Histogram()
  const beganMs = performance.now()
  try {
    for (let nowMs = beganMs; nowMs < beganMs + durationMs;) {
      fs.writeSync(file, chunk)
      await fdatasync(file)
      const doneMs = performance.now()
      latency.record(doneMs - nowMs)
      nowMs = doneMs
    }
  } finally {
    fs.closeSync(file)
  }
  return { count: latency.count, seconds: (performance.now() - beganMs) / 1000, latency }
}
