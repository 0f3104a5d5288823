/**
 * The program of a broker that is a process of its own: a node, started and ended by what the
 * cluster says. SIGTERM stops it in order; Ctrl-C is the cluster's affair, which a terminal tells
 * to all its processes. When the cluster's process is gone, it ends in order too.
 */
import { asError, isLograftError } from '../base/errors.ts'
import { silentLogger } from '../base/log.ts'
import { readNodeConfig } from '../config/load.ts'
import { hostClock } from '../host/clock.ts'
import { openLogger } from '../host/logger.ts'
import { startNode, type RunningNode } from '../node/node.ts'
import type { FromBroker, ToBroker } from './process-messages.ts'

/** Whatever keeps it from an orderly end. */
const END_WITHIN_MS = 20_000

const giveUp = new AbortController()
let starting: Promise<RunningNode> | null = null
let isEnding = false

process.on('message', (message) => hear(message as ToBroker))
process.on('disconnect', () => void end({ wholeCluster: true }))
process.on('SIGTERM', () => void end({ wholeCluster: false }))
process.on('SIGINT', () => {}).on('SIGHUP', () => {})

function hear(message: ToBroker): void {
  switch (message.type) {
    case 'start':
      void run(message)
      break
    case 'stop':
      void end(message)
      break
    case 'publish':
      void publish(message.offset)
  }
}

async function run({ plan, logLevel }: Extract<ToBroker, { type: 'start' }>): Promise<void> {
  try {
    starting = start(plan.flags, logLevel)
    const node = await starting
    tell({ type: 'ready', brokerEpoch: node.brokerEpoch ?? -1 })
    const failed = await Promise.race([node.failed, node.shutdownWanted])
    if (failed instanceof Error) throw failed
    tell({ type: 'stopping' })
    await end({ wholeCluster: false })
  } catch (thrown) {
    if (isEnding) return
    const error = asError(thrown)
    const code = isLograftError(error) ? error.code : 'FAILED'
    tell({ type: 'failed', code, message: error.message })
    await end({ wholeCluster: false })
  }
}

async function start(flags: readonly string[], logLevel: string): Promise<RunningNode> {
  const { config, origins } = readNodeConfig({ flags })
  const logger = logLevel === 'silent' ? silentLogger : await openLogger(logLevel)
  return startNode(config, {
    logger: logger.child({ broker: config['node.id'] }),
    named: new Set(origins.keys()),
    onListening: () => tell({ type: 'listening' }),
    signal: giveUp.signal,
  })
}

async function publish(offset: number): Promise<void> {
  const node = await starting
  await node?.published(offset)
  tell({ type: 'published', offset })
}

/** A start that is under way is given up. */
async function end(options: { readonly wholeCluster: boolean }): Promise<void> {
  if (isEnding) return
  isEnding = true
  hostClock.timer(END_WITHIN_MS, () => process.exit(1))
  giveUp.abort(new Error('not started any more'))
  const node = await starting?.catch(() => null)
  await node?.stop(options).catch(() => {})
  process.exit(0)
}

function tell(message: FromBroker): void {
  if (process.connected) process.send?.(message)
}
