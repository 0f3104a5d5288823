/**
 * What each client last asked brokers to append, batch by batch, and what it was told: for whoever
 * has to find out why a sequence number was out of order. Bounded: the last exchanges of a client.
 */
import { BatchCursor } from '../../src/records/batch.ts'
import type { RequestOf } from '../../src/wire/api.ts'
import type { produce } from '../../src/wire/apis/00-produce.ts'
import type { ErrorCode } from '../../src/wire/errors.ts'

const EXCHANGES_KEPT = 120

/** A batch as it went out; of several in one request for one partition, the first. */
export interface SentBatch {
  readonly partition: number
  readonly producerId: number
  readonly producerEpoch: number
  readonly firstSequence: number
  readonly records: number
}

export interface Exchange extends SentBatch {
  readonly node: number
  readonly askedMs: number
  readonly answeredMs: number
  readonly errorCode: ErrorCode
  readonly baseOffset: number
}

/** The batches of a request of one topic. */
export function batchesOf({ topicData }: RequestOf<typeof produce>): readonly SentBatch[] {
  return topicData.flatMap(({ partitionData }) =>
    partitionData.flatMap(({ index, records }) => {
      const batch = new BatchCursor(records ?? new Uint8Array())
      if (!batch.isWhole) return []
      const { producerId, producerEpoch, baseSequence, recordCount } = batch
      const sent = { producerId, producerEpoch, firstSequence: baseSequence }
      return [{ partition: index, ...sent, records: recordCount }]
    }),
  )
}

export class ProduceTrail {
  readonly #byClient = new Map<string, Exchange[]>()

  add(client: string, exchange: Exchange): void {
    const known = this.#byClient.get(client) ?? []
    known.push(exchange)
    if (known.length > EXCHANGES_KEPT) known.shift()
    this.#byClient.set(client, known)
  }

  /** Oldest first. */
  of(client: string): readonly Exchange[] {
    return [...(this.#byClient.get(client) ?? [])]
  }
}
