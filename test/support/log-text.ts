/**
 * Log text as machines write it, the same for the same seed: access lines, JSON, stack traces,
 * tabs, UTF-8, short and very long ones. No line is empty, since kcat skips those; none holds a
 * line feed. What a conformance test pipes in and compares with what comes back.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Dice {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform among the integers of [from, to], both included. */
  int(from: number, to: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** The same numbers for the same seed, on every machine. */
export function dice(seed: number): Dice {
  const generator = xoroshiro128plus(seed)
  const int = (from: number, to: number) => uniformInt(generator, from, to)
  return {
    next: () => int(0, 0x3fff_ffff) / 0x4000_0000,
    int,
    pick: (items) => items[int(0, items.length - 1)] as never,
  }
}

const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR']
const PATHS = ['/', '/login', '/api/v1/orders', '/api/v1/orders/42/items', '/static/app.3f2c.js']
const WORDS = [
  'connection',
  'reset',
  'by',
  'peer',
  'após',
  'überlauf',
  '再試行',
  'timeout',
  'retry',
]

function line(number: number, random: Dice): string {
  const time = new Date(1_700_000_000_000 + number * 7).toISOString()
  const kind = random.int(0, 99)
  const id = random.int(0, 0x7fff_ffff).toString(16)
  if (kind < 60) {
    const status = random.pick([200, 200, 200, 304, 404, 500])
    return `10.0.${random.int(0, 255)}.${random.int(1, 254)} - - [${time}] "GET ${random.pick(PATHS)}?id=${id} HTTP/1.1" ${status} ${random.int(0, 99_999)}`
  }
  if (kind < 85) {
    const words = Array.from({ length: random.int(1, 9) }, () => random.pick(WORDS)).join(' ')
    return `{"time":"${time}","level":"${random.pick(LEVELS)}","trace":"${id}","message":"${words}"}`
  }
  if (kind < 97) return `\tat service.orders.Worker$${id}.run(Worker.java:${random.int(1, 999)})`
  if (kind < 99) return `${number}`
  return `${time} dump ${id.repeat(random.int(10, 400))}`
}

export interface TextFile {
  readonly path: string
  readonly lines: number
  readonly sha256: string
  readonly sizeBytes: number
}

/** Writes `lines` lines to `path`, each ended by a line feed. */
export async function writeLogText(path: string, lines: number, seed = 1): Promise<TextFile> {
  const random = dice(seed)
  const digest = createHash('sha256')
  const file = createWriteStream(path)
  let sizeBytes = 0
  for (let number = 0; number < lines;) {
    let block = ''
    for (const end = Math.min(lines, number + 1000); number < end; number += 1) {
      block += `${line(number, random)}\n`
    }
    const bytes = Buffer.from(block)
    digest.update(bytes)
    sizeBytes += bytes.byteLength
    if (!file.write(bytes)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return { path, lines, sha256: digest.digest('hex'), sizeBytes }
}

/** The digest of a file, read as a stream. */
export async function sha256OfFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
  return digest.digest('hex')
}
