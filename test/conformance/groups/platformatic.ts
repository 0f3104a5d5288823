/**
 * @platformatic/kafka in a group, and its admin on groups, as a program. It speaks flexible
 * versions only.
 */
import { Admin, Consumer, stringDeserializers, type GenericError } from '@platformatic/kafka'
import { errors } from '../../../src/wire/errors.ts'
import { outcome, run, tell, type Client } from './program.ts'

const optionsAt = (bootstrap: readonly string[], clientId = 'conformance') => ({
  ...{ clientId, bootstrapBrokers: [...bootstrap], retries: 20, retryDelay: 100 },
})

/** Kafka's code of the refusal that is somewhere in what the client threw. */
const codeOf = (thrown: unknown) => {
  const error = thrown as GenericError
  const found = Object.entries(errors).find(([name]) => error.findBy?.('apiId', name))
  return found?.[1] ?? null
}

const join: Client['join'] = async (bootstrap, joining) => {
  const { groupId, topic, clientId, sessionTimeoutMs = 10_000, instanceId } = joining
  const consumer = new Consumer({
    ...optionsAt(bootstrap, clientId),
    ...{ groupId, deserializers: stringDeserializers, autocommit: false, maxWaitTime: 100 },
    ...{ sessionTimeout: sessionTimeoutMs, heartbeatInterval: 300, rebalanceTimeout: 30_000 },
    ...(instanceId !== undefined && { groupInstanceId: instanceId }),
  })
  const positions = new Map<number, number>()
  consumer.on('consumer:group:join', ({ assignments = [] }) => {
    const now = assignments.filter((one) => one.topic === topic).flatMap((one) => one.partitions)
    tell({ event: 'assigned', now: now.sort((a, b) => a - b) })
  })
  consumer.on('consumer:heartbeat:error', ({ error }) => {
    const code = codeOf(error)
    if (code !== null) tell({ event: 'error', error: code })
  })
  const stream = await consumer.consume({
    ...{ topics: [topic], mode: 'committed', fallbackMode: 'earliest', maxWaitTime: 100 },
  })
  stream.on('data', ({ partition, offset, value }) => {
    positions.set(partition, Number(offset) + 1)
    tell({ event: 'record', partition, offset: Number(offset), value })
  })
  stream.on('error', (thrown) => {
    tell({ event: 'error', error: codeOf(thrown) ?? String(thrown) })
  })
  return {
    async leave() {
      await stream.close()
      await consumer.close()
    },
    async perform(todo) {
      if (todo.do !== 'commit') throw new Error(`it cannot ${todo.do}`)
      const offsets = [...positions].map(([partition, offset]) => ({
        ...{ topic, partition, offset: BigInt(offset), leaderEpoch: -1 },
      }))
      await consumer.commit({ offsets })
    },
  }
}

async function withAdmin(bootstrap: readonly string[], work: (admin: Admin) => Promise<unknown>) {
  const admin = new Admin(optionsAt(bootstrap))
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

const commands: Client['commands'] = {
  listGroups: (bootstrap) =>
    withAdmin(bootstrap, async (admin) => [...(await admin.listGroups()).keys()]),
  describeGroups: (bootstrap, { groups, topic }) =>
    withAdmin(bootstrap, async (admin) => {
      const told = [...(await admin.describeGroups({ groups })).values()]
      return Object.fromEntries(
        told.map(({ id, state, protocol, members }) => {
          const view = [...members.values()].map(({ clientId, groupInstanceId, assignments }) => ({
            ...{ instanceId: groupInstanceId ?? null, clientId },
            partitions: assignments?.get(topic)?.partitions ?? [],
          }))
          const name = state.charAt(0) + state.slice(1).toLowerCase()
          return [id, { error: null, value: { state: name, protocol, members: view } }]
        }),
      )
    }),
  deleteGroups: (bootstrap, { groups }) =>
    withAdmin(bootstrap, async (admin) => {
      const [group = ''] = groups
      return { [group]: await outcome(() => admin.deleteGroups({ groups }), codeOf) }
    }),
  groupOffsets: (bootstrap, { group, topic }) =>
    withAdmin(bootstrap, async (admin) => {
      const [told] = await admin.listConsumerGroupOffsets({ groups: [group] })
      const found = told?.topics.filter(({ name }) => name === topic) ?? []
      const value = found.flatMap(({ partitions }) =>
        partitions.map((one) => [one.partitionIndex, Number(one.committedOffset)] as const),
      )
      return { error: null, value: Object.fromEntries(value) }
    }),
  setGroupOffsets: (bootstrap, { group, topic, offsets }) =>
    withAdmin(bootstrap, (admin) => {
      const partitionOffsets = Object.entries(offsets).map(([partition, offset]) => ({
        ...{ partition: Number(partition), offset: BigInt(offset) },
      }))
      const topics = [{ name: topic, partitionOffsets }]
      return outcome(() => admin.alterConsumerGroupOffsets({ groupId: group, topics }), codeOf)
    }),
  deleteGroupOffsets: (bootstrap, { group, topic, partitions }) =>
    withAdmin(bootstrap, (admin) => {
      const topics = [{ name: topic, partitionIndexes: partitions }]
      return outcome(
        () => admin.deleteConsumerGroupOffsets({ groupId: group, topics }).then(() => null),
        codeOf,
      )
    }),
}

await run({ join, commands })
