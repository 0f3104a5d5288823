/**
 * What the coordinator of a group says of it, asked again and again: its state, and who has what.
 */
import { describeGroups } from '../../src/wire/apis/15-describe-groups.ts'
import { errors } from '../../src/wire/errors.ts'
import { assignedPartitions } from './assignment.ts'
import { GroupClient, type GroupClientOptions } from './group-client.ts'

const PAUSE_MS = 25
const VERSION = 5

export interface DescribedMember {
  readonly memberId: string
  readonly clientId: string
  readonly partitions: readonly number[]
}

export interface Description {
  readonly state: string
  readonly members: readonly DescribedMember[]
  readonly node: number
  readonly askedMs: number
  readonly answeredMs: number
}

export interface GroupViewOptions extends GroupClientOptions {
  readonly topic: string
  readonly nowMs: () => number
}

export class GroupView {
  /** The last one. */
  description: Description | null = null
  /** When the present coordinator first described it. */
  coordinatedSinceMs = 0
  readonly #options: GroupViewOptions
  readonly #client: GroupClient
  readonly #done: Promise<void>
  readonly #waits = new Set<(description: Description) => void>()
  #isStopping = false

  constructor(options: GroupViewOptions) {
    this.#options = options
    this.#client = new GroupClient(options)
    this.#done = this.#run()
  }

  get shown(): string {
    if (this.description === null) return 'nobody describes it'
    const { state, members, node } = this.description
    const shown = members.map(({ clientId, partitions }) => `${clientId} (${partitions.join()})`)
    return `${state} on node ${node}: ${shown.join(' ')}`
  }

  /** Resolves with the first description from now on that is as wanted. */
  until(isWanted: (description: Description) => boolean): Promise<Description> {
    return new Promise((resolve) => {
      const look = (description: Description) => {
        if (!isWanted(description)) return
        this.#waits.delete(look)
        resolve(description)
      }
      this.#waits.add(look)
    })
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#done
    await this.#client.close()
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#look()
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  async #look(): Promise<void> {
    const { topic, nowMs } = this.#options
    const askedMs = nowMs()
    const groups = [this.#client.group]
    const answer = await this.#client.ask(describeGroups, VERSION, { groups })
    const group = answer?.groups[0]
    const node = this.#client.coordinator
    if (!group || node === null || group.errorCode !== errors.NONE) return this.#client.lookAgain()
    if (node !== this.description?.node) this.coordinatedSinceMs = nowMs()
    this.description = {
      ...{ state: group.groupState, node },
      ...{ askedMs, answeredMs: nowMs() },
      members: group.members.map(({ memberId, clientId, memberAssignment }) => {
        return { memberId, clientId, partitions: assignedPartitions(memberAssignment, topic) }
      }),
    }
    for (const look of this.#waits) look(this.description)
  }
}
