/** What `lograft bench` can be told. Times in milliseconds, sizes in bytes. */
import type { ClientFlags } from '../client-flags.ts'

export const MODES = ['produce', 'fetch', 'both'] as const
export const ACKS = ['all', '1', '0'] as const

export interface BenchFlags extends ClientFlags {
  readonly mode: (typeof MODES)[number]
  readonly topic?: string
  readonly partitions?: number
  readonly replicas: number
  readonly records?: number
  readonly duration: number
  readonly recordSize: number
  readonly batchSize: number
  readonly connections: number
  readonly inFlight: number
  readonly acks: (typeof ACKS)[number]
  readonly rate?: number
  readonly fetchSize: number
}
