/**
 * Addresses of connections: where the other end of one is, and where to dial what listens there.
 * Never names: what is behind a name may be somebody else (SAFETY S23). Pure.
 */
import { isWildcard, type HostPort } from '../config/addresses.ts'

/** The other end, as gRPC writes it: `127.0.0.1:9093`, `[::1]:9093`. */
export function addressOf(peer: string): HostPort {
  const colon = peer.lastIndexOf(':')
  return { host: peer.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(peer.slice(colon + 1)) }
}

/**
 * Where a listener of the process behind a connection from `from` is dialled, with the host that it
 * was configured to bind; null when that cannot be known.
 */
export function listenerBehind(from: HostPort, listener: HostPort): HostPort | null {
  const host = plain(from.host)
  const { port } = listener
  const bound = plain(listener.host)
  if (isWildcard(bound) || bound === host) return { host, port }
  if (isLoopback(bound)) return isLoopback(host) ? { host: bound, port } : null
  return isLiteral(bound) ? { host: bound, port } : null
}

/** An IPv4 address that came in over an IPv6 socket is an IPv4 address. */
const plain = (host: string) => host.replace(/^::ffff:(?=\d+\.)/i, '')

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')

const isLiteral = (host: string) => /^[\d.]+$/.test(host) || host.includes(':')
