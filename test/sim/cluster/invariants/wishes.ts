/**
 * What a leader's wish for another ISR must have been to be granted (B7, B9): a step from the very
 * state that it names, asked for by the process that leads, and for the processes that metadata
 * knew when it was committed. Looked at when a controller answers, whoever hears the answer.
 */
import type { MetadataImage } from '../../../../src/metadata/image.ts'
import type { PartitionRegistration } from '../../../../src/metadata/image/topics.ts'
import type { CommittedEntry } from '../../../../src/metadata/records.ts'
import type {
  AlterablePartition,
  AlterPartitionRequest,
  AlterPartitionResult,
} from '../../../../src/controller/requests.ts'
import { check } from '../../invariants/violation.ts'

/** A committed change of a partition. */
interface Step {
  readonly was: PartitionRegistration
  readonly now: PartitionRegistration
  readonly brokers: MetadataImage['brokers']
}

type Granted = Extract<AlterPartitionResult, { readonly partitionEpoch: number }>

export class WishChecks {
  /** By partition and the partition epoch that it led to. */
  readonly #steps = new Map<string, Step>()
  /** From which partition epochs a wish has led on. */
  readonly #granted = new Set<string>()

  committed({ records }: CommittedEntry, before: MetadataImage, after: MetadataImage): void {
    for (const record of records) {
      if (record.type !== 'PartitionChange') continue
      const { topicId, partition } = record
      const was = before.topics.byId.get(topicId)?.partitions[partition]
      const now = after.topics.byId.get(topicId)?.partitions[partition]
      if (was === undefined || now === undefined) continue
      this.#steps.set(keyOf(record, now.partitionEpoch), { was, now, brokers: after.brokers })
    }
  }

  answered(request: AlterPartitionRequest, answers: readonly AlterPartitionResult[]): void {
    for (const wanted of request.partitions) {
      const answer = answers.find(
        ({ topicId, partition }) => topicId === wanted.topicId && partition === wanted.partition,
      )
      if (answer !== undefined && 'partitionEpoch' in answer)
        this.#checkGranted(request, wanted, answer)
    }
  }

  #checkGranted(request: AlterPartitionRequest, wanted: AlterablePartition, answer: Granted): void {
    const { topicId, partition, partitionEpoch } = wanted
    const tell = () => `${topicId} ${partition}: ${told(request, wanted)} led to ${told(answer)}`
    // It is so already.
    if (answer.partitionEpoch === partitionEpoch) return
    check(answer.partitionEpoch === partitionEpoch + 1, 'B9-compare-and-set', tell)
    const from = keyOf(wanted, partitionEpoch)
    check(!this.#granted.has(from), 'B9-compare-and-set', tell)
    this.#granted.add(from)
    const step = this.#steps.get(keyOf(wanted, answer.partitionEpoch))
    if (step === undefined) return
    const { was, now, brokers } = step
    const isLeader = was.leader === request.nodeId && was.leaderEpoch === wanted.leaderEpoch
    check(isLeader, 'B9-compare-and-set', tell)
    const isPresent = brokers.get(request.nodeId)?.brokerEpoch === request.brokerEpoch
    check(isPresent, 'B7-stale-sender', tell)
    for (const { nodeId, brokerEpoch } of wanted.isr) {
      if (was.isr.includes(nodeId) || !now.isr.includes(nodeId)) continue
      check(brokers.get(nodeId)?.brokerEpoch === brokerEpoch, 'B7-stale-member', tell)
    }
  }
}

function keyOf(
  { topicId, partition }: Pick<AlterablePartition, 'topicId' | 'partition'>,
  partitionEpoch: number,
): string {
  return `${topicId} ${partition} ${partitionEpoch}`
}

const told = (...parts: readonly object[]) => parts.map((part) => JSON.stringify(part)).join(' ')
