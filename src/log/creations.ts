/**
 * `partition-creations`: the topic ids of partitions whose own `partition.metadata` is not known to
 * be durable yet. One fsync here stands for those of any number of new directories, so that a topic
 * of thousands of partitions costs no more than one. An entry goes when the identity in the
 * directory itself is durable; where both are there, the one in the directory counts.
 */
import type { Disk } from '../base/disk.ts'
import type { TopicId } from '../base/ids.ts'
import { CheckpointFile } from './checkpoint.ts'
import { partitionDirectoryName } from './file-names.ts'
import { parsePartitionMetadata, printPartitionMetadata } from './partition-metadata.ts'

const CREATIONS_FILE = 'partition-creations'

export interface Creation {
  readonly topic: string
  readonly partition: number
  readonly topicId: TopicId
}

export class CreationList {
  readonly #file: CheckpointFile
  readonly #entries: Map<string, Creation>
  #isChanged = false

  /** Reads the file; one that does not parse counts as empty. */
  constructor(disk: Disk, directory: string) {
    this.#file = new CheckpointFile(disk, `${directory}/${CREATIONS_FILE}`)
    const bytes = this.#file.read()
    const entries = bytes === null ? [] : (parse(new TextDecoder().decode(bytes)) ?? [])
    this.#entries = new Map(entries.map((entry) => [nameOf(entry), entry]))
  }

  /** By the name of the directory. */
  get entries(): ReadonlyMap<string, Creation> {
    return this.#entries
  }

  /** Durable when it returns, together with every entry of the log directory itself. */
  add(creations: readonly Creation[]): void {
    for (const creation of creations) this.#entries.set(nameOf(creation), creation)
    this.#isChanged = true
    this.#file.writeNow(print([...this.#entries.values()]))
    this.#isChanged = false
  }

  /** As `add`, off the event loop: durable when it resolves. */
  async addInBackground(creations: readonly Creation[]): Promise<void> {
    for (const creation of creations) this.#entries.set(nameOf(creation), creation)
    // Until it is known to be written, somebody else's write has to bring it along.
    this.#isChanged = true
    // One that was overtaken says nothing of when the later one is durable.
    while (!(await this.#file.write(print([...this.#entries.values()]))));
  }

  /** The directory has its own identity, durably, or is gone; on disk with the next `write`. */
  forget(name: string): void {
    if (this.#entries.delete(name)) this.#isChanged = true
  }

  /** Writes what changed since the last time, if anything. */
  async write(): Promise<void> {
    if (!this.#isChanged) return
    this.#isChanged = false
    try {
      await this.#file.write(print([...this.#entries.values()]))
    } catch (thrown) {
      this.#isChanged = true
      throw thrown
    }
  }
}

const nameOf = ({ topic, partition }: Creation) => partitionDirectoryName(topic, partition)

function print(creations: readonly Creation[]): Uint8Array {
  const partitions = creations.map(({ topic, partition, topicId }) => [topic, partition, topicId])
  return new TextEncoder().encode(JSON.stringify({ version: 0, partitions }))
}

/** Null when it is anything else than what `print` makes. */
function parse(text: string): readonly Creation[] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('version' in value)) return null
  if (value.version !== 0 || !('partitions' in value) || !Array.isArray(value.partitions))
    return null
  const creations: Creation[] = []
  for (const entry of value.partitions as readonly unknown[]) {
    if (!Array.isArray(entry)) return null
    const [topic, partition, id] = entry as readonly unknown[]
    if (typeof topic !== 'string' || typeof partition !== 'number' || typeof id !== 'string')
      return null
    const topicId = parsePartitionMetadata(printPartitionMetadata(id as TopicId))
    if (topicId === null) return null
    creations.push({ topic, partition, topicId })
  }
  return creations
}
