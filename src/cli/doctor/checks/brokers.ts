/**
 * Brokers as clients meet them: whether each is where it says it is, whether anybody else can get
 * there, whether they are of one release, and whether their clocks agree. Pure.
 */
import { formatHostPort } from '../../../config/addresses.ts'
import { namesOf, they, type Finding } from '../finding.ts'
import { countOf } from '../../table.ts'
import { isKnown, type BrokerReading, type ClockReading, type Readings } from '../readings.ts'

export function checkBrokers(readings: Readings): readonly Finding[] {
  const { brokers } = readings
  return [
    ...reachability(brokers),
    ...outOfService(readings),
    ...loopback(brokers),
    ...versions(brokers),
    ...clocks(brokers),
  ]
}

const REACHABLE = 'advertised-listener'

function reachability(brokers: readonly BrokerReading[]): readonly Finding[] {
  const wrong = brokers.flatMap((broker) => unreachable(broker) ?? [])
  if (wrong.length > 0) return wrong
  return [
    {
      ...{ check: REACHABLE, verdict: 'ok' },
      says: `${they(brokers.length, 'broker', ['answers', 'answer'])} where advertised, each by its own id`,
    },
  ]
}

function unreachable({ nodeId, address, reached }: BrokerReading): Finding | null {
  const where = formatHostPort(address)
  switch (reached.by) {
    case 'itself':
      return null
    case 'nobody':
      return {
        ...{ check: REACHABLE, verdict: 'problem' },
        says: `broker ${nodeId} is advertised at ${where}, where no broker answers: ${reached.why}`,
        means: 'Clients here cannot read or write what it leads.',
        next: 'If it is down, start it; otherwise correct its advertised.listeners, or the firewall.',
      }
    case 'another':
      return {
        ...{ check: REACHABLE, verdict: 'problem' },
        says: `broker ${nodeId} is advertised at ${where}, where ${reached.who}`,
        means: 'Clients take one broker for the other, and are refused.',
        next: 'Correct the advertised.listeners of whichever node should not be reached there.',
      }
    case 'somebody':
      return {
        ...{ check: REACHABLE, verdict: 'unknown' },
        says: `a broker answers at ${where}, and whether it is broker ${nodeId} cannot be told: ${reached.why}`,
      }
  }
}

/** Those that hold replicas and are not among the brokers in service. */
function outOfService({ brokers, topics }: Readings): readonly Finding[] {
  const inService = new Set(brokers.map(({ nodeId }) => nodeId))
  const replicas = new Map<number, number>()
  for (const { partitions } of topics)
    for (const { replicas: nodeIds } of partitions)
      for (const nodeId of nodeIds)
        if (!inService.has(nodeId)) replicas.set(nodeId, (replicas.get(nodeId) ?? 0) + 1)
  return [...replicas]
    .sort(([a], [b]) => a - b)
    .map(([nodeId, count]) => ({
      ...{ check: 'broker-in-service', verdict: 'problem' },
      says: `broker ${nodeId} is out of service, and holds ${countOf(count, 'replica')}`,
      means: 'What it should copy has one copy less until it is back.',
      next: 'Start it; it catches up by itself. If it will not come back, move its replicas to others.',
    }))
}

