/**
 * The cluster's brokers as a client of this node sees them, for what the administration asks of
 * single ones. Opened when it is first wanted; who is in service it is told by metadata.
 */
import { Cluster } from '../client/cluster.ts'
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { Host } from './machine.ts'

export class OwnCluster {
  readonly #open: () => Cluster
  #cluster: Cluster | null = null

  constructor(nodeId: NodeId, { net, clock, random }: Host, image: () => MetadataImage) {
    const bootstrap = () => [...image().brokers.values()].filter(({ fenced }) => !fenced)
    const clientId = `lograft-admin-${nodeId}`
    this.#open = () => new Cluster({ net, clock, random, bootstrap, clientId })
  }

  get brokers(): Cluster {
    this.#cluster ??= this.#open()
    return this.#cluster
  }

  /** Fails what is under way. */
  async close(): Promise<void> {
    await this.#cluster?.close()
  }
}
