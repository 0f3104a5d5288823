/**
 * `lograft quickstart`, which is `npm start`: three brokers on this machine for someone who sees
 * them for the first time. Each is a process; this one starts them, tells what happens to the
 * cluster, starts again who ends unasked, and stops them all in order.
 */
import { relative, resolve } from 'node:path'
import { asError, isLograftError, LograftError } from '../base/errors.ts'
import { silentLogger } from '../base/log.ts'
import { formatHostPort } from '../config/addresses.ts'
import { LOG_LEVELS } from '../config/node-options.ts'
import type { LogLevel } from '../embed/api.ts'
import type { EmbeddedBroker } from '../embed/broker.ts'
import type { EmbeddedCluster } from '../embed/cluster.ts'
import { hostClock } from '../host/clock.ts'
import { newsBetween, type Standing } from './cluster-news.ts'
import { DIRECTORY_DEFAULT, placesFrom, PORT_DEFAULT, refuseOccupied } from './cluster-site.ts'
import { exitCodeOf } from './exit-codes.ts'
import { catchSignals, stayUntilStopped } from './lifetime.ts'
import { quickstartScreen } from './quickstart-screen.ts'

const BROKERS = 3
const RESTART_MS = 3_000
/** Changes within it are one piece of news. */
const GATHER_MS = 50
/** With other programs on the machine. */
const START_WITHIN_MS = 60_000

export interface QuickstartFlags {
  readonly directory?: string
  readonly port?: string
  readonly set?: readonly string[]
  readonly logLevel?: string
  readonly enableFaults?: true
}

export async function quickstart(flags: QuickstartFlags): Promise<void> {
  const signals = catchSignals()
  // Before there is a cluster there is nothing to stop; what was begun ends with this process.
  let isReady = false
  void signals.first.then(() => isReady || process.exit(0))
  const supervisor = new Supervisor()
  let cluster: EmbeddedCluster
  try {
    cluster = await startBrokers(flags, (broker) => supervisor.changed(broker))
  } catch (thrown) {
    const text = isLograftError(thrown) ? thrown.message : (asError(thrown).stack ?? '')
    process.stderr.write(`lograft: cannot start: ${text}\n`)
    process.exit(exitCodeOf(thrown))
  }
  isReady = true
  const directory = relative('.', directoryOf(flags)) || '.'
  const { brokers } = cluster
  const [first] = placesFrom(portOf(flags), BROKERS)?.values() ?? []
  const http = first?.http ? formatHostPort(first.http) : null
  const shown = { brokers, http, directory, restartMs: RESTART_MS }
  process.stdout.write(`${quickstartScreen(shown)}\n`)
  supervisor.begin(cluster)
  const stop = async () => {
    supervisor.end()
    await cluster.stop()
    say('stopped')
  }
  const never = new Promise<never>(() => {})
  process.exit(await stayUntilStopped({ stop, failed: never }, { signals, logger: silentLogger }))
}

function directoryOf({ directory = DIRECTORY_DEFAULT }: QuickstartFlags): string {
  if (directory.trim() !== '') return resolve(directory)
  throw new LograftError('INVALID_CONFIG', '--directory: the path of a directory, not nothing')
}

const portOf = ({ port }: QuickstartFlags) => Number(port ?? PORT_DEFAULT)

async function startBrokers(
  flags: QuickstartFlags,
  onChange: (broker: EmbeddedBroker) => void,
): Promise<EmbeddedCluster> {
  const firstPort = portOf(flags)
  const places = placesFrom(firstPort, BROKERS)
  const directory = directoryOf(flags)
  await refuseOccupied({
    directory: flags.directory ?? DIRECTORY_DEFAULT,
    ...{ firstPort, brokers: BROKERS },
  })
  const { start } = await import('../embed/start-cluster.ts')
  return start(
    {
      brokers: BROKERS,
      processes: true,
      directory,
      config: configOf(flags),
      faults: flags.enableFaults ?? false,
      log: levelOf(flags),
      timeoutMs: START_WITHIN_MS,
    },
    { ...(places && { places }), onChange },
  )
}

function levelOf({ logLevel = 'error' }: QuickstartFlags): LogLevel {
  const known = LOG_LEVELS.find((level) => level === logLevel)
  if (known) return known
  throw new LograftError(
    'INVALID_CONFIG',
    `--log-level ${logLevel}: expected one of ${LOG_LEVELS.join(', ')}`,
  )
}

function configOf({ set = [] }: QuickstartFlags): Readonly<Record<string, string>> {
  const entries = set.map((text): [string, string] => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
    throw new LograftError('INVALID_CONFIG', `--set ${text}: expected key=value`)
  })
  return Object.fromEntries(entries)
}

/** Tells what happens, and starts again who ends unasked. */
class Supervisor {
  #cluster: EmbeddedCluster | null = null
  #told: Standing | null = null
  #isGathering = false

  begin(cluster: EmbeddedCluster): void {
    this.#cluster = cluster
    this.#told = standingOf(cluster)
    cluster.view.listen(() => this.#gather())
  }

  end(): void {
    this.#cluster = null
  }

  /** A broker began, is in service, or is gone. */
  changed(broker: EmbeddedBroker): void {
    if (this.#cluster === null || broker.isRunning) return
    if (broker.failure === null) {
      say(`broker ${broker.id} has ended in order, as it was asked to, and is not started again`)
      return
    }
    say(
      `broker ${broker.id} is gone: ${broker.failure.message}; starting it in ${RESTART_MS / 1000} s`,
    )
    hostClock.timer(RESTART_MS, () => void this.#restart(broker))
  }

  async #restart(broker: EmbeddedBroker): Promise<void> {
    if (this.#cluster === null || broker.isRunning) return
    const started = broker.start()
    say(`broker ${broker.id} starts: pid ${broker.pid}`)
    // One that cannot start has failed, and is told of as such.
    await started.catch(() => {})
  }

  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    hostClock.timer(GATHER_MS, () => {
      this.#isGathering = false
      this.#tell()
    })
  }

  #tell(): void {
    if (this.#cluster === null || this.#told === null) return
    const now = standingOf(this.#cluster)
    for (const line of newsBetween(this.#told, now)) say(line)
    this.#told = now
  }
}

function standingOf({ view }: EmbeddedCluster): Standing {
  return { image: view.image, controllerId: view.activeControllerId }
}

/** `14:03:59  broker 2 is out of service` */
function say(line: string): void {
  const time = new Date(hostClock.wallMs()).toTimeString().slice(0, 8)
  process.stdout.write(`${time}  ${line}\n`)
}
