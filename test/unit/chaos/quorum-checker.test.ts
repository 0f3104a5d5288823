// Goal: the checker of the quorum's chaos runs flags every anomaly it names, and nothing else.
// Method: histories and readings made by hand, each with one thing wrong, beside clean ones that
// look alike; and random histories of a cluster that does what it says.
import { expect, test } from 'vitest'
import {
  check,
  settledBefore,
  type ListedTopic,
  type Reading,
} from '../../../chaos/quorum/checker.ts'
import type { TopicOperation } from '../../../chaos/quorum/history.ts'
import { dice } from '../../support/log-text.ts'

type Told = readonly ['create' | 'delete', string, ...([TopicOperation['outcome'], string?] | [])]

/** Operations one after the other, each answered before the next is asked. */
function history(...told: readonly Told[]): TopicOperation[] {
  return told.map(([kind, topic, outcome = 'ok', error = null], number) => ({
    number,
    kind,
    topic,
    partitions: 2,
    node: 1,
    askedMs: number * 10,
    answeredMs: outcome === null ? null : number * 10 + 5,
    outcome,
    topicId: kind === 'create' && outcome === 'ok' ? `id of ${topic}` : null,
    error,
  }))
}

const listed = (name: string, changes: Partial<ListedTopic> = {}): ListedTopic => ({
  name,
  topicId: `id of ${name}`,
  partitions: 2,
  ...changes,
})

const nodes = (...perNode: readonly (readonly ListedTopic[])[]): Reading[] =>
  perNode.map((topics, index) => ({ node: index + 1, topics }))

/** The same on two nodes. */
const everywhere = (...topics: readonly ListedTopic[]) => nodes(topics, topics)

const kinds = (...args: Parameters<typeof check>) => [
  ...new Set(check(...args).map(({ kind }) => kind)),
]

test('what was acknowledged is there, what was deleted is gone', () => {
  const operations = history(['create', 'a'], ['create', 'b'], ['delete', 'a'])
  expect(check(operations, everywhere(listed('b')))).toEqual([])
  expect(check([], everywhere())).toEqual([])
})

test('what is unknown may be either way, but the same everywhere', () => {
  const created = history(['create', 'a', 'unknown'])
  expect(check(created, everywhere())).toEqual([])
  expect(check(created, everywhere(listed('a', { topicId: 'any' })))).toEqual([])
  expect(kinds(created, nodes([listed('a')], []))).toEqual(['disagreement'])
  const deleted = history(['create', 'a'], ['delete', 'a', 'unknown'])
  expect(check(deleted, everywhere())).toEqual([])
  expect(check(deleted, everywhere(listed('a')))).toEqual([])
  expect(kinds(deleted, nodes([], [listed('a')]))).toEqual(['disagreement'])
  expect(kinds(deleted, everywhere(listed('a', { topicId: 'other' })))).toEqual(['other id'])
})

test('lost creation: on one node, on all, and after a deletion that was refused', () => {
  const operations = history(['create', 'a'])
  expect(kinds(operations, everywhere())).toEqual(['lost creation'])
  expect(kinds(operations, nodes([], [listed('a')]))).toEqual(['lost creation', 'disagreement'])
  const refused = history(['create', 'a'], ['delete', 'a', 'failed', 'POLICY_VIOLATION'])
  expect(kinds(refused, everywhere())).toEqual(['lost creation'])
  expect(check(refused, everywhere(listed('a')))).toEqual([])
})

test('lost creation: a deletion found nothing, and none before it may have taken effect', () => {
  const nothing = ['failed', 'UNKNOWN_TOPIC_OR_PARTITION'] as const
  const lost = history(['create', 'a'], ['delete', 'a', ...nothing], ['delete', 'a', 'unknown'])
  expect(kinds(lost, everywhere())).toEqual(['lost creation'])
  const unsure = history(['create', 'a', 'unknown'], ['delete', 'a', ...nothing])
  expect(check(unsure, everywhere())).toEqual([])
  expect(check(unsure, everywhere(listed('a')))).toEqual([])
})

test('undeleted: after an acknowledgement, and after somebody found it gone', () => {
  const acknowledged = history(['create', 'a'], ['delete', 'a'])
  expect(kinds(acknowledged, everywhere(listed('a')))).toEqual(['undeleted'])
  const later = history(['create', 'a', 'unknown'], ['delete', 'a'], ['delete', 'a', 'unknown'])
  expect(kinds(later, everywhere(listed('a')))).toEqual(['undeleted'])
  const gone = history(
    ['create', 'a'],
    ['delete', 'a', 'unknown'],
    ['delete', 'a', 'failed', 'UNKNOWN_TOPIC_ID'],
  )
  expect(check(gone, everywhere())).toEqual([])
  expect(kinds(gone, everywhere(listed('a')))).toEqual(['undeleted'])
})

