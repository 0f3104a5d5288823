/**
 * The administration by gRPC (proto/lograft/admin/v1), as every node serves it: its services, each
 * given what it asks of this node.
 */
import { orAborted } from '../base/event-loop.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import type { ActiveController } from '../rpc/active-controller.ts'
import { configChanges } from '../rpc/admin/config-changes.ts'
import { partitionChanges } from '../rpc/admin/partition-changes.ts'
import type { AdminNode } from '../rpc/admin/ports.ts'
import { topicChanges } from '../rpc/admin/topic-changes.ts'
import type { Served } from '../rpc/handlers.ts'
import type { Host } from './machine.ts'
