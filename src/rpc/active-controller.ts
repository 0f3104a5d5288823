/**
 * The active controller, wherever it is: what a node's broker asks instead of a controller of its
 * own. Commands are carried out once, or it is said that this is open (`leader-calls.ts`); what has
 * no effect the second time is repeated: registering, leaving the ISR, telling log ends.
 */
import type { NodeId } from '../base/ids.ts'
import type { ApplyChangesRequest } from '../controller/changes.ts'
import type { ControllerCommands } from '../controller/commands.ts'
import type {
  AlterConfigsRequest,
  AlterPartitionRequest,
  BrokerRequest,
  CreatePartitionsRequest,
  CreateTopicsRequest,
  DeletableTopic,
  ElectLeadersRequest,
  LeaveIsrRequest,
  LogEndsRequest,
  Reassignment,
  RegisterBrokerRequest,
  RegisterControllerRequest,
  Reply,
} from '../controller/requests.ts'
import { ControllerClient } from './controller-client.ts'
import type { CallOptions, LeaderCall, LeaderCalls } from './leader-calls.ts'
import { NotControllerError } from './not-controller.ts'

/** Each command takes, beside its request, how long it may take and what ends it earlier. */
export class ActiveController implements ControllerCommands {
  readonly #calls: LeaderCalls
  readonly #local: ControllerCommands | null
  readonly #committed: (endOffset: number) => void

  /**
   * `local`: the controller of this node, when it has one. `committed` hears, before whoever asked,
   * that everything below an offset is committed: news that may be ahead of what this node was
   * told.
   */
  constructor(
    calls: LeaderCalls,
    local: ControllerCommands | null,
    committed: (endOffset: number) => void = () => {},
  ) {
    this.#calls = calls
    this.#local = local
    this.#committed = committed
  }

  registerBroker(request: RegisterBrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.registerBroker(request), options, REPEATABLE)
  }

  /** Not repeated: the broker may have come back meanwhile. */
  shutDownBroker(nodeId: NodeId, options?: CallOptions) {
    return this.#ask((commands) => commands.shutDownBroker(nodeId), options, REPEATABLE)
  }

  unregisterBroker(nodeId: NodeId, options?: CallOptions) {
    return this.#ask((commands) => commands.unregisterBroker(nodeId), options)
  }

  registerController(request: RegisterControllerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.registerController(request), options, REPEATABLE)
  }

  createTopics(request: CreateTopicsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.createTopics(request), options)
  }

  createPartitions(request: CreatePartitionsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.createPartitions(request), options)
  }

  deleteTopics(topics: readonly DeletableTopic[], options?: CallOptions) {
    return this.#ask((commands) => commands.deleteTopics(topics), options)
  }

  alterConfigs(request: AlterConfigsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.alterConfigs(request), options)
  }

  alterReassignments(partitions: readonly Reassignment[], options?: CallOptions) {
    return this.#ask((commands) => commands.alterReassignments(partitions), options)
  }

  electLeaders(request: ElectLeadersRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.electLeaders(request), options)
  }

  /** With a key it has no effect the second time. */
  applyChanges(request: ApplyChangesRequest, options?: CallOptions) {
    const repeatable = request.requestKey !== null || request.validateOnly
    return this.#ask((commands) => commands.applyChanges(request), options, { repeatable })
  }

  allocateProducerIds(request: BrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.allocateProducerIds(request), options)
  }

  /**
   * Not repeated here, although at most one of two can be granted: whoever asks must know that an
   * earlier one may still arrive (S13).
   */
  alterPartition(request: AlterPartitionRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.alterPartition(request), options)
  }

  /** Who has left stays out until it is let in again, by what it fetches after that. */
  leaveIsr(request: LeaveIsrRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.leaveIsr(request), options, REPEATABLE)
  }

  tellLogEnds(request: LogEndsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.tellLogEnds(request), options, REPEATABLE)
  }

  async #ask<Result extends Reply>(
    ask: (commands: ControllerCommands) => Promise<Result>,
    options: CallOptions = {},
    { repeatable } = { repeatable: false },
  ): Promise<Result> {
    const here = async () => {
      if (this.#local === null) throw new NotControllerError('this node is no controller', null)
      return ask(this.#local)
    }
    const there: LeaderCall<Result>['there'] = (channel, limits) =>
      ask(new ControllerClient(channel, limits))
    const reply = await this.#calls.call({ here, there, repeatable }, options)
    this.#committed(reply.metadataOffset + 1)
    return reply
  }
}

const REPEATABLE = { repeatable: true }
