/**
 * A controller that others ask over real gRPC, and that does what a test says: the service and all
 * below it are ours, what it decides is the test's.
 */
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import type { ControllerCommands } from '../../../src/controller/commands.ts'
import { hostClock } from '../../../src/host/clock.ts'
import type { Leadership } from '../../../src/quorum/ports.ts'
import { controllerService } from '../../../src/rpc/controller-service.ts'
import { RpcServer } from '../../../src/rpc/server.ts'

export type CommandName = keyof ControllerCommands

/** What a command gets to see, and what it answers or throws. */
export type Act = (command: CommandName, request: unknown) => unknown

const COMMANDS: readonly CommandName[] = [
  'registerBroker',
  'registerController',
  'unregisterBroker',
  'createTopics',
  'createPartitions',
  'deleteTopics',
  'alterConfigs',
  'alterReassignments',
  'electLeaders',
  'allocateProducerIds',
  'alterPartition',
]

/** Commands that all go to `act`. */
export function scriptedCommands(act: Act): ControllerCommands {
  const entries = COMMANDS.map((name) => [name, async (request: unknown) => act(name, request)])
  return Object.fromEntries(entries) as ControllerCommands
}

export class ScriptedController {
  /** What it was asked, in order. */
  readonly asked: CommandName[] = []
  leadership: Leadership = { epoch: 1, leaderId: null, isLeader: false }
  readonly #server: RpcServer
  address: HostPort = { host: '127.0.0.1', port: 0 }

  constructor(act: Act, fatal: (error: Error) => void) {
    const commands = scriptedCommands((name, request) => {
      this.asked.push(name)
      return act(name, request)
    })
    this.#server = new RpcServer({ clock: hostClock, fatal })
    this.#server.add(controllerService(commands, () => this.leadership))
  }

  async listen(): Promise<this> {
    this.address = await this.#server.bind(this.address)
    return this
  }

  knowsLeader(nodeId: number, epoch: number): this {
    this.leadership = { epoch, leaderId: asNodeId(nodeId), isLeader: false }
    return this
  }

  close(): Promise<void> {
    return this.#server.close()
  }
}
