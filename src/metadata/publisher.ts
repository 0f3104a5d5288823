/**
 * How anything on a node learns about metadata: it is told, after commit, in order, what changed
 * and what is true now. Publishers are called in the fixed order in which the node lists them, and
 * see every committed change exactly once (several entries may arrive as one delta).
 */
import type { MetadataDelta } from './delta.ts'
import type { MetadataImage } from './image.ts'

export interface MetadataPublisher {
  /** For log lines and fault reports. */
  readonly name: string
  /**
   * `delta.image` is what this publisher was told before, `image` what holds now. The next
   * publisher waits when a promise is returned; an error is reported as a fault and does not stop
   * the others.
   */
  onMetadataUpdate(delta: MetadataDelta, image: MetadataImage): void | Promise<void>
}
