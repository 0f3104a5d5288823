/**
 * Records with acks=1, each over a connection of its own and to one node, whoever leads: as of a
 * client that has heard nothing for long. What is answered to them nobody relies on; that they are
 * taken by who may not take them, the partition's watch tells.
 */
import { LograftError } from '../../../src/base/errors.ts'
import type { Net } from '../../../src/base/net.ts'
import { Connection } from '../../../src/client/connection.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { errorName } from '../../../src/wire/errors.ts'
import type { Process } from '../system/process.ts'
import { PORT } from './node-config.ts'
import { textOf, type SentRecord } from './records.ts'
import { hostOf } from './wires.ts'

const VERSION = 9
const CONNECT_MS = 1_000
const ANSWER_MS = 3_000
const ACKS = 1

export interface StraysOptions {
  readonly process: Process
  readonly net: Net
  readonly note: (text: string) => void
}

export class Strays {
  readonly #of: StraysOptions
  #count = 0
  /** Nobody knows what became of any. */
  readonly sent: (SentRecord & { readonly topic: string; readonly index: number })[] = []

  constructor(of: StraysOptions) {
    this.#of = of
  }

  send(node: number, { topic, index }: { readonly topic: string; readonly index: number }): void {
    this.#count += 1
    const name = `stray ${this.#count} of ${topic}-${index} to node ${node + 1}`
    const record = { producer: 'stray', number: this.#count }
    this.sent.push({ ...record, offset: null, isIdempotent: false, topic, index })
    this.#send(node, { text: textOf(record), topic, index }).then(
      (told) => this.#of.note(`${name}: ${told}`),
      (thrown: unknown) => {
        if (!(thrown instanceof LograftError)) throw thrown
        this.#of.note(`${name}: ${thrown.message}`)
      },
    )
  }

  async #send(
    node: number,
    to: { readonly text: string; readonly topic: string; readonly index: number },
  ): Promise<string> {
    const { process: clock, net } = this.#of
    const { text, topic, index } = to
    const address = { host: hostOf(node), port: PORT }
    const options = { net, clock, address, clientId: 'stray', connectTimeoutMs: CONNECT_MS }
    const connection = await Connection.open(options)
    try {
      const value = Buffer.from(text)
      const records = buildBatch({ records: [{ value, timestampMs: clock.wallMs() }] })
      const topicData = [{ name: topic, partitionData: [{ index, records }] }]
      const request = { transactionalId: null, acks: ACKS, timeoutMs: ANSWER_MS, topicData }
      const limits = { timeoutMs: ANSWER_MS }
      const { responses } = await connection.request(produce, VERSION, request, limits)
      return errorName(responses[0]?.partitionResponses[0]?.errorCode ?? -1)
    } finally {
      connection.close()
    }
  }
}
