/**
 * `lograft start` and `lograft quickstart`: configuration, logger, node, until a signal or the node
 * itself ends it. Standard output carries what was asked for (the ready line, the quickstart
 * screen); everything else goes to standard error. Every way out has its code in exit-codes.ts.
 */
import { resolve } from 'node:path'
import { asError, LograftError } from '../base/errors.ts'
import { readFile } from '../base/disk.ts'
import { formatHostPort } from '../config/addresses.ts'
import type { LoadedConfig } from '../config/load.ts'
import { readNodeConfig } from '../config/load.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { hostDisk } from '../host/disk.ts'
import { openLogger } from '../host/logger.ts'
import type { RunningNode } from '../node/node.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { catchSignals, stayUntilStopped } from './lifetime.ts'
import { quickstartScreen } from './quickstart.ts'

export interface StartFlags {
  readonly config?: string
  readonly set: readonly string[]
  readonly logLevel?: string
}

/** Runs a node; prints one line when it serves. */
export async function start(flags: StartFlags): Promise<void> {
  const loaded = configure(flags)
  if (loaded) await run(loaded, readyLine)
}

/** Runs a node for someone who sees it for the first time; logs only what is amiss. */
export async function quickstart(flags: StartFlags): Promise<void> {
  const loaded = configure(flags)
  if (!loaded) return
  const quiet = loaded.origins.has('log.level') ? {} : { 'log.level': 'warn' as const }
  await run({ ...loaded, config: { ...loaded.config, ...quiet } }, quickstartScreen)
}

/**
 * `lograft 1 ready: kafka 127.0.0.1:9092, data data/1`: tools wait for it and take the port from
 * it.
 */
function readyLine(config: NodeConfig, { kafkaAddress }: RunningNode): string {
  const data = config['log.dirs'].join(',')
  return `lograft ${config['node.id']} ready: kafka ${formatHostPort(kafkaAddress)}, data ${data}\n`
}

/** The configuration, or undefined once what is wrong has been printed and the exit code set. */
function configure({ config: path, set, logLevel }: StartFlags): LoadedConfig | undefined {
  try {
    const flags = logLevel === undefined ? set : [...set, `log.level=${logLevel}`]
    const file = path === undefined ? {} : { file: { name: path, text: readText(path) } }
    const loaded = readNodeConfig({ ...file, environment: process.env, flags })
    for (const warning of loaded.warnings) complain(`warning: ${warning}`)
    return loaded
  } catch (thrown) {
    if (!(thrown instanceof LograftError)) throw thrown
    complain(thrown.message)
    process.exitCode = exitCodes.usage.code
    return undefined
  }
}

function readText(path: string): string {
  const bytes = attempt(() => readFile(hostDisk, resolve(path)), `cannot read ${path}`)
  if (bytes === null)
    throw new LograftError('INVALID_CONFIG', `there is no file ${path} (--config)`)
  return new TextDecoder().decode(bytes)
}

function attempt<Result>(action: () => Result, what: string): Result {
  try {
    return action()
  } catch (thrown) {
    const { message } = asError(thrown)
    throw new LograftError('INVALID_CONFIG', `${what}: ${message}`, { cause: thrown })
  }
}

async function run(
  { config, origins }: LoadedConfig,
  announce: (config: NodeConfig, node: RunningNode) => string,
): Promise<void> {
  // Whoever read our standard output may be gone; that is no reason to stop a broker.
  process.stdout.on('error', () => {})
  const signals = catchSignals()
  const logger = await openLogger(config['log.level'])
  let node: RunningNode
  try {
    const { startNode } = await import('../node/node.ts')
    node = await startNode(config, { logger, named: new Set(origins.keys()) })
  } catch (thrown) {
    const error = asError(thrown)
    const advice = error instanceof LograftError ? error.message : explain(error)
    // What nobody foresaw is a bug, and wants its stack.
    if (advice === null) logger.fatal({ err: error }, 'start failed')
    complain(`cannot start: ${advice ?? error.message}`)
    process.exit(exitCodeOf(error))
  }
  process.stdout.write(announce(config, node))
  process.exit(await stayUntilStopped(node, { signals, logger }))
}

/** What to do about errors that are the operating system's and say too little; null for others. */
function explain(error: Error): string | null {
  const { code, address, port } = error as { code?: string; address?: string; port?: number }
  const where = formatHostPort({ host: address ?? '', port: port ?? 0 })
  if (code === 'EADDRINUSE')
    return `${where} is taken by another program. Stop that one, or choose another port: --set listeners=PLAINTEXT://127.0.0.1:0 takes any free one.`
  if (code === 'EADDRNOTAVAIL')
    return `${where} is no address of this machine. Correct the host in listeners.`
  if (code === 'EACCES' && port !== undefined)
    return `${where} may not be listened on by this user. Choose a port above 1023 in listeners.`
  return null
}

function complain(message: string): void {
  process.stderr.write(`lograft: ${message}\n`)
}
