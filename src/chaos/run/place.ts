/** Where a run takes place: a cluster that is started for it, one that runs, or Apache Kafka. */
import { join } from 'node:path'
import type { HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import type { Scenario } from '../api.ts'
import { OwnCluster } from '../cluster/own-cluster.ts'
import type { Target } from '../cluster/target.ts'

export interface PlaceOptions {
  /** A cluster that runs. */
  readonly bootstrap?: readonly HostPort[]
  /** Of a cluster that runs: processes of its nodes that may be killed. */
  readonly pids?: Readonly<Record<number, number>>
  /** Of a cluster that runs: what starts a node again, `{id}` for which. */
  readonly start?: string
  /** Apache Kafka, of a version or the `latest` that is known. */
  readonly kafka?: string
  /** Properties of every broker, over those of the scenario. */
  readonly config?: Readonly<Record<string, Setting>>
}
