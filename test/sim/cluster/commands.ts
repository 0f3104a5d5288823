/**
 * A node's way to the active controller, in place of gRPC: the leader it knows of is asked, here or
 * over the network, and others after it. What certainly did nothing is asked again; what is open is
 * given to the caller, unless doing it twice is doing it once (`rpc/leader-calls.ts`).
 */
import { delay } from '../../../src/base/clock.ts'
import { asError, LograftError } from '../../../src/base/errors.ts'
import type { NodeId } from '../../../src/base/ids.ts'
import type { ApplyChangesRequest } from '../../../src/controller/changes.ts'
import type { ControllerCommands } from '../../../src/controller/commands.ts'
import type {
  AlterConfigsRequest,
  AlterPartitionRequest,
  AlterPartitionResult,
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
  /** Whatever becomes of any process meanwhile. */
  readonly after: (us: number, run: () => void) => void
  readonly fateOfWish: (node: number) => WishFate
  /** By a controller, whether the answer arrives or not. */
  readonly wishAnswered: (
    request: AlterPartitionRequest,
    answers: readonly AlterPartitionResult[],
  ) => void
}

/** What becomes of a request on its way. */
export interface WishFate {
  /** Its line breaks: what was answered is not heard. */
  readonly isUnheard: boolean
  /** How late it is, beside what is usual; what is late when its sender has given it up arrives. */
  readonly lateUs: number
}

export const NO_TROUBLE: WishFate = { isUnheard: false, lateUs: 0 }

interface CallOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const ATTEMPT_MS = 300
const CALL_MS = 2_000
const BACKOFF_MIN_MS = 10
const BACKOFF_MAX_MS = 250
const REPEATABLE = { isRepeatable: true, lateUs: 0 }

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

  leaveIsr(request: LeaveIsrRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.leaveIsr(request), options, REPEATABLE)
  }

  tellLogEnds(request: LogEndsRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.tellLogEnds(request), options, REPEATABLE)
  }

  shutDownBroker(nodeId: NodeId, options?: CallOptions) {
    return this.#ask((commands) => commands.shutDownBroker(nodeId), options, REPEATABLE)
  }

  applyChanges(request: ApplyChangesRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.applyChanges(request), options)
  }

  allocateProducerIds(request: BrokerRequest, options?: CallOptions) {
    return this.#ask((commands) => commands.allocateProducerIds(request), options)
  }

  alterPartition(request: AlterPartitionRequest, options?: CallOptions) {
    const { machine, fateOfWish, wishAnswered } = this.#of
    const fate = fateOfWish(machine)
    const ask = async (commands: Controller) => {
      const reply = await commands.alterPartition(request)
      wishAnswered(request, reply.partitions)
      if (fate.isUnheard) throw timedOut('the line broke')
      return reply
    }
    return this.#ask(ask, options, {
      isRepeatable: false,
      lateUs: fate.isUnheard ? 0 : fate.lateUs,
    })
  }

  async #ask<Result>(
    ask: Ask<Result>,
    { timeoutMs = CALL_MS, signal }: CallOptions = {},
    { isRepeatable, lateUs } = { isRepeatable: false, lateUs: 0 },
  ): Promise<Result> {
    const { process } = this.#of
    const beganMs = process.monotonicMs()
    for (let backoffMs = BACKOFF_MIN_MS; ; backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS)) {
      try {
        return await this.#attempt(this.#choose(), ask, lateUs)
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

  #attempt<Result>(node: number, ask: Ask<Result>, lateUs: number): Promise<Result> {
    const { machine, process, network, askedAt, hasPower, after } = this.#of
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
      const arrive = () => {
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
      }
      network.carry(machine, node, () => (lateUs > 0 ? after(lateUs, arrive) : arrive()))
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
