/** What the administration asks of the node that serves it. */
import type { ApplyChangesRequest, ApplyChangesResult } from '../../controller/changes.ts'
import type { Reply } from '../../controller/requests.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { CallOptions } from '../leader-calls.ts'

export interface AdminNode {
  /**
   * Asks the active controller. Answered when what changed is committed and this node acts on it.
   * Rejects as `ControllerCommands` says, and when the caller leaves or its time is over.
   */
  applyChanges(
    request: ApplyChangesRequest,
    limits: CallOptions,
  ): Promise<ApplyChangesResult & Reply>
  /** What this node acts on. */
  image(): MetadataImage
  /** A digest that no two texts share. */
  digest(text: string): string
}
