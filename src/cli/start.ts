/**
 * `lograft start`: configuration, logger, node, until a signal or the node itself ends it. Standard
 * output carries what was asked for (the ready line); everything else goes to standard error. Every
 * way out has its code in exit-codes.ts.
 */
import { resolve } from 'node:path'
import { asError, LograftError } from '../base/errors.ts'
import { formatHostPort, locally, type HostPort } from '../config/addresses.ts'
import type { LoadedConfig } from '../config/load.ts'
import { readNodeConfig } from '../config/load.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { openLogger } from '../host/logger.ts'
import { readTextFile } from '../host/text-file.ts'
import { describeUser } from '../host/user.ts'
import type { RunningNode } from '../node/node.ts'
import { BOOTSTRAP_VARIABLE, GRPC_VARIABLE } from './client-flags.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { explain } from './explain.ts'
import { catchSignals, stayUntilStopped } from './lifetime.ts'

export interface StartFlags {
  readonly config?: string
  readonly set?: readonly string[]
  readonly logLevel?: string
  readonly enableFaults?: true
}

/** Runs a node; prints one line when it serves. */
export async function start(flags: StartFlags): Promise<void> {
  const loaded = configure(flags)
  if (loaded) await run(loaded, readyLine, listeningLine)
}

/** Where the node keeps everything, absolute. One directory, until there are more. */
function directoryOf(config: NodeConfig): string {
  return resolve(config['log.dirs'][0] ?? '.')
}

/**
 * `lograft 1 ready: kafka 127.0.0.1:9092, grpc 127.0.0.1:9093, http 127.0.0.1:9094, data /srv/1`:
 * tools wait for it, connect to the addresses and look into the directory, so all are complete.
 */
function readyLine(config: NodeConfig, node: RunningNode): string {
  const { kafkaAddress, grpcAddress, httpAddress } = node
  const kafka = kafkaAddress === null ? '' : `kafka ${formatHostPort(locally(kafkaAddress))}, `
  const grpc = formatHostPort(locally(grpcAddress))
  const http = httpAddress === null ? '' : `http ${formatHostPort(locally(httpAddress))}, `
  const places = `${kafka}grpc ${grpc}, ${http}data ${directoryOf(config)}`
  return `lograft ${config['node.id']} ready: ${places}\n`
}

/**
 * `lograft 1 grpc 127.0.0.1:9093`: other nodes can reach this one. It comes before the ready line,
 * because none of several nodes is ready without the others.
 */
function listeningLine(config: NodeConfig, grpcAddress: HostPort): string {
  return `lograft ${config['node.id']} grpc ${formatHostPort(locally(grpcAddress))}\n`
}

/** The configuration, or undefined once what is wrong has been printed and the exit code set. */
function configure({ config: path, set = [], ...flagged }: StartFlags): LoadedConfig | undefined {
  try {
    const flags = [...set, ...shortFlags(flagged)]
    const file = path === undefined ? {} : { file: { name: path, text: readText(path) } }
    const loaded = readNodeConfig({ ...file, environment: environmentOfANode(), flags })
    for (const warning of loaded.warnings) complain(`warning: ${warning}`)
    return loaded
  } catch (thrown) {
    if (!(thrown instanceof LograftError)) throw thrown
    complain(thrown.message)
    process.exitCode = exitCodes.usage.code
    return undefined
  }
}

/** Flags that are short for a property. */
function shortFlags({ logLevel, enableFaults }: Omit<StartFlags, 'config' | 'set'>): string[] {
  return [
    ...(logLevel === undefined ? [] : [`log.level=${logLevel}`]),
    ...(enableFaults === undefined ? [] : ['fault.switches.enable=true']),
  ]
}

/** The environment without what is meant for the commands that talk to a node. */
function environmentOfANode(): NodeJS.ProcessEnv {
  const { [BOOTSTRAP_VARIABLE]: _, [GRPC_VARIABLE]: __, ...rest } = process.env
  return rest
}

function readText(path: string): string {
  try {
    return readTextFile(resolve(path))
  } catch (thrown) {
    const { code, message } = asError(thrown) as NodeJS.ErrnoException
    const why: Readonly<Record<string, string>> = {
      ENOENT: `there is no file ${path}`,
      EISDIR: `${path} is a directory; name the file in it`,
      EACCES: `${path} cannot be read by ${describeUser()}`,
    }
    const text = why[code ?? ''] ?? `${path} cannot be read: ${message}`
    throw new LograftError('INVALID_CONFIG', `--config: ${text}`, { cause: thrown })
  }
}

async function run(
  { config, origins }: LoadedConfig,
  announce: (config: NodeConfig, node: RunningNode) => string,
  listening: (config: NodeConfig, grpcAddress: HostPort) => string = () => '',
): Promise<void> {
  const signals = catchSignals()
  const given = new AbortController()
  void signals.first.then((signal) => given.abort(new GivenUp(signal)))
  const logger = await openLogger(config['log.level'])
  let node: RunningNode
  try {
    const { startNode } = await import('../node/node.ts')
    node = await startNode(config, {
      logger,
      named: new Set(origins.keys()),
      onListening: (grpcAddress) => process.stdout.write(listening(config, grpcAddress)),
      signal: given.signal,
    })
  } catch (thrown) {
    const error = asError(thrown)
    if (error instanceof GivenUp) process.exit(exitCodes.clean.code)
    const advice =
      explain(error, { directory: directoryOf(config), user: describeUser() }) ??
      (error instanceof LograftError ? error.message : null)
    // What nobody foresaw is a bug, and wants its stack.
    if (advice === null) logger.fatal({ err: error }, 'start failed')
    complain(`cannot start: ${advice ?? error.message}`)
    process.exit(exitCodeOf(error))
  }
  process.stdout.write(announce(config, node))
  process.exit(await stayUntilStopped(node, { signals, logger }))
}

/** A signal ended the start. */
class GivenUp extends Error {}

function complain(message: string): void {
  process.stderr.write(`lograft: ${message}\n`)
}
