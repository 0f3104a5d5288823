/**
 * The administration by gRPC (proto/lograft/admin/v1), as every node serves it: its services, each
 * given what it asks of this node.
 */
import type { Clock } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import { digestOf } from '../host/digest.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import type { QuorumListener } from '../quorum/ports.ts'
import type { ActiveController } from '../rpc/active-controller.ts'
import { ChangeFeed } from '../rpc/admin/change-feed.ts'
import { ChangeService } from '../rpc/admin/change-service.ts'
import { configChanges } from '../rpc/admin/config-changes.ts'
import { partitionChanges } from '../rpc/admin/partition-changes.ts'
import type { AdminNode } from '../rpc/admin/ports.ts'
import { topicChanges } from '../rpc/admin/topic-changes.ts'
import type { Served } from '../rpc/handlers.ts'

export interface AdministrationOptions {
  readonly commands: ActiveController
  readonly loader: MetadataLoader
  readonly clock: Clock
  readonly fatal: (error: Error) => void
}

export interface Administration {
  readonly services: readonly Served[]
  /** Hears of the same as the loader, behind it. */
  readonly listener: QuorumListener
  /** Sends those who watch to another node. Idempotent. */
  close(): void
}

export function administration(options: AdministrationOptions): Administration {
  const { commands, loader, clock, fatal } = options
  const feed = new ChangeFeed()
  const changes = new ChangeService({
    ...{ feed, clock, fatal },
    newest: () => loader.committedImage,
  })
  const node: AdminNode = {
    async applyChanges(request, limits) {
      const result = await commands.applyChanges(request, limits)
      await unlessAborted(loader.published(result.metadataOffset), limits.signal)
      return result
    },
    image: () => loader.publishedImage,
    digest: digestOf,
  }
  return {
    services: [
      ...topicChanges(node),
      ...configChanges(node),
      ...partitionChanges(node),
      ...changes.services,
    ],
    listener: feed,
    close: () => changes.close(),
  }
}

/** Whoever asked has left, or its time is over, while this node was still catching up. */
async function unlessAborted(published: Promise<void>, signal?: AbortSignal): Promise<void> {
  let abort: () => void = () => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () =>
      reject(
        new LograftError(
          'REQUEST_TIMED_OUT',
          'what was asked for is committed, but this node has not heard of it in time',
        ),
      )
  })
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([published, aborted])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
