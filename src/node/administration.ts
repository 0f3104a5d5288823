/**
 * The administration by gRPC (proto/lograft/admin/v1), as every node serves it: its services, each
 * given what it asks of this node.
 */
import type { Clock } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import { SUPPORTED_FEATURES } from '../controller/features.ts'
import { digestOf } from '../host/digest.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import type { QuorumAdmin } from '../quorum/admin.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import type { ActiveController } from '../rpc/active-controller.ts'
import { ActiveQuorum } from '../rpc/admin/active-quorum.ts'
import { ChangeFeed } from '../rpc/admin/change-feed.ts'
import { ChangeService } from '../rpc/admin/change-service.ts'
import { clusterChanges } from '../rpc/admin/cluster-changes.ts'
import { clusterQueries } from '../rpc/admin/cluster-queries.ts'
import { configChanges } from '../rpc/admin/config-changes.ts'
import { configQueries } from '../rpc/admin/config-queries.ts'
import { faultService } from '../rpc/admin/fault-service.ts'
import { groupChanges } from '../rpc/admin/group-changes.ts'
import { groupQueries } from '../rpc/admin/group-queries.ts'
import { logDirQueries } from '../rpc/admin/log-dir-queries.ts'
import { moveQueries } from '../rpc/admin/move-queries.ts'
import { offsetQueries } from '../rpc/admin/offset-queries.ts'
import { partitionChanges } from '../rpc/admin/partition-changes.ts'
import { planService } from '../rpc/admin/plan-service.ts'
import type { AdminNode, FaultBoard } from '../rpc/admin/ports.ts'
import { quorumService } from '../rpc/admin/quorum-service.ts'
import { reassignmentQueries } from '../rpc/admin/reassignment-queries.ts'
import { recordDeletion } from '../rpc/admin/record-deletion.ts'
import { topicChanges } from '../rpc/admin/topic-changes.ts'
import { topicQueries } from '../rpc/admin/topic-queries.ts'
import type { Served } from '../rpc/handlers.ts'
import type { CallOptions, LeaderCalls } from '../rpc/leader-calls.ts'
import { VERSION } from '../version.ts'
import type { OwnCluster } from './own-cluster.ts'

export interface AdministrationOptions {
  readonly nodeId: NodeId
  readonly settings: AdminNode['settings']
  readonly commands: ActiveController
  readonly loader: MetadataLoader
  readonly clock: Clock
  readonly fatal: (error: Error) => void
  readonly leadership: () => Leadership
  readonly calls: LeaderCalls
  /** The quorum's own administration, when this node is a replica of it. */
  readonly quorum: QuorumAdmin | null
  readonly own: OwnCluster
  /** Null where there are no fault switches. */
  readonly faults: FaultBoard | null
}

export interface Administration {
  readonly services: readonly Served[]
  /** Hears of the same as the loader, behind it. */
  readonly listener: QuorumListener
  /** The administration of the quorum, by whoever leads it. */
  readonly quorum: QuorumAdmin
  /** Sends those who watch to another node. Idempotent. */
  close(): void
}

export function administration(options: AdministrationOptions): Administration {
  const { commands, loader, clock, fatal, leadership, calls, quorum: local } = options
  const feed = new ChangeFeed()
  const changes = new ChangeService({
    ...{ feed, clock, fatal },
    newest: () => loader.committedImage,
  })
  const anywhere = (limits: CallOptions) => new ActiveQuorum(calls, local, limits)
  const node: AdminNode = {
    ...{ nodeId: options.nodeId, settings: options.settings, leadership },
    ...{ version: VERSION, features: SUPPORTED_FEATURES, brokers: () => options.own.brokers },
    async applyChanges(request, limits) {
      const result = await commands.applyChanges(request, limits)
      await unlessAborted(loader.published(result.metadataOffset), limits.signal)
      return result
    },
    async shutDownBroker(nodeId, limits) {
      await commands.shutDownBroker(nodeId, limits)
    },
    async untilImage(isSo, { signal, withinMs }) {
      const end = new AbortController()
      const timer = clock.timer(withinMs, () => end.abort())
      const over = new Promise<void>((resolve) =>
        end.signal.addEventListener('abort', () => resolve(), { once: true }),
      )
      while (!end.signal.aborted && !isSo(loader.publishedImage)) {
        const next = loader.published(loader.publishedImage.metadataOffset + 1)
        await unlessAborted(Promise.race([next, over]), signal)
      }
      timer.cancel()
    },
    describeQuorum: (limits) => anywhere(limits).describe(),
    image: () => loader.publishedImage,
    digest: digestOf,
  }
  return {
    services: [
      ...quorumService({ local, anywhere, leadership, node }),
      ...[...clusterQueries(node), ...logDirQueries(node), ...clusterChanges(node)],
      ...[...topicQueries(node), ...offsetQueries(node), ...topicChanges(node)],
      ...[...reassignmentQueries(node), ...moveQueries(node)],
      ...[...recordDeletion(node), ...groupChanges(node)],
      ...[...configQueries(node), ...configChanges(node), ...partitionChanges(node)],
      ...[...groupQueries(node), ...changes.services, ...planService(node, { fatal })],
      ...faultService(options.faults),
    ],
    listener: feed,
    quorum: anywhere({}),
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
  // An abort that has been is not told again.
  if (signal?.aborted) abort()
  try {
    await Promise.race([published, aborted])
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
