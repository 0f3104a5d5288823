/**
 * Goal: the judge of plans finds what must not be: a step twice, left out, late, without its key or
 * told wrongly; what two plans both changed; what no plan did.
 * Method: small plans and logs by hand.
 */
import { expect, test } from 'vitest'
import { storyOf, type PlanStory } from '../../../chaos/admin/applied.ts'
import { checkLog, checkRivals, checkStory } from '../../../chaos/admin/checker.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'

const wire = lograft.admin.v1

const creation = (name: string) =>
  new wire.PlanStep({ summary: name, createTopic: new wire.NewTopic({ name }) })
const plan = new wire.Plan({ steps: [creation('planned-a'), creation('planned-b')] })

const story = (part: Partial<PlanStory> = {}): PlanStory => ({
  ...storyOf(plan, 'key'),
  told: [0, 1].map((step) => ({ step, metadataOffset: 10 + step, alreadyApplied: false })),
  ending: 'done',
  ...part,
})

const topic = (name: string) => ({ type: 'Topic', name, topicId: `id-${name}` }) as MetadataRecord
const keyed = (key: string, metadataOffset: number): MetadataRecord => ({
  ...{ type: 'RequestKey', key, digest: 'd', metadataOffset },
})
const entry = (offset: number, ...records: MetadataRecord[]): CommittedEntry => ({
  ...{ offset, epoch: 1, records },
})

const first = entry(10, topic('planned-a'), keyed('key/0', 10))
const second = entry(11, topic('planned-b'), keyed('key/1', 11))

test('a plan that was carried out is fine', () => {
  expect(checkStory(story(), [first, second])).toEqual([])
  expect(checkLog([first, second])).toEqual([])
})

test.each<[string, CommittedEntry[], RegExp]>([
  ['twice', [first, second, entry(12, topic('planned-b'), keyed('key/1', 12))], /carried out at/],
  ['left out', [second], /left out, and a later one/],
  ['not done', [first], /not carried out, and the plan is done/],
  [
    'too early',
    [
      entry(10, topic('planned-b'), keyed('key/1', 10)),
      entry(11, topic('planned-a'), keyed('key/0', 11)),
    ],
    /not behind the one before/,
  ],
  ['without its key', [first, entry(11, keyed('key/1', 11))], /its key and not what it does/],
])('a step %s', (_, entries, wrong) => {
  expect(checkStory(story(), entries).join('\n')).toMatch(wrong)
})

test.each<[string, PlanStory['told'], RegExp]>([
  [
    'as done now twice',
    [0, 0].map((step) => ({ step, metadataOffset: 10, alreadyApplied: false })),
    /told twice/,
  ],
  [
    'that was not done',
    [{ step: 2, metadataOffset: 12, alreadyApplied: false }],
    /told, and is not in the log/,
  ],
  [
    'at another offset',
    [{ step: 0, metadataOffset: 9, alreadyApplied: true }],
    /told at 9 and is at 10/,
  ],
])('a step that is told %s', (_, told, wrong) => {
  expect(checkStory(story({ told }), [first, second]).join('\n')).toMatch(wrong)
})

test('what two plans change, one does', () => {
  const other = { ...story(), key: 'other' }
  const theirs = entry(12, topic('planned-b'), keyed('other/1', 12))
  expect(checkRivals(story(), other, [first])).toEqual([])
  expect(checkRivals(story(), other, [first, second, theirs])).toEqual([
    'key and other both changed topic planned-b',
  ])
})

test('what no plan did, or did twice, is told', () => {
  expect(checkLog([entry(10, topic('planned-a'))])).toEqual([
    'Topic of planned-a at 10 with 0 keys',
  ])
  expect(checkLog([entry(10, topic('not-ours'))])).toEqual([])
  const again = entry(11, topic('planned-a'), keyed('key/1', 11))
  expect(checkLog([first, again])).toEqual(['planned-a is created twice, at 11'])
})
