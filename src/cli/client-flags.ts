/**
 * The flags that every command has which talks to a broker, and how values of flags are read. A
 * value that does not fit is a usage error before anything is dialled.
 */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { HostPort } from '../config/addresses.ts'
import { hostPort } from '../config/addresses.ts'

export interface ClientFlags {
  readonly bootstrap: readonly HostPort[]
  readonly json?: true
  /** In milliseconds, from one look to the next; of the commands that can look again. */
  readonly watch?: number
  /** In milliseconds; of the commands that can wait for a broker. */
  readonly timeout?: number
}

export const NODE_ID_MAX = 0x7fff_ffff

/** Read from the environment when the flag is not given. */
export const BOOTSTRAP_VARIABLE = 'LOGRAFT_BOOTSTRAP'
export const GRPC_VARIABLE = 'LOGRAFT_GRPC'

/** A command that has nothing to do with the properties of a node, and a help of its own. */
export function plainCommand(parent: Command, usage: string): Command {
  const command = parent.command(usage).helpOption('-h, --help', 'print this').exitOverride()
  const names = [command.name()]
  for (let above = command.parent; above; above = above.parent) names.unshift(above.name())
  return command.showHelpAfterError(`(${names.join(' ')} --help says what there is)`)
}

/** A plain command that talks to brokers, with `--bootstrap`. */
export function clientCommand(parent: Command, usage: string): Command {
  return plainCommand(parent, usage).addOption(
    new Option('-b, --bootstrap <host:port>', 'a broker to begin with, or several by commas')
      .env(BOOTSTRAP_VARIABLE)
      .default([{ host: '127.0.0.1', port: 9092 }], '127.0.0.1:9092')
      .argParser((text) => readPlaces(text, { flag: '--bootstrap', port: 9092 })),
  )
}

/** With `--json`, and `--watch` to look again and again. */
export function watched(command: Command): Command {
  return command
    .addOption(
      new Option('-w, --watch [interval]', 'look again and again, every 2 s or so often')
        .preset('2s')
        .argParser(watchInterval),
    )
    .option('--json', 'print JSON, with --watch one document per line')
}

const WATCH_MIN_MS = 200

/** A duration, or seconds, as watch(1) takes them. */
function watchInterval(text: string): number {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : parseDuration(text)
  if (ms !== null && ms >= WATCH_MIN_MS) return ms
  throw new InvalidArgumentError(
    `Expected seconds, or a duration of ${WATCH_MIN_MS}ms or more. Names come before --watch.`,
  )
}

/** For what takes something away for good. */
export function losing(command: Command): Command {
  return command
    .option('--dry-run', 'only say what would be lost')
    .option('-y, --yes', 'do not ask; nobody is asked but on a terminal')
    .option('--json', 'print JSON')
}

/** `host:port`, or several by commas; `port` where none is said. */
export function readPlaces(
  text: string,
  { flag, port }: { readonly flag: string; readonly port: number },
): readonly HostPort[] {
  return text.split(',').map((part) => {
    const withPort = /:\d+$/.test(part.trim()) ? part : `${part.trim()}:${port}`
    const parsed = hostPort.parse(withPort, flag)
    if ('problem' in parsed || parsed.value.host === '' || parsed.value.port === 0)
      throw new InvalidArgumentError(
        `${JSON.stringify(part)} is not a place: expected host:port, such as 127.0.0.1:${port}.`,
      )
    return parsed.value
  })
}

/** A whole number within bounds. */
export function whole(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN
    if (value >= min && value <= max) return value
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`
    throw new InvalidArgumentError(`Expected a whole number ${range}.`)
  }
}

/** The same flag again and again, each value read by `read`. */
export function repeated<Value>(read: (text: string) => Value) {
  return (text: string, before: readonly Value[] = []): readonly Value[] => [...before, read(text)]
}

/** `key=value`; the value may be empty and hold further equal signs. */
export function keyValue(text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`Expected key=value, got ${JSON.stringify(text)}.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** The name of a consumer group: any text but none. */
export function groupName(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Expected the name of a group.')
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/

/** `1.5h` → milliseconds; null when it is no duration. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = DURATION.exec(text.trim()) ?? []
  if (amount === undefined || unit === undefined) return null
  return Math.round(Number(amount) * (UNITS_MS[unit] ?? 0))
}

/** A duration for a flag, in milliseconds. */
export function duration(text: string): number {
  const ms = parseDuration(text)
  if (ms !== null) return ms
  throw new InvalidArgumentError('Expected a duration, such as 500ms, 30s, 10m or 1h.')
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return (text: string): Word => {
    const word = words.find((candidate) => candidate === text.toLowerCase())
    if (word !== undefined) return word
    throw new InvalidArgumentError(`Expected one of ${words.join(', ')}.`)
  }
}
