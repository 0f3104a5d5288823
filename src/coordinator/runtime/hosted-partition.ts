/**
 * One partition of the offsets topic on this broker, led here or not: its records are folded into a
 * view for as long as it is hosted, and while it is led here, a shard coordinates its groups.
 */
import { asError } from '../../base/errors.ts'
import type { GroupRules } from '../groups/group-rules.ts'
import { GroupShard } from '../groups/group-shard.ts'
import type { GroupReadings } from '../groups/readings.ts'
import type { GroupRequest, GroupResponse } from '../groups/requests.ts'
import { refusalOf } from '../groups/requests.ts'
import type { CoordinatorPartition, FollowedView, Views } from '../ports.ts'
import type { ShardRuntimePorts } from './shard-runtime.ts'
import { ShardRuntime } from './shard-runtime.ts'

export type GroupRuntime = ShardRuntime<GroupRequest, GroupResponse, GroupShard>

export interface HostedPartitionPorts extends Omit<ShardRuntimePorts, 'partition' | 'view'> {
  readonly rules: GroupRules
  readonly readings: GroupReadings
  readonly views: Views
  readonly fatal: (error: Error) => void
}

export class HostedPartition {
  readonly partition: CoordinatorPartition
  readonly #ports: HostedPartitionPorts
  readonly #view: FollowedView
  #runtime: GroupRuntime | null = null

  constructor(partition: CoordinatorPartition, ports: HostedPartitionPorts) {
    this.partition = partition
    this.#ports = ports
    this.#view = ports.views.follow(partition)
  }

  /** Null: it is not led here. */
  get runtime(): GroupRuntime | null {
    return this.#runtime?.isEnded === false ? this.#runtime : null
  }

  /** Begins to coordinate, or ends, as the partition is led. */
  review(): void {
    const leaderEpoch = this.partition.leading?.leaderEpoch
    if (this.runtime?.leaderEpoch === leaderEpoch) return
    this.#runtime?.end()
    this.#runtime = null
    if (leaderEpoch === undefined) return
    const tenant = {
      shard: new GroupShard(this.#ports.rules, this.#ports.readings),
      refusalOf,
      // What others store grows with their groups, and may be too large to be appended.
      sharesAppend: ({ api }: GroupRequest) => api === 'OffsetCommit',
      storesNothing: ({ api }: GroupRequest) => api === 'Heartbeat',
    }
    const ports = { ...this.#ports, partition: this.partition, view: this.#view }
    const runtime: GroupRuntime = new ShardRuntime(tenant, { leaderEpoch }, ports)
    this.#runtime = runtime
    void runtime.load().catch((thrown: unknown) => {
      this.#ports.fatal(asError(thrown))
    })
  }

  end(): void {
    this.#runtime?.end()
  }
}
