/**
 * How long a start takes: from spawning the process until it says that it is ready, and until the
 * first produce is acknowledged, on an empty directory and on one that holds a topic. Beside it, a
 * Node process that does nothing at all. Medians.
 */
import { spawnSync } from 'node:child_process'
import { createTopic, produceBatch } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { batchOf } from '../../src/cli/bench/requests.ts'
import { ascending, median } from '../compare.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

interface Start {
  readonly readyMs: number
  readonly producedMs: number
}

const TOPIC = 'start'

export async function measureStart(rig: Rig): Promise<Row[]> {
  const first: Start[] = []
  const again: Start[] = []
  const nothing: number[] = []
  for (let round = 0; round < rig.pace.starts; round += 1) {
    nothing.push(startNothing())
    const directory = rig.freshDirectory()
    first.push(await start(rig, directory, true))
    again.push(await start(rig, directory, false))
  }
  const bare = middle(nothing)
  const ms = (measure: string, values: readonly number[]): Row => {
    return { measure, unit: 'ms', value: middle(values), bare }
  }
  const readyMs = first.map((one) => one.readyMs)
  return [
    { ...ms('first start → ready', readyMs), target: { limit: 500, aim: 250, better: 'less' } },
    ms(
      'first start → topic made and produce acknowledged',
      first.map(({ producedMs }) => producedMs),
    ),
    ms(
      'next start → ready',
      again.map((one) => one.readyMs),
    ),
    ms(
      'next start → produce acknowledged',
      again.map(({ producedMs }) => producedMs),
    ),
  ]
}

async function start(rig: Rig, directory: string, isFirst: boolean): Promise<Start> {
  const beganMs = performance.now()
  await using node = await rig.startBroker({ directory })
  await using client = await Client.connect(node.address)
  if (isFirst) await createTopic(client, TOPIC)
  const { errorCode } = await produceBatch(client, { topic: TOPIC, batch: batchOf(100, 100) })
  if (errorCode !== 0) throw new Error(`the first produce failed: ${errorCode}`)
  const producedMs = performance.now() - beganMs
  await node.stop()
  return { readyMs: node.readyMs, producedMs }
}

/** What any program pays for being one of Node's. */
function startNothing(): number {
  const beganMs = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return performance.now() - beganMs
}

const middle = (values: readonly number[]) => median(ascending(values))