test('other id, half topic, listed twice, shared id', () => {
  const operations = history(['create', 'a'])
  expect(kinds(operations, everywhere(listed('a', { topicId: 'x' })))).toEqual(['other id'])
  expect(kinds(operations, everywhere(listed('a', { partitions: 1 })))).toEqual(['half topic'])
  expect(kinds(operations, everywhere(listed('a'), listed('a')))).toEqual(['listed twice'])
  const unsure = history(['create', 'a', 'unknown'])
  expect(kinds(unsure, everywhere(listed('a', { partitions: 0 })))).toEqual(['half topic'])
  const [first, second] = history(['create', 'a'], ['create', 'b']) as [
    TopicOperation,
    TopicOperation,
  ]
  const topicId = 'the same'
  expect(
    kinds(
      [
        { ...first, topicId },
        { ...second, topicId },
      ],
      everywhere(listed('a', { topicId }), listed('b', { topicId })),
    ),
  ).toEqual(['shared id'])
})

test('refused, but done; out of nowhere', () => {
  const refused = history(['create', 'a', 'failed', 'INVALID_PARTITIONS'])
  expect(check(refused, everywhere())).toEqual([])
  expect(kinds(refused, everywhere(listed('a')))).toEqual(['refused, but done'])
  expect(kinds([], everywhere(listed('a')))).toEqual(['out of nowhere'])
})

test('nodes that show another id or count than each other disagree', () => {
  const operations = history(['create', 'a', 'unknown'])
  const [one, other] = [listed('a'), listed('a', { topicId: 'other' })]
  expect(kinds(operations, nodes([one], [other]))).toEqual(['disagreement'])
  expect(kinds(operations, nodes([one], [one], [other]))).toEqual(['disagreement'])
})

test('what is under way, or was asked since, is not judged yet', () => {
  const operations = history(['create', 'a'], ['create', 'b'], ['delete', 'a', null])
  const { settled, unsettled } = settledBefore(operations, 1000)
  expect(settled.map(({ topic }) => topic)).toEqual(['b'])
  expect([...unsettled]).toEqual(['a'])
  expect(check(settled, nodes([listed('b')], [listed('b'), listed('a')]), unsettled)).toEqual([])
  expect(kinds(settled, everywhere(listed('a')), unsettled)).toEqual(['lost creation'])
  expect([...settledBefore(operations, 12).unsettled]).toEqual(['b', 'a'])
})

test('a cluster that does what it says is found clean, whatever is unknown', () => {
  const random = dice(1)
  for (let run = 0; run < 300; run += 1) {
    const there = new Set<string>()
    const told: Told[] = []
    const act = (kind: 'create' | 'delete', topic: string) => {
      const outcome = random.pick(['ok', 'ok', 'failed', 'unknown'] as const)
      const isThere = there.has(topic)
      if (kind === 'delete' && !isThere && outcome !== 'unknown')
        return void told.push([kind, topic, 'failed', 'UNKNOWN_TOPIC_OR_PARTITION'])
      told.push([kind, topic, outcome])
      const takesEffect = outcome === 'ok' || (outcome === 'unknown' && random.next() < 0.5)
      if (takesEffect && kind === 'create') there.add(topic)
      if (takesEffect && kind === 'delete') there.delete(topic)
    }
    for (let number = 0; number < 8; number += 1) {
      act('create', `t${number}`)
      for (let tries = random.int(0, 3); tries > 0; tries -= 1) act('delete', `t${number}`)
    }
    const operations = history(...told)
    const topics = [...there].map((name) => listed(name))
    expect(check(operations, everywhere(...topics))).toEqual([])
    // And any acknowledged topic that is taken away is missed.
    const kept = topics.filter(
      ({ name }) => !told.some(([kind, topic]) => kind === 'delete' && topic === name),
    )
    const victim = kept.find(({ name }) =>
      told.some(([, topic, o]) => topic === name && o === 'ok'),
    )
    if (!victim) continue
    const without = topics.filter((topic) => topic !== victim)
    expect(kinds(operations, everywhere(...without))).toContain('lost creation')
  }
})
