/**
 * kafkajs in a group, and its admin on groups, as a program. It has neither static members nor
 * cooperative rebalancing.
 */
import { AssignerProtocol, Kafka, logLevel } from 'kafkajs'
import { outcome, run, tell, type Client } from './program.ts'

const kafkaAt = (brokers: readonly string[], clientId = 'conformance') =>
  new Kafka({
    ...{ clientId, brokers: [...brokers], logLevel: logLevel.NOTHING },
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 20 },
  })

const join: Client['join'] = async (bootstrap, { groupId, topic, clientId, sessionTimeoutMs }) => {
  const consumer = kafkaAt(bootstrap, clientId).consumer({
    ...{ groupId, sessionTimeout: sessionTimeoutMs ?? 10_000, heartbeatInterval: 300 },
    ...{ maxWaitTimeInMs: 100, retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 5 } },
  })
  const positions = new Map<number, number>()
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    tell({ event: 'assigned', now: payload.memberAssignment[topic] ?? [] })
  })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ partition, message }) => {
      const offset = Number(message.offset)
      positions.set(partition, offset + 1)
      tell({ event: 'record', partition, offset, value: message.value?.toString() ?? '' })
      return Promise.resolve()
    },
  })
  return {
    leave: () => consumer.disconnect(),
    async perform(todo) {
      if (todo.do === 'commit')
        await consumer.commitOffsets(
          [...positions].map(([partition, offset]) => ({ topic, partition, offset: `${offset}` })),
        )
      if (todo.do === 'pause') consumer.pause([{ topic, partitions: [...todo.partitions] }])
      if (todo.do === 'resume') consumer.resume([{ topic, partitions: [...todo.partitions] }])
      if (todo.do === 'seek')
        consumer.seek({ topic, partition: todo.partition, offset: `${todo.offset}` })
    },
  }
}

type Admin = ReturnType<Kafka['admin']>

async function withAdmin(bootstrap: readonly string[], work: (admin: Admin) => Promise<unknown>) {
  const admin = kafkaAt(bootstrap).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

const codeOf = (thrown: unknown) => {
  const { code, groups } = thrown as { code?: number; groups?: { errorCode: number }[] }
  return groups?.[0]?.errorCode ?? code ?? null
}

const commands: Client['commands'] = {
  listGroups: (bootstrap) =>
    withAdmin(bootstrap, async (admin) =>
      (await admin.listGroups()).groups.map(({ groupId }) => groupId),
    ),
  describeGroups: (bootstrap, { groups, topic }) =>
    withAdmin(bootstrap, async (admin) => {
      const told = await admin.describeGroups(groups)
      return Object.fromEntries(
        told.groups.map(({ groupId, state, protocol, members }) => {
          const value = {
            ...{ state, protocol },
            members: members.map(({ clientId, memberAssignment }) => ({
              ...{ instanceId: null, clientId },
              partitions:
                AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic],
            })),
          }
          return [groupId, { error: null, value }]
        }),
      )
    }),
  deleteGroups: (bootstrap, { groups }) =>
    withAdmin(bootstrap, async (admin) => {
      const [group = ''] = groups
      return { [group]: await outcome(() => admin.deleteGroups(groups).then(() => null), codeOf) }
    }),
  groupOffsets: (bootstrap, { group, topic }) =>
    withAdmin(bootstrap, async (admin) => {
      const told = await admin.fetchOffsets({ groupId: group, topics: [topic] })
      const committed = (told[0]?.partitions ?? []).filter(({ offset }) => offset !== '-1')
      const value = committed.map(({ partition, offset }) => [partition, Number(offset)])
      return { error: null, value: Object.fromEntries(value) as unknown }
    }),
  setGroupOffsets: (bootstrap, { group, topic, offsets }) =>
    withAdmin(bootstrap, (admin) => {
      const partitions = Object.entries(offsets).map(([partition, offset]) => ({
        ...{ partition: Number(partition), offset: `${offset}` },
      }))
      return outcome(() => admin.setOffsets({ groupId: group, topic, partitions }), codeOf)
    }),
}

await run({ join, commands })
