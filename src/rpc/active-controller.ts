/**
 * The active controller, wherever it is: what a node's broker asks instead of a controller of its
 * own. Commands are carried out once, or it is said that this is open (`leader-calls.ts`); only
 * registering (of brokers and of controllers) is repeated, because the controller answers the same
 * process the same and changes nothing the second time.
 */
import type {
  AlterConfigsRequest,
  BrokerRequest,
  ControllerCommands,
  CreatePartitionsRequest,
  CreateTopicsRequest,
  DeletableTopic,
  RegisterBrokerRequest,
  RegisterControllerRequest,
} from '../controller/requests.ts'
import { ControllerClient } from './controller-client.ts'
import type { CallOptions, LeaderCalls } from './leader-calls.ts'
import { NotControllerError } from './not-controller.ts'

/** Each command takes, beside its request, how long it may take and what ends it earlier. */
export class ActiveController implements ControllerCommands {
  readonly #calls: LeaderCalls
  readonly #local: ControllerCommands | null

  /** `local`: the controller of this node, when it has one. */
  constructor(calls: LeaderCalls, local: ControllerCommands | null) {
    this.#calls = calls
    this.#local = local
  }

  registerBroker(request: RegisterBrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.registerBroker(request), options, REPEATABLE)
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

  allocateProducerIds(request: BrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.allocateProducerIds(request), options)
  }

  #ask<Result>(
    ask: (commands: ControllerCommands) => Promise<Result>,
    options: CallOptions = {},
    { repeatable } = { repeatable: false },
  ): Promise<Result> {
    const here = async () => {
      if (this.#local === null) throw new NotControllerError('this node is no controller', null)
      return ask(this.#local)
    }
    return this.#calls.call(
      {
        here,
        there: (channel, limits) => ask(new ControllerClient(channel, limits)),
        repeatable,
      },
      options,
    )
  }
}

const REPEATABLE = { repeatable: true }
