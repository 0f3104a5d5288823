/**
 * A process of its own: kafkajs, unmodified and with its defaults, as an idempotent producer. Takes
 * HOST:PORT,… TOPIC PARTITIONS NAME; produces until its standard input ends; prints what
 * `program-load.ts` reads.
 */
import { Kafka, logLevel } from 'kafkajs'
import { valueOf } from './history.ts'

const PAUSE_MS = 40
const PER_PARTITION = 2

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

let isStopping = false
process.stdin.on('end', () => (isStopping = true)).resume()

const producer = kafka.producer({ idempotent: true })
await producer.connect()
for (let number = 0; !isStopping;) {
  const records = partitions.flatMap((partition) =>
    Array.from({ length: PER_PARTITION }, () => ({ partition, number: (number += 1) })),
  )
  say(records.map((record) => `sent ${record.number} ${record.partition}`).join('\n'))
  const messages = records.map((record) => ({
    partition: record.partition,
    value: valueOf({ producer: name, number: record.number }),
  }))
  try {
    const answers = await producer.send({ topic, messages })
    for (const { partition, baseOffset } of answers)
      for (const [index, record] of records.filter((one) => one.partition === partition).entries())
        say(`ok ${record.number} ${partition} ${Number(baseOffset) + index}`)
  } catch (thrown) {
    for (const record of records) say(`unknown ${record.number} ${String(thrown)}`)
  }
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
await producer.disconnect()
