/** What the administration asks of the node that serves it. */
import type { ApplyChangesRequest, ApplyChangesResult } from '../../controller/changes.ts'
import type { Reply } from '../../controller/requests.ts'
import type { MetadataImage } from '../../metadata/image.ts'

export interface AdminNode {
  /**
   * Asks the active controller. Answered when what changed is committed and this node acts on it.
   * Rejects as `ControllerCommands` says, and when `signal` aborts.
   */
  applyChanges(
    request: ApplyChangesRequest,
    signal: AbortSignal,
  ): Promise<ApplyChangesResult & Reply>
  /** What this node acts on. */
  image(): MetadataImage
  /** A digest that no two texts share. */
  digest(text: string): string
}
