/**
 * A process of its own: kafkajs, unmodified and with its defaults, as an idempotent producer. Takes
 * HOST:PORT,… TOPIC PARTITIONS NAME; produces until its standard input ends; prints what
 * `program-load.ts` reads.
 */
import { Kafka, logLevel } from 'kafkajs'
import { valueOf } from './history.ts'

const PAUSE_MS = 80
const AT_ONCE = 2

const [brokers = '', topic = '', count = '0', name = ''] = process.argv.slice(2)
const partitions = Array.from({ length: Number(count) }, (_, index) => index)
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

const stopping = new AbortController()
process.stdin.on('end', () => stopping.abort()).resume()

/**
 * One `send` for each partition: kafkajs takes up again, broker by broker, a `send` that one broker
 * did not answer, and forgets partitions that have moved meanwhile to a broker that did. It says
 * that all is sent, and their next records get the sequence numbers of those, so that a broker must
 * take them for the same ones.
 */
const producer = kafka.producer({ idempotent: true })
await connected()
let number = 0
await Promise.all(partitions.map((partition) => produce(partition)))
await producer.disconnect()

/** A cluster that has just come up may take longer to give a producer id than kafkajs asks for. */
async function connected(): Promise<void> {
  for (;;)
    try {
      return await producer.connect()
    } catch (thrown) {
      say(`log ${String(thrown)}`)
      if (stopping.signal.aborted) throw thrown
    }
}

async function produce(partition: number): Promise<void> {
  while (!stopping.signal.aborted) {
    const numbers = Array.from({ length: AT_ONCE }, () => (number += 1))
    say(numbers.map((sent) => `sent ${sent} ${partition}`).join('\n'))
    const messages = numbers.map((sent) => ({
      partition,
      value: valueOf({ producer: name, number: sent }),
    }))
    try {
      const [answer] = await producer.send({ topic, messages })
      const baseOffset = Number(answer?.baseOffset)
      for (const [index, sent] of numbers.entries())
        say(`ok ${sent} ${partition} ${baseOffset + index}`)
    } catch (thrown) {
      for (const sent of numbers) say(`unknown ${sent} ${String(thrown)}`)
      // The numbers of these would be used for the next ones.
      return
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
