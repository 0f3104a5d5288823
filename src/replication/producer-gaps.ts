/**
 * Gaps in the sequence numbers of an idempotent producer that are none of its making.
 *
 * It has up to five batches of a partition on their way. The first may be refused for a reason that
 * passes (too few replicas in sync), which is gone before the next ones are looked at; or it went to
 * the leader before this one, and comes back from there after the others have come here. Kafka
 * says OUT_OF_ORDER_SEQUENCE_NUMBER then, on which librdkafka takes a new producer epoch and sends
 * again all that it has under way, in every partition: records that were appended and not
 * acknowledged, because their leader moved, are then there twice. Here what stands behind such a gap
 * is refused for the reason of the gap, so that all come again, in their order (ADR 23). Nothing is
 * appended either way, and a gap that stays is told as in Kafka after some time.
 */
import { BATCH_HEADER_BYTES, BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors, isRetriable } from '../wire/errors.ts'
import type { Appended } from './partition-requests.ts'

/** How many batches may be on their way behind a refused one. */
const BEHIND_REFUSAL = 4
/** What a client may send again until the old leader has answered it: some seconds of it. */
const BEHIND_CHANGE_OF_LEADER = 50
/** Gaps of one connection; beyond it the oldest is forgotten, and Kafka's answer given. */
const GAPS_MAX = 1_000

/** A batch for one partition of a produce. */
export interface Sent {
  readonly topic: string
  readonly index: number
  readonly records: Uint8Array | null
}

/** What an append has said. */
type Told = Pick<Appended, 'errorCode' | 'gapSinceEpoch'>

interface Gap {
  readonly producerEpoch: number
  /** Sequence number of what is missing; -1 for what went to another leader. */
  readonly firstSequence: number
  /** Why it is. */
  readonly errorCode: ErrorCode
  /** In which this broker took over from who has it; null for what was refused here. */
  readonly leaderEpoch: number | null
  /** How often it may still be told. */
  left: number
}

/** Of one connection. */
export class ProducerGaps {
  /** By topic, partition and producer id; oldest first. */
  readonly #gaps = new Map<string, Gap>()

  /** The code to answer a batch with. */
  answer(sent: Sent, told: Told): ErrorCode {
    const { errorCode } = told
    if (errorCode === errors.NONE && this.#gaps.size === 0) return errorCode
    const batch = idempotent(sent.records)
    if (!batch) return errorCode
    const key = `${sent.topic} ${sent.index} ${batch.producerId}`
    if (errorCode === errors.NONE) this.#gaps.delete(key)
    else if (errorCode === errors.OUT_OF_ORDER_SEQUENCE_NUMBER) {
      this.#beginsWithLeader(key, batch, told)
      return this.#behind(key, batch)
    } else if (isRetriable(errorCode)) this.#beginsWithRefusal(key, batch, errorCode)
    return errorCode
  }

  #behind(key: string, { producerEpoch, baseSequence }: BatchCursor): ErrorCode {
    const gap = this.#gaps.get(key)
    const isBehind =
      gap?.producerEpoch === producerEpoch && baseSequence > gap.firstSequence && gap.left > 0
    if (!isBehind) return errors.OUT_OF_ORDER_SEQUENCE_NUMBER
    gap.left -= 1
    return gap.errorCode
  }

  /** Of several in a row the first counts: it is the one that comes again first. */
  #beginsWithRefusal(key: string, batch: BatchCursor, errorCode: ErrorCode): void {
    const { producerEpoch, baseSequence: firstSequence } = batch
    const known = this.#gaps.get(key)
    const isBehind = known?.producerEpoch === producerEpoch && firstSequence > known.firstSequence
    if (isBehind && known.leaderEpoch === null) return
    const gap = { producerEpoch, firstSequence, errorCode, leaderEpoch: null }
    this.#remember(key, { ...gap, left: BEHIND_REFUSAL })
  }

  #beginsWithLeader(key: string, { producerEpoch }: BatchCursor, told: Told): void {
    const { gapSinceEpoch: leaderEpoch } = told
    if (leaderEpoch === undefined) return
    const known = this.#gaps.get(key)
    if (known?.leaderEpoch === leaderEpoch && known.producerEpoch === producerEpoch) return
    const errorCode = errors.NOT_LEADER_OR_FOLLOWER
    const gap = { producerEpoch, firstSequence: -1, errorCode, leaderEpoch }
    this.#remember(key, { ...gap, left: BEHIND_CHANGE_OF_LEADER })
  }

  #remember(key: string, gap: Gap): void {
    this.#gaps.delete(key)
    this.#gaps.set(key, gap)
    if (this.#gaps.size <= GAPS_MAX) return
    const [oldest] = this.#gaps.keys()
    if (oldest !== undefined) this.#gaps.delete(oldest)
  }
}

/** The batch's header, when it has a producer id. */
function idempotent(records: Uint8Array | null): BatchCursor | null {
  if (records === null || records.byteLength < BATCH_HEADER_BYTES) return null
  const batch = new BatchCursor(records)
  return batch.producerId < 0 ? null : batch
}
