/**
 * Clients beside the members of a group: simple consumers, which only commit; those who ask for the
 * committed offsets; and those who commit in somebody's name who was a member once, or never.
 */
import { delay } from '../../../src/base/clock.ts'
import type { Net } from '../../../src/base/net.ts'
import { offsetFetch } from '../../../src/wire/apis/09-offset-fetch.ts'
import { errors, type ErrorCode } from '../../../src/wire/errors.ts'
import type { Process } from '../system/process.ts'
import { commit, type Commit, type Committer } from './committing.ts'
import { CoordinatorLine, isElsewhere } from './coordinator-line.ts'
import type { Group } from './group.ts'
import type { GroupsMark } from './marks.ts'
import { GROUP_TOPIC } from './protocol.ts'
import type { GroupSwarm } from './swarm.ts'

export interface SimpleOptions {
  readonly name: string
  readonly group: Group
  readonly swarm: GroupSwarm
  /** Of whom it asks, whoever coordinates. */
  readonly only?: number
  readonly process: Process
  readonly net: Net
  readonly told: (run: () => void) => void
  readonly note: (text: string) => void
  readonly hit: (mark: GroupsMark) => void
}

const BACKOFF_MS = 30
const OFTEN = { commits: 2, answerMs: 600 }
/** A coordinator that sleeps may be asked only once it has been replaced. */
const SELDOM = { commits: 15, answerMs: 3_000 }
const FETCH_VERSIONS = [1, 5, 8] as const
const COMMIT_VERSIONS = [2, 6, 8] as const

class SimpleClient implements Committer {
  readonly of: SimpleOptions
  readonly line: CoordinatorLine
  isOver = false
  /** Answers without an error. */
  succeeded = 0

  constructor(of: SimpleOptions) {
    this.of = of
    const { group, swarm, ...shared } = of
    this.line = new CoordinatorLine({ ...shared, group: group.plan.name, nodes: swarm.nodes })
  }

  get group(): Group {
    return this.of.group
  }

  get told() {
    return this.of.told
  }

  get hit() {
    return this.of.hit
  }

  end(): void {
    this.isOver = true
    this.line.close()
  }

  async repeat(meanMs: number, once: () => Promise<ErrorCode>): Promise<void> {
    const { process } = this.of
    while (!this.isOver) {
      await delay(process, Math.max(1, Math.round(meanMs * (0.5 + process.draw(87)))))
      if (this.isOver) return
      const code = await once()
      if (code === errors.NONE) continue
      if (isElsewhere(code)) this.line.close()
      await delay(process, BACKOFF_MS)
    }
  }

  protected pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.of.process.draw(88) * from.length)] as T
  }
}

/** It commits, of no member. */
export class SimpleCommitter extends SimpleClient {
  begin(): void {
    const { swarm, group, process } = this.of
    void this.repeat(swarm.commitMs, async () => {
      const version = group.plan.retentionMs >= 0 ? 2 : this.pick(COMMIT_VERSIONS)
      const partitions = [Math.floor(process.draw(89) * swarm.owned)]
      const of = { memberId: '', generation: -1, instanceId: null, partitions, version }
      const code = await commit(this, of)
      if (code === errors.NONE) this.succeeded += 1
      return code
    })
  }
}

/** It asks what is committed. */
export class OffsetReader extends SimpleClient {
  begin({ isSeldom = false } = {}): void {
    const { commits, answerMs } = isSeldom ? SELDOM : OFTEN
    void this.repeat(commits * this.of.swarm.commitMs, () => this.#fetch(answerMs))
  }

  async once(): Promise<void> {
    await this.#fetch(SELDOM.answerMs)
    this.end()
  }

  async #fetch(timeoutMs: number): Promise<ErrorCode> {
    const { group, swarm, told } = this.of
    const groupId = group.plan.name
    const version = this.pick(FETCH_VERSIONS)
    const all = Array.from({ length: swarm.owned }, (_, partition) => partition)
    const named = [{ name: GROUP_TOPIC, partitionIndexes: all }]
    const topics = version > 1 && this.of.process.draw(90) < 0.5 ? null : named
    const floors = group.history.floors()
    const request = { groupId, topics, groups: [{ groupId, topics }] }
    const answer = await this.line.ask(offsetFetch, version, request, timeoutMs)
    if (answer === null) return errors.NONE
    const { response } = answer
    const [found = { errorCode: response.errorCode, topics: response.topics }] = response.groups
    const partitions = found.topics.flatMap((topic) => topic.partitions)
    const faulty = partitions.find(({ errorCode }) => errorCode !== errors.NONE)
    const code = faulty?.errorCode ?? found.errorCode
    if (code !== errors.NONE) return code
    this.succeeded += 1
    const committed = new Map(partitions.map((one) => [one.partitionIndex, one.committedOffset]))
    for (const partition of all)
      told(() => group.history.fetched(partition, committed.get(partition) ?? -1, floors))
    return code
  }
}

/** It commits once, as whoever it says it is. */
export class StrayCommitter extends SimpleClient {
  async send(of: Omit<Commit, 'version' | 'partitions'>): Promise<void> {
    const partitions = [Math.floor(this.of.process.draw(91) * this.of.swarm.owned)]
    const version = this.group.plan.retentionMs >= 0 ? 2 : this.pick(COMMIT_VERSIONS)
    await commit(this, { ...of, partitions, version })
    this.line.close()
  }
}