function loopback(brokers: readonly BrokerReading[]): readonly Finding[] {
  const local = brokers.filter(({ address }) => isLoopback(address.host))
  const nowhere = brokers.filter(({ address }) => isWildcard(address.host))
  const hosts = new Set(brokers.map(({ address }) => address.host))
  const isOneMachine = local.length === brokers.length
  if (nowhere.length === 0 && (local.length === 0 || isOneMachine)) {
    const where = isOneMachine ? 'loopback, all on this machine' : `${hosts.size} addresses`
    return [
      { check: 'listener-address', verdict: 'ok', says: `brokers are advertised on ${where}` },
    ]
  }
  return [...nowhere, ...local].map(({ nodeId, address }) => ({
    ...{ check: 'listener-address', verdict: 'problem' },
    says: `broker ${nodeId} is advertised at ${formatHostPort(address)}, which every machine takes for itself`,
    means: 'Clients and brokers on other machines never reach it.',
    next: 'Set its advertised.listeners to a name or address that others can resolve.',
  }))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function isWildcard(host: string): boolean {
  return host === '' || host === '0.0.0.0' || host === '::'
}

function versions(brokers: readonly BrokerReading[]): readonly Finding[] {
  const check = 'same-release'
  const known = brokers.filter(({ serves }) => serves !== null)
  if (known.length === 0) return []
  const groups = new Map<string, number[]>()
  for (const { nodeId, serves } of known)
    groups.set(serves ?? '', [...(groups.get(serves ?? '') ?? []), nodeId])
  if (groups.size === 1)
    return [{ check, verdict: 'ok', says: 'brokers serve the same APIs in the same versions' }]
  const parts = [...groups.values()].map((nodeIds) => nodeIds.join(', '))
  return [
    {
      ...{ check, verdict: 'warning' },
      says: `brokers do not serve the same versions of the protocol: ${parts.join(' unlike ')}`,
      means: 'They are of different releases; in the middle of an upgrade that is as it should be.',
      next: 'Finish the upgrade.',
    },
  ]
}

/** Beyond this, times of records and retention are visibly wrong. */
const CLOCK_WARNING_MS = 1_000
/** Kafka's `message.timestamp.after.max.ms`: records from the future are refused. */
const CLOCK_PROBLEM_MS = 3_600_000

function clocks(brokers: readonly BrokerReading[]): readonly Finding[] {
  const check = 'clocks'
  const known = brokers.flatMap(({ nodeId, clock }) => (isKnown(clock) ? [{ nodeId, clock }] : []))
  const off = known.filter(({ clock }) => certainly(clock) > CLOCK_WARNING_MS)
  const common = known.length > 1 && off.length === known.length ? inCommon(known) : null
  const findings: Finding[] = common
    ? [clockFinding(common, 'the clocks of all brokers agree, and are')]
    : off.map(({ nodeId, clock }) => clockFinding(clock, `the clock of broker ${nodeId} is`))
  const silent = brokers.filter(({ clock, reached }) => !isKnown(clock) && reached.by !== 'nobody')
  if (silent.length > 0) {
    const whose = namesOf(silent.map(({ nodeId }) => String(nodeId)))
    const says = `the clock of ${countOf(silent.length, 'broker')} (${whose}) cannot be read`
    findings.push({ check, verdict: 'unknown', says: `${says}: ${reasonOf(silent)}` })
  }
  if (findings.length > 0 || known.length === 0) return findings
  const worst = Math.max(...known.map(({ clock }) => bound(clock)))
  return [{ check, verdict: 'ok', says: `clocks are within ${seconds(worst)} of this machine's` }]
}

function clockFinding(clock: ClockReading, what: string): Finding {
  const apart = `${seconds(certainly(clock))} ${clock.leastMs > 0 ? 'ahead of' : 'behind'}`
  return {
    check: 'clocks',
    verdict: certainly(clock) > CLOCK_PROBLEM_MS ? 'problem' : 'warning',
    says: `${what} ${apart} this machine's`,
    means: 'Retention by time, offsets by time and times set by the broker are off by as much.',
    next: 'Let all machines keep time by NTP (chrony, systemd-timesyncd), this one included.',
  }
}

/** What all of them may be off by; null when they differ among themselves. */
function inCommon(known: readonly { readonly clock: ClockReading }[]): ClockReading | null {
  const leastMs = Math.max(...known.map(({ clock }) => clock.leastMs))
  const mostMs = Math.min(...known.map(({ clock }) => clock.mostMs))
  return leastMs <= mostMs ? { leastMs, mostMs } : null
}

/** How far apart they are at least. */
function certainly({ leastMs, mostMs }: ClockReading): number {
  return Math.max(0, leastMs, -mostMs)
}

/** How far apart they are at most. */
function bound({ leastMs, mostMs }: ClockReading): number {
  return Math.max(Math.abs(leastMs), Math.abs(mostMs))
}

function seconds(ms: number): string {
  const value = ms / 1_000
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`
}

function reasonOf([first]: readonly BrokerReading[]): string {
  return first && !isKnown(first.clock) ? first.clock.unknown : ''
}
