/**
 * Whether topics survive what they should: partitions without a leader or a copy, replication
 * against brokers, `min.insync.replicas` against replication, unclean elections, leaders that are
 * not where they belong. Pure.
 */
import { namesOf, they, type Finding } from '../finding.ts'
import { countOf } from '../../table.ts'
import type { PartitionReading, Readings, TopicReading } from '../readings.ts'

export function checkTopics(readings: Readings): readonly Finding[] {
  return [
    ...partitions(readings),
    ...replication(readings),
    ...minInSync(readings),
    ...unclean(readings),
    ...imbalance(readings),
    ...internalTopics(readings),
  ]
}

/** `orders-0` of every partition for which it holds. */
function partitionsWhere(
  { topics }: Readings,
  isWanted: (partition: PartitionReading, topic: TopicReading) => boolean,
): readonly string[] {
  return topics.flatMap((topic) =>
    topic.partitions
      .filter((partition) => isWanted(partition, topic))
      .map(({ partition }) => `${topic.name}-${partition}`),
  )
}

function partitions(readings: Readings): readonly Finding[] {
  const check = 'partitions'
  const findings: Finding[] = []
  const offline = partitionsWhere(readings, ({ leader }) => leader === null)
  if (offline.length > 0)
    findings.push({
      ...{ check, verdict: 'problem' },
      says: `${they(offline.length, 'partition', ['has', 'have'])} no leader: ${namesOf(offline)}`,
      means: 'They can be neither read nor written.',
      next: 'Start the brokers that hold them; `lograft topic describe` names them.',
    })
  const short = partitionsWhere(
    readings,
    ({ leader, isr, replicas }) => leader !== null && isr.length < replicas.length,
  )
  if (short.length > 0)
    findings.push({
      ...{ check, verdict: 'warning' },
      says: `${they(short.length, 'partition', ['has', 'have'])} a replica that is not in sync: ${namesOf(short)}`,
      means: 'The next broker that fails may make them unavailable.',
      next: 'Bring brokers that are out of service back; one that is there catches up by itself.',
    })
  const below = partitionsWhere(
    readings,
    ({ leader, isr }, { minInSync: least }) => leader !== null && isr.length < (least ?? 0),
  )
  if (below.length > 0)
    findings.push({
      ...{ check, verdict: 'problem' },
      says: `${they(below.length, 'partition', ['has', 'have'])} fewer replicas in sync than min.insync.replicas: ${namesOf(below)}`,
      means: 'Producers with acks=all are refused there.',
      next: 'Bring the missing replicas back.',
    })
  if (findings.length > 0) return findings
  const count = readings.topics.reduce((sum, topic) => sum + topic.partitions.length, 0)
  if (count === 0) return [{ check, verdict: 'ok', says: 'there is no topic yet' }]
  const says = `${they(count, 'partition', ['has a leader and all its', 'have leaders and all their'])} replicas in sync`
  return [{ check, verdict: 'ok', says }]
}

const replicasOf = ({ partitions: all }: TopicReading) =>
  Math.min(...all.map(({ replicas }) => replicas.length))

function replication({ brokers, topics }: Readings): readonly Finding[] {
  const check = 'replication-factor'
  const findings: Finding[] = []
  if (brokers.length === 1)
    findings.push({
      ...{ check, verdict: 'warning' },
      says: 'there is one broker',
      means: 'Nothing has a second copy: what its disk loses is lost.',
      next: 'For anything that matters, run three.',
    })
  const single = topics
    .filter((topic) => !topic.isInternal && replicasOf(topic) === 1)
    .map(({ name }) => name)
  if (brokers.length > 1 && single.length > 0)
    findings.push({
      ...{ check, verdict: 'warning' },
      says: `${they(single.length, 'topic', ['has', 'have'])} a single replica: ${namesOf(single)}`,
      means: 'They are unavailable while its broker is down, and lost with its disk.',
      next: 'Reassign their partitions to more brokers; default.replication.factor is for new topics.',
    })
  const wanted = defaultReplication(brokers)
  if (wanted > brokers.length)
    findings.push({
      ...{ check, verdict: 'problem' },
      says: `default.replication.factor is ${wanted}, and ${they(brokers.length, 'broker', ['is', 'are'])} in service`,
      means: 'Topics that do not say otherwise cannot be created.',
      next: 'Start more brokers, or lower it.',
    })
  if (findings.length > 0) return findings
  return [{ check, verdict: 'ok', says: `replication fits ${brokers.length} brokers` }]
}

function defaultReplication(brokers: Readings['brokers']): number {
  const values = brokers.map(({ config }) => Number(config?.get('default.replication.factor') ?? 1))
  return Math.max(1, ...values)
}

/** Whether anything is missing: what the options leave room for is in use then. */
const isShort = ({ topics }: Readings) =>
  topics.some(({ partitions: all }) =>
    all.some(({ leader, isr, replicas }) => leader === null || isr.length < replicas.length),
  )

