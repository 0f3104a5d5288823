/**
 * Goal: the digest of a request is of what it means: the same in every language's bytes, another
 * one for whatever else.
 * Method: messages whose defaults were written, as some languages do, beside those without them.
 */
import { expect, test } from 'vitest'
import { lograft } from '../../../../src/gen/lograft/admin/v1/admin.js'
import { digestOf } from '../../../../src/rpc/admin/mutation.ts'

const wire = lograft.admin.v1
const node = { digest: (text: string) => text }
const digest = (request: object) => digestOf(node, 'a method', request)

test('a default that is written means what one means that is not', () => {
  const bare = new wire.NewTopic({ name: 'a' })
  const written = new wire.NewTopic({
    ...{ name: 'a', partitions: 0, replicationFactor: 0, configs: {}, assignments: [] },
  })
  expect(digest(written)).toBe(digest(bare))
  const nested = (topics: lograft.admin.v1.INewTopic[]) =>
    digest(new wire.CreateTopicsRequest({ topics }))
  expect(nested([written])).toBe(nested([bare]))
})

test('what is optional and 0 is said; an empty value in a map is a value', () => {
  const partitions = (brokerId: number | null) =>
    digest(new wire.ListPartitionsRequest({ brokerId }))
  expect(partitions(0)).not.toBe(partitions(null))
  const configs = (values: Record<string, string>) =>
    digest(new wire.NewTopic({ name: 'a', configs: values }))
  expect(configs({ 'cleanup.policy': '' })).not.toBe(configs({}))
})

test('the key and how it is asked are no part of it', () => {
  const topics = [new wire.NewTopic({ name: 'a' })]
  const asked = (mutation: lograft.admin.v1.IMutation) =>
    digest(new wire.CreateTopicsRequest({ topics, mutation }))
  expect(asked({ idempotencyKey: 'one' })).toBe(asked({ idempotencyKey: 'two' }))
})
