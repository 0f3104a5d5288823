/**
 * Snapshots on their way to other replicas: one to each, the newest there is, for as long as it is
 * wanted. Whoever leads no longer, or whose receiver is let go, sends no more: an attempt that
 * nobody ends would go on for as long as the node runs.
 */
import assert from 'node:assert'
import type { Disk } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { SnapshotWanted } from '../raft/types.ts'
import type { RaftTransport } from './ports.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import { openOutgoing } from './snapshot-transfer.ts'
import type { Storage } from './storage.ts'

export interface SnapshotSenderOptions {
  readonly self: ReplicaKey
  readonly storage: Storage
  readonly snapshots: SnapshotStore
  readonly transport: RaftTransport
  readonly disk: Disk
  readonly logger: Logger
  /** It ended, and whether the receiver has it. */
  readonly sent: (wanted: SnapshotWanted, ok: boolean) => void
}

interface Sending {
  readonly wanted: SnapshotWanted
  readonly abort: AbortController
}

export class SnapshotSender {
  readonly #options: SnapshotSenderOptions
  readonly #sending = new Map<ReplicaKey, Sending>()

  constructor(options: SnapshotSenderOptions) {
    this.#options = options
  }

  /** In place of what an earlier leadership, or membership, was sending to the same replica. */
  send(wanted: SnapshotWanted): void {
    const before = this.#sending.get(wanted.to)
    // Wanted again while it is on its way: to begin anew could go on for ever.
    if (before && isSame(before.wanted, wanted) && !before.abort.signal.aborted) return
    before?.abort.abort()
    const sending = { wanted, abort: new AbortController() }
    this.#sending.set(wanted.to, sending)
    void this.#send(sending).finally(() => {
      if (this.#sending.get(wanted.to) === sending) this.#sending.delete(wanted.to)
    })
  }

  /** Ends what is not wanted any more. */
  keep(isWanted: (wanted: SnapshotWanted) => boolean): void {
    for (const { wanted, abort } of this.#sending.values()) if (!isWanted(wanted)) abort.abort()
  }

  /** Never rejects. */
  async #send({ wanted, abort }: Sending): Promise<void> {
    const { self, storage, snapshots, transport, disk, logger, sent } = this.#options
    const { to, term, session } = wanted
    const id = storage.newestSnapshot
    assert(id, 'a log that does not go back to the beginning has a snapshot')
    try {
      const configuration = snapshots.configurationOf(id)
      const outgoing = openOutgoing(disk, snapshots, id)
      logger.info({ to, ...id }, 'sending a metadata snapshot')
      const ok = await transport
        .sendSnapshot(to, outgoing, abort.signal)
        .finally(() => outgoing.close())
      const snapshot = { index: id.endOffset, term: id.epoch, configuration }
      if (ok) transport.send({ from: self, to, term, type: 'snapshot', session, snapshot })
      sent(wanted, ok)
    } catch (thrown) {
      logger.warn({ to, ...id, err: thrown }, 'a metadata snapshot was not sent')
      sent(wanted, false)
    }
  }
}

function isSame(one: SnapshotWanted, other: SnapshotWanted): boolean {
  return one.term === other.term && one.session === other.session
}
