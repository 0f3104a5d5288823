/**
 * A process of its own: kafkajs, unmodified, as a member of a group that commits by hand. Takes
 * HOST:PORT,… TOPIC GROUP NAME SESSION; ends when its standard input does; prints what
 * `members.ts` reads.
 */
import { Kafka, logLevel } from 'kafkajs'

const HEARTBEAT_MS = 300
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
const consumer = kafka.consumer({
  ...{ groupId, sessionTimeout: Number(session), heartbeatInterval: HEARTBEAT_MS },
  ...{ rebalanceTimeout: REBALANCE_MS, maxWaitTimeInMs: 100 },
  // It dials a broker that is gone so often before it looks for another one.
  retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 5, restartOnFailure: isWanted },
})

let isEnding = false
/** Counts its generations; what it has of the present one. */
let generation = 0
let mine: readonly number[] = []
let number = 0

process.stdin.on('end', () => void end()).resume()
consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
  generation += 1
  mine = payload.memberAssignment[topic] ?? []
})
// Who is about to join again owns nothing until it has.
consumer.on(consumer.events.REBALANCING, () => (mine = []))

await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch: { partition, messages } }) => {
    const began = generation
    const offsets = messages.map(({ offset }) => Number(offset))
    const [first] = offsets
    const last = offsets.at(-1)
    if (first === undefined || last === undefined) return
    if (last - first + 1 !== offsets.length) say(`log a gap in ${partition} from ${first}`)
    else say(`read ${partition} ${first} ${last}`)
    if (began !== generation || !mine.includes(partition)) return
    const metadata = `${name}.${process.pid}:${(number += 1)}`
    await consumer.commitOffsets([{ topic, partition, offset: `${last + 1}`, metadata }])
  },
})

async function end(): Promise<void> {
  isEnding = true
  await consumer.disconnect().catch((thrown: unknown) => say(`log ${String(thrown)}`))
  process.exit(0)
}

function isWanted(): Promise<boolean> {
  return Promise.resolve(!isEnding)
}
