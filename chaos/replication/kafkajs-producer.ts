/**
 * A process of its own: kafkajs, unmodified and with its defaults, as an idempotent producer. Takes
 * HOST:PORT,… TOPIC PARTITIONS NAME; produces until its standard input ends; prints what
 * `program-load.ts` reads.
 */
import { setTimeout } from 'node:timers/promises'
import { Kafka, logLevel, type Message } from 'kafkajs'
import { valueOf } from '../../src/chaos/history/values.ts'

const PAUSE_MS = 80
const AT_ONCE = 2
/** What it has under way takes no longer, unless it hangs. */
const END_WITHIN_MS = 20_000

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

/**
 * Of a broker whose connection broke while metadata was asked for, kafkajs may then think that
 * another is the same one. For partitions that it leads it sends requests without a record in them,
 * says that all is sent, and goes on like that.
 */
class LostItsWay extends Error {
  override readonly name = 'LostItsWay'
  override readonly message = 'kafkajs says that it is done, and has sent nothing'
}

const stopping = new AbortController()
process.stdin.on('end', () => stopping.abort()).resume()

/**
 * One `send` for each partition: kafkajs takes up again, broker by broker, a `send` that one broker
 * did not answer, and forgets partitions that have moved meanwhile to a broker that did. It says
 * that all is sent, and their next records get the sequence numbers of those, so that a broker must
 * take them for the same ones.
 *
 * A producer whose `send` failed is used no more: it would give the numbers of those records to the
 * next ones.
 */
class Attempt {
  readonly #producer = kafka.producer({ idempotent: true })
  readonly #connected = this.#connect()
  #sends = 0
  #isOver = false

  async send(messages: readonly Message[]): Promise<number> {
    this.#sends += 1
    try {
      await this.#connected
      const [answer] = await this.#producer.send({ topic, messages: [...messages] })
      if (answer === undefined) throw new LostItsWay()
      return Number(answer.baseOffset)
    } finally {
      this.#sends -= 1
      void this.#leave()
    }
  }

  /** Nobody begins to send any more. */
  async over(): Promise<void> {
    this.#isOver = true
    await this.#leave()
  }

  async #leave(): Promise<void> {
    if (!this.#isOver || this.#sends > 0) return
    await this.#producer.disconnect().catch((thrown: unknown) => say(`log ${String(thrown)}`))
  }

  /** A cluster that has just come up may take longer to give a producer id than kafkajs asks. */
  async #connect(): Promise<void> {
    for (;;)
      try {
        return await this.#producer.connect()
      } catch (thrown) {
        say(`log ${String(thrown)}`)
        if (stopping.signal.aborted) throw thrown
      }
  }
}

let attempt = new Attempt()
let number = 0
const all = Promise.all(partitions.map((partition) => produce(partition)))
await aborted(stopping.signal)
const late = setTimeout(END_WITHIN_MS, 'late', { ref: false })
if ((await Promise.race([all, late])) === 'late') say('log kafkajs neither sends nor gives up')
await Promise.race([attempt.over(), late])
process.exit(0)

/** What is not answered then stays unknown. */
function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function produce(partition: number): Promise<void> {
  while (!stopping.signal.aborted) {
    const numbers = Array.from({ length: AT_ONCE }, () => (number += 1))
    say(numbers.map((sent) => `sent ${sent} ${partition}`).join('\n'))
    const messages = numbers.map((sent) => ({
      partition,
      value: valueOf({ producer: name, number: sent }),
    }))
    const by = attempt
    try {
      const baseOffset = await by.send(messages)
      for (const [index, sent] of numbers.entries())
        say(`ok ${sent} ${partition} ${baseOffset + index}`)
    } catch (thrown) {
      for (const sent of numbers) say(`unknown ${sent} ${String(thrown)}`)
      say(`log ${String(thrown)}`)
      if (by === attempt) {
        attempt = new Attempt()
        void by.over()
      }
    }
    await setTimeout(PAUSE_MS)
  }
}
