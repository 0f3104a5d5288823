/**
 * What went into the partitions of one topic on this broker, and out of them: plain counts since
 * the topic came here, for whoever exports them.
 */
export class Traffic {
  /** By producers and coordinators. */
  producedBytes = 0
  producedRecords = 0
  producedBatches = 0
  /** To consumers. */
  consumedBytes = 0
  /** As a follower. */
  replicatedInBytes = 0
  /** To followers. */
  replicatedOutBytes = 0

  produced(sizeBytes: number, records: number): void {
    this.producedBytes += sizeBytes
    this.producedRecords += records
    this.producedBatches += 1
  }

  sent(sizeBytes: number, { toReplica }: { readonly toReplica: boolean }): void {
    if (toReplica) this.replicatedOutBytes += sizeBytes
    else this.consumedBytes += sizeBytes
  }

  add(other: Traffic): void {
    this.producedBytes += other.producedBytes
    this.producedRecords += other.producedRecords
    this.producedBatches += other.producedBatches
    this.consumedBytes += other.consumedBytes
    this.replicatedInBytes += other.replicatedInBytes
    this.replicatedOutBytes += other.replicatedOutBytes
  }
}
