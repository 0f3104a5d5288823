/**
 * A process of its own: kcat as a reader, one kcat for each topic. It takes kcat's name as its only
 * argument. As a producer kcat tells what became of a record only when all are delivered, so it
 * produces nothing here.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { formatHostPort } from '../../config/addresses.ts'
import { idIn, runProgram, type Stage } from './program.ts'
import type { Lane } from './protocol.ts'

const AGAIN_MS = 500
/** Partition, offset, length of the key (−1: none), key, length of the value (−1: none), value. */
const FORMAT = '%p\t%o\t%K\t%k\t%S\t%s\n'
const LINE = /^(\d+)\t(\d+)\t(-?\d+)\t([^\t]*)\t(-?\d+)\t(.*)$/

const [kcat = 'kcat'] = process.argv.slice(2)
const bytesOf = (text: string) => new TextEncoder().encode(text)

interface Reading {
  readonly topic: string
  readonly lanes: ReadonlyMap<number, number>
  /** Says whether it is enough. */
  readonly taken: (lane: number, offset: number) => boolean
  readonly isWanted: (lane: number, offset: number) => boolean
}

/** Resolves when it is enough, or kcat ends, or the order does. */
function read({ topic, lanes, taken, isWanted }: Reading, stage: Stage): Promise<void> {
  const brokers = stage.bootstrap.map(formatHostPort).join()
  const args = ['-C', '-b', brokers, '-t', topic, '-o', 'beginning', '-q', '-u', '-f', FORMAT]
  const settings = ['fetch.wait.max.ms=100', 'topic.metadata.refresh.interval.ms=1000']
  const child = spawn(kcat, [...args, ...settings.flatMap((each) => ['-X', each])], {
    env: { ...process.env, KCAT_CONFIG: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill()
  stage.signal.addEventListener('abort', end, { once: true })
  if (stage.signal.aborted) end()
  createInterface({ input: child.stderr }).on('line', (line) => stage.complain(line))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, partition, at, keyLength, keyText = '', valueLength, valueText = ''] =
      LINE.exec(line) ?? []
    const lane = lanes.get(Number(partition))
    if (lane === undefined) return stage.complain(`kcat printed ${line}`)
    const key = keyLength === '-1' ? null : keyText
    const value = valueLength === '-1' ? null : bytesOf(valueText)
    const offset = Number(at)
    const id = idIn(value, key === null ? null : bytesOf(key))
    if (isWanted(lane, offset))
      stage.say(['poll', lane, [offset], [id], key === null ? null : [key]])
    if (taken(lane, offset)) end()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      stage.signal.removeEventListener('abort', end)
      resolve()
    })
  })
}

const byTopic = (lanes: readonly Lane[]) => {
  const topics = new Map<string, Map<number, number>>()
  for (const [index, { topic, partition }] of lanes.entries())
    topics.set(topic, (topics.get(topic) ?? new Map<number, number>()).set(partition, index))
  return topics
}

await runProgram({
  async follow({ lanes }, stage) {
    const following = [...byTopic(lanes)].map(async ([topic, own]) => {
      while (!stage.signal.aborted) {
        await read({ topic, lanes: own, taken: () => false, isWanted: () => true }, stage)
        // Another one begins at the beginning.
        for (const lane of own.values()) stage.say(['position', 'seek', lane, 0])
        await stage.sleep(AGAIN_MS)
      }
    })
    await Promise.all(following)
  },
  async read({ lanes, from, to }, stage) {
    for (const [topic, own] of byTopic(lanes)) {
      const left = new Set([...own.values()].filter((lane) => (from[lane] ?? 0) < (to[lane] ?? 0)))
      const isWanted = (lane: number, offset: number) =>
        offset >= (from[lane] ?? 0) && offset < (to[lane] ?? 0)
      const taken = (lane: number, offset: number) => {
        if (offset + 1 >= (to[lane] ?? 0)) left.delete(lane)
        return left.size === 0
      }
      if (left.size > 0) await read({ topic, lanes: own, taken, isWanted }, stage)
      if (left.size > 0) throw new Error(`kcat ended before ${topic} was at its end`)
    }
    if (!stage.signal.aborted) stage.say(['done'])
  },
})
