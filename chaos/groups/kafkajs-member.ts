/**
 * A process of its own: kafkajs, unmodified, as a member of a group that commits by hand. Takes
 * HOST:PORT,… TOPIC GROUP NAME SESSION; ends when its standard input does; prints what
 * `members.ts` reads.
 *
 * kafkajs looks for the coordinator when it joins and never again: told that it is another one, it
 * asks the old one until its retries are used up, forgets that it is a member, and joins as a new
 * one. Its retries are few here. Of some ends it does not recover at all; then another consumer is
 * made, as whoever restarts a process that died of that would.
 */
import { Kafka, logLevel } from 'kafkajs'

const HEARTBEAT_MS = 100
const REBALANCE_MS = 10_000

const [brokers = '', topic = '', groupId = '', name = '', session = ''] = process.argv.slice(2)
const say = (line: string) => void process.stdout.write(`${line}\n`)

const kafka = new Kafka({
  clientId: name,
  brokers: brokers.split(','),
  logLevel: logLevel.ERROR,
  logCreator:
    () =>
    ({ log }) =>
      say(`log ${log.message} ${typeof log['error'] === 'string' ? log['error'] : ''}`),
})

let isEnding = false
let commits = 0
let consumer = newConsumer()
process.stdin.on('end', () => void end()).resume()
await consume()

function newConsumer() {
  return kafka.consumer({
    ...{ groupId, sessionTimeout: Number(session), heartbeatInterval: HEARTBEAT_MS },
    ...{ rebalanceTimeout: REBALANCE_MS, maxWaitTimeInMs: 100 },
    retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 2, restartOnFailure },
  })
}

async function consume(): Promise<void> {
  const by = consumer
  /** What it has of the present generation; who is about to join again has nothing. */
  let mine: readonly number[] = []
  let generation = 0
  by.on(by.events.REBALANCING, () => (mine = []))
  by.on(by.events.GROUP_JOIN, ({ payload }) => {
    generation += 1
    mine = payload.memberAssignment[topic] ?? []
  })
  by.on(by.events.CRASH, ({ payload }) => {
    if (!payload.restart && !isEnding) void again()
  })
  try {
    await by.connect()
    await by.subscribe({ topic, fromBeginning: true })
    await by.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 3,
      eachBatch: async ({ batch: { partition, messages }, heartbeat }) => {
        const began = generation
        const [first, last] = [messages.at(0), messages.at(-1)].map((of) => Number(of?.offset))
        if (first === undefined || last === undefined || messages.length === 0) return
        if (last - first + 1 === messages.length) say(`read ${partition} ${first} ${last}`)
        else for (const { offset } of messages) say(`read ${partition} ${offset} ${offset}`)
        await heartbeat()
        if (began !== generation || !mine.includes(partition)) return
        const metadata = `${name}:${(commits += 1)}`
        await by.commitOffsets([{ topic, partition, offset: `${last + 1}`, metadata }])
      },
    })
  } catch (thrown) {
    say(`log ${String(thrown)}`)
    if (!isEnding) setImmediate(() => void again())
  }
}

async function again(): Promise<void> {
  const before = consumer
  consumer = newConsumer()
  await before.disconnect().catch((thrown: unknown) => say(`log ${String(thrown)}`))
  await consume()
}

async function end(): Promise<void> {
  isEnding = true
  await consumer.disconnect().catch((thrown: unknown) => say(`log ${String(thrown)}`))
  process.exit(0)
}

function restartOnFailure(): Promise<boolean> {
  return Promise.resolve(!isEnding)
}
