/**
 * A node's way to the active controller, in place of gRPC: the leader it knows of is asked, here or
 * over the network, and others after it. What certainly did nothing is asked again; what is open is
 * given to the caller, unless doing it twice is doing it once (`rpc/leader-calls.ts`).
 */
import { delay } from '../../../src/base/clock.ts'
import { asError, LograftError } from '../../../src/base/errors.ts'
import type {
  AlterConfigsRequest,
  AlterPartitionRequest,
  BrokerRequest,
  ControllerCommands,
  CreatePartitionsRequest,
  CreateTopicsRequest,
  DeletableTopic,
  ElectLeadersRequest,
  LeaveIsrRequest,
  LogEndsRequest,
  Reassignment,
  RegisterBrokerRequest,
  RegisterControllerRequest,
} from '../../../src/controller/requests.ts'
import type { Controller } from '../../../src/controller/controller.ts'
import type { Network } from '../network.ts'
import type { Process } from '../system/process.ts'

/** A controller that can be asked, on a machine that answers. */
export interface Asked {
  readonly process: Process
  readonly controller: Controller
}

export interface CommandsOptions {
  readonly machine: number
  readonly process: Process
  readonly nodes: number
  readonly network: Network
  /** The node that leads as far as is known here; null for none. */
  readonly leader: () => number | null
  readonly askedAt: (node: number) => Asked | null
  readonly hasPower: (node: number) => boolean
}

interface CallOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const ATTEMPT_MS = 300
const CALL_MS = 2_000
const BACKOFF_MIN_MS = 10
const BACKOFF_MAX_MS = 250
const REPEATABLE = { isRepeatable: true }

type Ask<Result> = (commands: Controller) => Promise<Result>

export class SimulatedCommands implements ControllerCommands {
  readonly #of: CommandsOptions
  #rotation = 0

  constructor(of: CommandsOptions) {
    this.#of = of
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

  alterReassignments(partitions: readonly Reassignment[], options?: CallOptions) {
    return this.#ask((commands) => commands.alterReassignments(partitions), options)
  }

  electLeaders(request: ElectLeadersRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.electLeaders(request), options)
  }

  leaveIsr(request: LeaveIsrRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.leaveIsr(request), options, REPEATABLE)
  }

  tellLogEnds(request: LogEndsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.tellLogEnds(request), options, REPEATABLE)
  }

  allocateProducerIds(request: BrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.allocateProducerIds(request), options)
  }

  alterPartition(request: AlterPartitionRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.alterPartition(request), options)
  }

  async #ask<Result>(
    ask: Ask<Result>,
    { timeoutMs = CALL_MS, signal }: CallOptions = {},
    { isRepeatable } = { isRepeatable: false },
  ): Promise<Result> {
    const { process } = this.#of
    const beganMs = process.monotonicMs()
    for (let backoffMs = BACKOFF_MIN_MS; ; backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS)) {
      try {
        return await this.#attempt(this.#choose(), ask)
      } catch (thrown) {
        if (!mayAskAgain(thrown, isRepeatable)) throw thrown
      }
      await delay(process, backoffMs, signal)
      const isOver = process.monotonicMs() - beganMs >= timeoutMs
      if (isOver || signal?.aborted) throw timedOut('no active controller was found')
    }
  }

  /** Now and then somebody who does not lead is asked. */
  #choose(): number {
    const { leader, nodes, process } = this.#of
    const known = leader()
    if (known !== null && process.draw(71) < 0.9) return known
    this.#rotation = (this.#rotation + 1) % nodes
    return this.#rotation
  }

  #attempt<Result>(node: number, ask: Ask<Result>): Promise<Result> {
    const { machine, process, network, askedAt, hasPower } = this.#of
    return new Promise((resolve, reject) => {
      const timer = process.timer(ATTEMPT_MS, () => reject(timedOut('no answer in time')))
      const settle = (action: () => void) => {
        timer.cancel()
        action()
      }
      const here = askedAt(machine)
      if (node === machine && here)
        return void ask(here.controller).then(
          (result) => settle(() => resolve(result)),
          (thrown: unknown) => settle(() => reject(asError(thrown))),
        )
      const back = (action: () => void) =>
        network.carry(node, machine, () => process.happen(() => settle(action)))
      network.carry(machine, node, () => {
        const asked = askedAt(node)
        if (asked === null) {
          const refused = new LograftError('NOT_CONTROLLER', 'nobody listens there')
          return hasPower(node) ? back(() => reject(refused)) : undefined
        }
        asked.process.happen(() => {
          const answer = (action: () => void) => asked.process.happen(() => back(action))
          ask(asked.controller).then(
            (result) => answer(() => resolve(result)),
            (thrown: unknown) => answer(() => reject(asError(thrown))),
          )
        })
      })
    })
  }
}

function timedOut(why: string): LograftError {
  return new LograftError('REQUEST_TIMED_OUT', `${why}; whether this took effect is open`)
}

function mayAskAgain(thrown: unknown, isRepeatable: boolean): boolean {
  if (!(thrown instanceof LograftError)) return false
  const { code } = thrown as LograftError
  return code === 'NOT_CONTROLLER' || (code === 'REQUEST_TIMED_OUT' && isRepeatable)
}
