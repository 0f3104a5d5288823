/**
 * What a cluster's answers mean for what its nodes must show. Pure: operations and readings in,
 * anomalies out. It is told only readings of a cluster that is whole again, and only what all nodes
 * had time to learn can be held against them: who reads a busy cluster asks again before believing
 * an anomaly.
 */
import type { TopicOperation } from './history.ts'

export interface ListedTopic {
  readonly name: string
  readonly topicId: string
  readonly partitions: number
}

/** All topics, as one node shows them. */
export interface Reading {
  readonly node: number
  readonly topics: readonly ListedTopic[]
}

export type AnomalyKind =
  /** An acknowledged creation is not there. */
  | 'lost creation'
  /** It is there under another id than was acknowledged. */
  | 'other id'
  /** Fewer or more partitions than were asked for. */
  | 'half topic'
  /** A node shows a name twice. */
  | 'listed twice'
  /** Two topics have one id. */
  | 'shared id'
  /** An acknowledged deletion has not happened, or has been undone. */
  | 'undeleted'
  /** What was refused for certain has happened. */
  | 'refused, but done'
  /** A topic nobody asked for. */
  | 'out of nowhere'
  /** Nodes show different things. */
  | 'disagreement'

export interface Anomaly {
  readonly kind: AnomalyKind
  readonly topic: string
  readonly sentence: string
}

/** What the answers say about one topic. */
interface Expectation {
  readonly topic: string
  readonly partitions: number
  /** As acknowledged; null when nobody was told. */
  readonly topicId: string | null
  readonly must: 'exist' | 'not exist' | 'either'
  /** Why. */
  readonly because: AnomalyKind
}

/** Operations that count: all of the topics that have nothing under way, and nothing since. */
export function settledBefore(
  operations: readonly TopicOperation[],
  atMs: number,
): { readonly settled: readonly TopicOperation[]; readonly unsettled: ReadonlySet<string> } {
  const unsettled = new Set(
    operations
      .filter(({ askedMs, answeredMs }) => askedMs >= atMs || (answeredMs ?? Infinity) >= atMs)
      .map(({ topic }) => topic),
  )
  return { settled: operations.filter(({ topic }) => !unsettled.has(topic)), unsettled }
}

/**
 * Everything wrong with `readings`, after all of `operations` were answered. Topics of `unsettled`
 * are not looked at.
 */
export function check(
  operations: readonly TopicOperation[],
  readings: readonly Reading[],
  unsettled: ReadonlySet<string> = new Set(),
): readonly Anomaly[] {
  const expectations = expectationsOf(operations)
  const judged = readings.map(({ node, topics }) => ({
    node,
    topics: topics.filter(({ name }) => !unsettled.has(name)),
  }))
  return [
    ...sharedIds(operations),
    ...contradictions(operations),
    ...judged.flatMap((reading) => [
      ...listedTwice(reading),
      ...outOfNowhere(reading, expectations),
      ...[...expectations.values()].flatMap((expectation) => unmet(expectation, reading)),
    ]),
    ...disagreements(judged),
  ]
}

function expectationsOf(operations: readonly TopicOperation[]): Map<string, Expectation> {
  const expectations = new Map<string, Expectation>()
  for (const [topic, own] of byTopic(operations)) {
    const creation = own.find(({ kind }) => kind === 'create')
    if (!creation) continue
    const { partitions, topicId } = creation
    expectations.set(topic, { topic, partitions, topicId, ...mustOf(creation, deletionsIn(own)) })
  }
  return expectations
}

function mustOf(
  creation: TopicOperation,
  deletions: Deletions,
): Pick<Expectation, 'must' | 'because'> {
  if (creation.outcome === 'failed') return { must: 'not exist', because: 'refused, but done' }
  // A creation that is unknown may come after whoever found nothing to delete.
  const isGone = deletions.acknowledged || (creation.outcome === 'ok' && deletions.foundGone)
  if (isGone) return { must: 'not exist', because: 'undeleted' }
  if (creation.outcome !== 'ok' || deletions.possible)
    return { must: 'either', because: 'disagreement' }
  return { must: 'exist', because: 'lost creation' }
}

interface Deletions {
  readonly acknowledged: boolean
  /** One of them may have taken effect, or may yet. */
  readonly possible: boolean
  /** One found nothing after an unknown one: that one has taken effect. */
  readonly foundGone: boolean
  /** Found nothing although none before it could have taken effect. */
  readonly contradiction: TopicOperation | null
}