function minInSync(readings: Readings): readonly Finding[] {
  const { topics } = readings
  const check = 'min-insync-replicas'
  const known = topics.filter(({ minInSync: least }) => least !== null)
  const named = (isWanted: (least: number, replicas: number) => boolean) =>
    known
      .filter((topic) => isWanted(topic.minInSync ?? 0, replicasOf(topic)))
      .map((one) => one.name)
  const findings: Finding[] = []
  const never = named((least, replicas) => least > replicas)
  if (never.length > 0)
    findings.push({
      ...{ check, verdict: 'problem' },
      says: `${they(never.length, 'topic', ['has', 'have'])} more min.insync.replicas than replicas: ${namesOf(never)}`,
      means: 'Producers with acks=all are always refused.',
      next: 'Lower min.insync.replicas, or add replicas.',
    })
  const brittle = named((least, replicas) => replicas > 1 && least === replicas)
  if (brittle.length > 0)
    findings.push({
      ...{ check, verdict: 'warning' },
      says: `${they(brittle.length, 'topic', ['needs', 'need'])} every replica in sync: ${namesOf(brittle)}`,
      means: 'One broker down, and producers with acks=all are refused.',
      next: 'Lower min.insync.replicas by one, or add a replica.',
    })
  const lonely = named((least, replicas) => replicas > 2 && least === 1)
  if (lonely.length > 0)
    findings.push({
      ...{ check, verdict: 'warning' },
      says: `${they(lonely.length, 'topic', ['acknowledges', 'acknowledge'])} acks=all with a single copy in sync: ${namesOf(lonely)}`,
      means: 'What only that copy has is lost with its disk.',
      next: 'Set min.insync.replicas=2.',
    })
  const copied = known.filter((topic) => replicasOf(topic) > 1)
  if (findings.length > 0 || copied.length === 0 || isShort(readings)) return findings
  return [{ check, verdict: 'ok', says: 'min.insync.replicas leaves room for one broker down' }]
}

function unclean({ topics, brokers }: Readings): readonly Finding[] {
  const check = 'unclean-leader-election'
  const key = `${check.replaceAll('-', '.')}.enable`
  const risky = topics.filter(({ isUnclean }) => isUnclean).map(({ name }) => name)
  const byDefault = brokers.filter(({ config }) => config?.get(key) === 'true')
  if (risky.length === 0 && byDefault.length === 0)
    return [{ check, verdict: 'ok', says: 'no topic allows a leader that was not in sync' }]
  const places = [
    ...(byDefault.length > 0 ? ['the default of new topics'] : []),
    ...(risky.length > 0 ? [namesOf(risky)] : []),
  ]
  return [
    {
      ...{ check, verdict: 'warning' },
      says: `${key} is true for ${places.join(', ')}`,
      means: 'Acknowledged records may be lost, so that a partition is available sooner.',
      next: 'Set it to false, unless that is what you want.',
    },
  ]
}

/** Kafka's `leader.imbalance.per.broker.percentage`. */
const IMBALANCE_MAX = 0.1

function imbalance({ topics, brokers }: Readings): readonly Finding[] {
  const check = 'leader-balance'
  const findings: Finding[] = []
  const all = topics.flatMap(({ partitions: some }) => some)
  for (const { nodeId } of brokers) {
    // Who leads what nobody leads is no question of balance.
    const preferred = all.filter(
      ({ replicas, leader }) => replicas[0] === nodeId && leader !== null,
    )
    const away = preferred.filter(({ leader }) => leader !== nodeId)
    if (away.length <= IMBALANCE_MAX * preferred.length) continue
    findings.push({
      ...{ check, verdict: 'warning' },
      says: `broker ${nodeId} leads ${preferred.length - away.length} of ${preferred.length} partitions that prefer it`,
      means: 'Others do its work.',
      next: 'After a restart the leaders go back within minutes, if auto.leader.rebalance.enable is true.',
    })
  }
  const inService = new Set(brokers.map(({ nodeId }) => nodeId))
  // Others lead for those that are out of service, which is told elsewhere.
  const isElsewhere = all.some(
    ({ leader, replicas: [first] }) =>
      leader === null || (first !== undefined && first !== leader && !inService.has(first)),
  )
  if (findings.length > 0 || isElsewhere) return findings
  return [{ check, verdict: 'ok', says: 'leaders are where they are preferred' }]
}

function internalTopics({ topics, brokers }: Readings): readonly Finding[] {
  const check = 'internal-topics'
  const wanted = Math.min(3, brokers.length)
  const internal = topics.filter(({ isInternal }) => isInternal)
  const thin = internal.filter((topic) => replicasOf(topic) < wanted)
  if (thin.length === 0 && internal.length === 0) return []
  if (thin.length === 0)
    return [
      { check, verdict: 'ok', says: `internal topics have at least ${countOf(wanted, 'replica')}` },
    ]
  return [
    {
      ...{ check, verdict: 'warning' },
      says: `${namesOf(thin.map((topic) => `${topic.name} (${replicasOf(topic)})`))}: fewer replicas than brokers allow`,
      means: 'What groups have committed is unavailable, or lost, with too few brokers.',
      next: 'Reassign its partitions to three brokers.',
    },
  ]
}
