/**
 * The active controller behind a channel: every command is one call to one address, made once. Who
 * the active controller is, and whether to ask again, is `active-controller.ts`'s business.
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
} from '../controller/requests.ts'
import type { RpcChannel } from './channel.ts'
import type { CommandLimits } from './command-call.ts'
import { callCommand } from './command-call.ts'
import { controllerMethods } from './controller-methods.ts'
import type { Unary } from './service.ts'

/** Commands reject as `ControllerCommands` says; NOT_CONTROLLER as `NotControllerError`. */
export class ControllerClient implements ControllerCommands {
  readonly #channel: RpcChannel
  readonly #limits: CommandLimits

  constructor(channel: RpcChannel, limits: CommandLimits) {
    this.#channel = channel
    this.#limits = limits
  }

  registerBroker(request: RegisterBrokerRequest) {
    return this.#call(controllerMethods.registerBroker, request)
  }

  shutDownBroker(nodeId: NodeId) {
    return this.#call(controllerMethods.shutDownBroker, nodeId)
  }

  unregisterBroker(nodeId: NodeId) {
    return this.#call(controllerMethods.unregisterBroker, nodeId)
  }

  registerController(request: RegisterControllerRequest) {
    return this.#call(controllerMethods.registerController, request)
  }

  createTopics(request: CreateTopicsRequest) {
    return this.#call(controllerMethods.createTopics, request)
  }

  createPartitions(request: CreatePartitionsRequest) {
    return this.#call(controllerMethods.createPartitions, request)
  }

  deleteTopics(topics: readonly DeletableTopic[]) {
    return this.#call(controllerMethods.deleteTopics, topics)
  }

  alterConfigs(request: AlterConfigsRequest) {
    return this.#call(controllerMethods.alterConfigs, request)
  }

  alterReassignments(partitions: readonly Reassignment[]) {
    return this.#call(controllerMethods.alterReassignments, partitions)
  }

  electLeaders(request: ElectLeadersRequest) {
    return this.#call(controllerMethods.electLeaders, request)
  }

  applyChanges(request: ApplyChangesRequest) {
    return this.#call(controllerMethods.applyChanges, request)
  }

  allocateProducerIds(request: BrokerRequest) {
    return this.#call(controllerMethods.allocateProducerIds, request)
  }

  alterPartition(request: AlterPartitionRequest) {
    return this.#call(controllerMethods.alterPartition, request)
  }

  leaveIsr(request: LeaveIsrRequest) {
    return this.#call(controllerMethods.leaveIsr, request)
  }

  tellLogEnds(request: LogEndsRequest) {
    return this.#call(controllerMethods.tellLogEnds, request)
  }

  #call<Request, Response>(method: Unary<Request, Response>, request: Request): Promise<Response> {
    return callCommand(this.#channel, method, request, this.#limits)
  }
}