/** What the deletions of one topic, in their order, say together. */
function deletionsIn(operations: readonly TopicOperation[]): Deletions {
  let acknowledged = false
  let possible = false
  let foundGone = false
  let contradiction: TopicOperation | null = null
  for (const operation of operations) {
    if (operation.kind !== 'delete') continue
    if (foundNothing(operation)) {
      if (possible) foundGone = true
      else contradiction ??= operation
    }
    if (operation.outcome === 'ok') acknowledged = true
    if (operation.outcome !== 'failed') possible = true
  }
  return { acknowledged, possible, foundGone, contradiction }
}

function foundNothing({ error }: TopicOperation): boolean {
  return error === 'UNKNOWN_TOPIC_OR_PARTITION' || error === 'UNKNOWN_TOPIC_ID'
}

/** Deletions that were told that there is no such topic, when there must have been one. */
function contradictions(operations: readonly TopicOperation[]): Anomaly[] {
  return [...byTopic(operations)].flatMap(([topic, own]) => {
    const isCreated = own.some(({ kind, outcome }) => kind === 'create' && outcome === 'ok')
    const { contradiction } = deletionsIn(own)
    if (!isCreated || !contradiction) return []
    const sentence = `${topic} was acknowledged, and node ${contradiction.node} had nothing to delete`
    return [{ kind: 'lost creation', topic, sentence }]
  })
}

function unmet(expectation: Expectation, { node, topics }: Reading): Anomaly[] {
  const { topic, partitions, topicId, must, because } = expectation
  const found = topics.find(({ name }) => name === topic)
  const anomaly = (kind: AnomalyKind, sentence: string) => [{ kind, topic, sentence }]
  if (!found) {
    if (must !== 'exist') return []
    return anomaly(because, `${topic} was acknowledged and is not on node ${node}`)
  }
  if (must === 'not exist') {
    const why = because === 'undeleted' ? 'its deletion was acknowledged' : 'it was refused'
    return anomaly(because, `${topic} is on node ${node}: ${why}`)
  }
  if (topicId !== null && found.topicId !== topicId)
    return anomaly(
      'other id',
      `${topic} was acknowledged as ${topicId}, is ${found.topicId} on node ${node}`,
    )
  if (found.partitions !== partitions)
    return anomaly(
      'half topic',
      `${topic} has ${found.partitions} partitions on node ${node}, asked for ${partitions}`,
    )
  return []
}

function listedTwice({ node, topics }: Reading): Anomaly[] {
  const seen = new Set<string>()
  return topics.flatMap(({ name }) => {
    if (!seen.has(name)) return (seen.add(name), [])
    return [{ kind: 'listed twice', topic: name, sentence: `${name} is on node ${node} twice` }]
  })
}

function outOfNowhere(
  { node, topics }: Reading,
  expectations: ReadonlyMap<string, Expectation>,
): Anomaly[] {
  return topics
    .filter(({ name }) => !expectations.has(name))
    .map(({ name }) => ({
      kind: 'out of nowhere',
      topic: name,
      sentence: `${name} is on node ${node}: nobody has created it`,
    }))
}

/** Ids given to two creations. */
function sharedIds(operations: readonly TopicOperation[]): Anomaly[] {
  const owners = new Map<string, string>()
  return operations.flatMap(({ topic, topicId }) => {
    const owner = topicId === null ? undefined : owners.get(topicId)
    if (topicId !== null) owners.set(topicId, topic)
    if (owner === undefined || owner === topic) return []
    return [{ kind: 'shared id', topic, sentence: `${topic} and ${owner} both are ${topicId}` }]
  })
}

/** Topics that nodes show differently, or some of them not at all. */
function disagreements(readings: readonly Reading[]): Anomaly[] {
  const [first, ...others] = readings
  if (!first) return []
  const listed = ({ topics }: Reading) =>
    new Map(topics.map((topic) => [topic.name, `${topic.topicId}, ${topic.partitions} partitions`]))
  const expected = listed(first)
  return others.flatMap((reading) => {
    const shown = listed(reading)
    return [...new Set([...expected.keys(), ...shown.keys()])]
      .filter((topic) => expected.get(topic) !== shown.get(topic))
      .map((topic) => ({
        kind: 'disagreement',
        topic,
        sentence:
          `${topic}: ${expected.get(topic) ?? 'none'} on node ${first.node}, ` +
          `${shown.get(topic) ?? 'none'} on node ${reading.node}`,
      }))
  })
}

function byTopic(operations: readonly TopicOperation[]): Map<string, TopicOperation[]> {
  const topics = new Map<string, TopicOperation[]>()
  for (const operation of operations) {
    const own = topics.get(operation.topic)
    if (own) own.push(operation)
    else topics.set(operation.topic, [operation])
  }
  return topics
}
