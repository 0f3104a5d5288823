/**
 * What went wrong between this command and a broker, in words that say what to do next. Pure: what
 * is known already is in the error. Null for what explains itself or what nobody foresaw.
 */
import { BrokerError, ClientError } from '../client/errors.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import { errors } from '../wire/errors.ts'

export function explainClient(thrown: unknown, bootstrap: readonly HostPort[]): string | null {
  if (thrown instanceof ClientError) return explainConnection(thrown, bootstrap)
  if (thrown instanceof BrokerError) return explainRefusal(thrown)
  return null
}

function explainConnection(error: ClientError, bootstrap: readonly HostPort[]): string | null {
  const { address, code } = error
  const where = formatHostPort(address)
  const isNamed = bootstrap.some(({ host, port }) => host === address.host && port === address.port)
  switch (code) {
    case 'UNREACHABLE':
      return isNamed ? unreachable(error) : unreachableAdvertised(error, bootstrap)
    case 'NO_BROKER':
      return `something listens at ${where}, but does not answer as a Kafka broker: is the port right?`
    case 'BAD_RESPONSE':
      return `what listens on ${where} does not speak the Kafka protocol: is it the right port? A TLS or HTTP port is none.`
    case 'TIMED_OUT':
      return `${error.message}: the broker is overloaded, or waits for others itself${orNot(error)}. \`lograft doctor\` says who is missing.`
    case 'CONNECTION_LOST':
      return `${error.message}${orNot(error)}. The node's log says why.`
    case 'NOT_SERVED':
      return `${error.message} in a version that is known here. A newer broker may.`
    case 'TOO_MANY_IN_FLIGHT':
      return null
  }
}

/** What a request that changes something may have done all the same. */
function orNot({ changesNothing }: ClientError): string {
  return changesNothing ? '' : '; whether the request took effect is unknown'
}

function unreachable(error: ClientError): string {
  const { address } = error
  const where = formatHostPort(address)
  switch (systemCode(error)) {
    case 'ECONNREFUSED':
      return isLocal(address)
        ? `nothing listens on ${where}: is the node running? Start one with \`lograft start\`, or name another with --bootstrap.`
        : `nothing listens on ${where}: is the node running there, and is that its port?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${address.host} is a name without an address: correct --bootstrap.`
    default:
      return `${where} cannot be reached (${reason(error)}): is the address right, and no firewall in between?`
  }
}

/** The bootstrap address answered, and told of a broker that does not. */
function unreachableAdvertised(error: ClientError, bootstrap: readonly HostPort[]): string {
  const asked = bootstrap.map(formatHostPort).join(', ')
  return (
    `${asked} answers and says to use ${formatHostPort(error.address)}, which cannot be reached ` +
    `(${reason(error)}). Is that node down? Otherwise correct its advertised.listeners.`
  )
}

function explainRefusal(error: BrokerError): string | null {
  switch (error.errorCode) {
    case errors.TOPIC_ALREADY_EXISTS:
      return `${error.message} (--if-not-exists makes that no error)`
    case errors.UNSUPPORTED_COMPRESSION_TYPE:
      return `${error.message} Choose another --compression.`
    case errors.CLUSTER_AUTHORIZATION_FAILED:
      return `${error.message} For an idempotent producer that may be a missing right: --no-idempotence does without.`
    case errors.LEADER_NOT_AVAILABLE:
    case errors.NOT_LEADER_OR_FOLLOWER:
    case errors.COORDINATOR_NOT_AVAILABLE:
    case errors.NOT_COORDINATOR:
      return `${error.message} ${MISSING}`
    default:
      return null
  }
}

/** Whoever waits for these waits for brokers, or for a majority of the controllers. */
const MISSING =
  'Brokers or a majority of the controllers may be down: `lograft doctor` says which; start them.'

function systemCode(error: ClientError): string | null {
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return typeof code === 'string' ? code : null
}

function reason(error: ClientError): string {
  return systemCode(error) ?? (error.cause instanceof Error ? error.cause.message : error.message)
}

function isLocal({ host }: HostPort): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
