/**
 * How long `startCluster({ brokers: 3 })` takes in one process: from the call until it is ready,
 * and until kafkajs was acknowledged a produce with acks=all. The first one of a process loads the
 * broker, and kafkajs makes its first connection; those after it do not. Medians; the load of the
 * libraries is part of the time, the start of Node.js is not.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ascending, median } from '../compare.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

interface Start {
  readonly readyMs: number
  readonly producedMs: number
}

const PACKAGE = new URL('../../dist/index.js', import.meta.url).href
const PER_PROCESS = 3

const PROGRAM = `
import { Kafka, logLevel } from 'kafkajs'
import { startCluster } from ${JSON.stringify(PACKAGE)}
const starts = []
for (let round = 0; round < ${PER_PROCESS}; round += 1) {
  const beganMs = performance.now()
  const cluster = await startCluster({ brokers: 3, topics: { orders: 1 } })
  const readyMs = performance.now() - beganMs
  const kafka = new Kafka({ brokers: cluster.bootstrapServers, logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: 'orders', acks: -1, messages: [{ value: 'first' }] })
  starts.push({ readyMs, producedMs: performance.now() - beganMs })
  await producer.disconnect()
  await cluster.stop()
}
console.log(JSON.stringify(starts))
`

export async function measureEmbedded(rig: Rig): Promise<Row[]> {
  const first: Start[] = []
  const next: Start[] = []
  for (let round = 0; round < rig.pace.starts; round += 1) {
    const [cold, ...warm] = await startsOfAProcess()
    if (cold) first.push(cold)
    next.push(...warm)
  }
  const ms = (measure: string, values: readonly number[]): Row => {
    return {
      measure: `startCluster of 3, ${measure}`,
      unit: 'ms',
      value: median(ascending(values)),
    }
  }
  const producedMs = first.map((one) => one.producedMs)
  return [
    ms(
      'first of a process → ready',
      first.map(({ readyMs }) => readyMs),
    ),
    {
      ...ms('first of a process → produce acknowledged by all', producedMs),
      target: { limit: 1_000, aim: 500, better: 'less' },
    },
    ms(
      'next → ready',
      next.map(({ readyMs }) => readyMs),
    ),
    ms(
      'next → produce acknowledged by all',
      next.map((one) => one.producedMs),
    ),
  ]
}

async function startsOfAProcess(): Promise<readonly Start[]> {
  const args = ['--input-type=module', '-e', PROGRAM]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as readonly Start[]
}
