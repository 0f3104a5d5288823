/**
 * What `lograft doctor` has read off a cluster: facts without a judgement. gather.ts has them read,
 * the checks judge them. What nobody tells is null, or says why.
 */
import type { HostPort } from '../../config/addresses.ts'
import type { QuorumDescription } from '../../quorum/admin.ts'

/** Why something is not known, in words. */
export interface Unknown {
  readonly unknown: string
}

/** A node answered, and found nobody whom a majority of the controllers confirms. */
export interface Lost extends Unknown {
  readonly isLost: true
}

export const isKnown = <Value extends object>(reading: Value | Unknown): reading is Value =>
  !('unknown' in reading)

/** Whether the controllers have no majority. */
export const isLost = (reading: Readings['quorum']) => 'isLost' in reading

/** Who answers where a broker says that it is reached. */
export type Reached =
  | { readonly by: 'itself' }
  /** `why`: nobody does. */
  | { readonly by: 'nobody'; readonly why: string }
  /** `who`: a broker that says it is another one. */
  | { readonly by: 'another'; readonly who: string }
  /** It answers, and cannot say who it is. */
  | { readonly by: 'somebody'; readonly why: string }

export interface DirectoryReading {
  readonly path: string
  /** Whether the broker can use it. */
  readonly isOnline: boolean
  /** Of its volume; null where the broker does not tell. */
  readonly totalBytes: number | null
  readonly usableBytes: number | null
}

/** The other clock minus this one lies between these, milliseconds. */
export interface ClockReading {
  readonly leastMs: number
  readonly mostMs: number
}

export interface BrokerReading {
  readonly nodeId: number
  /** As it is advertised. */
  readonly address: HostPort
  readonly reached: Reached
  /** Values by name; null where the broker does not tell. */
  readonly config: ReadonlyMap<string, string | null> | null
  readonly directories: readonly DirectoryReading[] | null
  /** Which APIs it serves in which versions; equal text means the same. Null: not known. */
  readonly serves: string | null
  readonly clock: ClockReading | Unknown
}

export interface PartitionReading {
  readonly partition: number
  /** Null: nobody leads it. */
  readonly leader: number | null
  /** The first of them is preferred. */
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export interface TopicReading {
  readonly name: string
  readonly isInternal: boolean
  readonly partitions: readonly PartitionReading[]
  /** Null where the broker does not tell. */
  readonly minInSync: number | null
  readonly isUnclean: boolean | null
}

/** Of the machine on which the doctor runs. */
export interface HereReading {
  /** Infinity: no limit. */
  readonly openFiles: number
  /** Null: no directory was named. */
  readonly fsync: FsyncReading | Unknown | null
}

export interface FsyncReading {
  readonly directory: string
  readonly count: number
  readonly medianMs: number
  readonly worstMs: number
  readonly totalBytes: number
  readonly usableBytes: number
}

export interface Readings {
  readonly clusterId: string | null
  readonly brokers: readonly BrokerReading[]
  readonly topics: readonly TopicReading[]
  readonly quorum: QuorumDescription | Unknown | Lost
  readonly here: HereReading
}
