/**
 * Option types for the places a node listens on and is found at: `host:port`, Kafka's
 * `NAME://host:port`, and the quorum's `id@host:port`. Pure: resolves no name. Port 0 asks the
 * operating system for a free port and is allowed wherever a node listens; an IPv6 address
 * stands in brackets.
 */
import type { OptionType, Parsed } from './option.ts'
import { invalidValue } from './option.ts'

/** `host` without brackets; empty means every interface. `port` 0 means any free one. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

/** One Kafka listener. Until a protocol map exists its name is its security protocol. */
export interface Listener extends HostPort {
  readonly name: string
}

/** One voter of the metadata quorum, and where its gRPC listener is found. */
export interface Voter extends HostPort {
  readonly nodeId: number
}

const PORT_MAX = 65_535

/** `127.0.0.1:9092`, `[::1]:9092`; undefined when it is neither. */
function readHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.%]+[\w.]*)\]|([\w.-]*)):(\d{1,5})$/.exec(text)
  if (!match) return undefined
  const port = Number(match[3])
  return port > PORT_MAX ? undefined : { host: match[1] ?? match[2] ?? '', port }
}

/** `host:port`, with the brackets an IPv6 address needs. */
export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** True for the addresses that mean "every interface" and so are of no use to a client. */
export function isWildcard(host: string): boolean {
  return host === '' || host === '0.0.0.0' || host === '::'
}

/** Where a program on this machine reaches what listens there. */
export function locally({ host, port }: HostPort): HostPort {
  return { host: isWildcard(host) ? '127.0.0.1' : host, port }
}

/** True when two listeners of one process would ask for the same port. */
export function collide(one: HostPort, other: HostPort): boolean {
  if (one.port !== other.port || one.port === 0) return false
  return one.host === other.host || isWildcard(one.host) || isWildcard(other.host)
}

export const hostPort: OptionType<HostPort> = {
  kafkaType: 'STRING',
  valid: 'host:port',
  parse(text, name) {
    const trimmed = text.trim()
    const value = readHostPort(trimmed)
    if (value) return { value }
    return invalidValue(name, trimmed, 'Expected host:port, such as 127.0.0.1:9093 or [::1]:9093')
  },
  print: formatHostPort,
}

/** A place to listen on, or none: an empty text. */
export const hostPortOrNone: OptionType<HostPort | 'none'> = {
  kafkaType: 'STRING',
  valid: 'host:port, or nothing',
  parse: (text, name) => (text.trim() === '' ? { value: 'none' } : hostPort.parse(text, name)),
  print: (value) => (value === 'none' ? '' : formatHostPort(value)),
}

export const listener: OptionType<Listener> = {
  kafkaType: 'STRING',
  valid: 'PLAINTEXT://host:port',
  parse(text, name): Parsed<Listener> {
    const trimmed = text.trim()
    const [, listenerName, rest] = /^(\w+):\/\/(.*)$/.exec(trimmed) ?? []
    const where = readHostPort(rest ?? '')
    // Kafka upper-cases listener names too, so that `plaintext://` is the same listener.
    if (listenerName && where) return { value: { name: listenerName.toUpperCase(), ...where } }
    return invalidValue(
      name,
      trimmed,
      'Expected a name, a host and a port, such as PLAINTEXT://127.0.0.1:9092',
    )
  },
  print: (value) => `${value.name}://${formatHostPort(value)}`,
}

export const voter: OptionType<Voter> = {
  kafkaType: 'STRING',
  valid: 'id@host:port',
  parse(text, name) {
    const trimmed = text.trim()
    const [, id, rest] = /^(\d{1,10})@(.*)$/.exec(trimmed) ?? []
    const where = readHostPort(rest ?? '')
    if (id !== undefined && where && where.host !== '')
      return { value: { nodeId: Number(id), ...where } }
    return invalidValue(
      name,
      trimmed,
      'Expected a node id, a host and a port, such as 1@127.0.0.1:9093',
    )
  },
  print: (value) => `${value.nodeId}@${formatHostPort(value)}`,
}
