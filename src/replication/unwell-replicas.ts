/**
 * Replicas on this broker that should not count (SAFETY S14): their disk is full or failing, or
 * what they hold is damaged. Each asks to leave the ISR until it has left; only then, and only
 * where something is damaged, is it cut and fetched anew. Where nobody else could lead it stays,
 * and asks again later. Whatever is remembered here is only whom to look at: what is wrong is
 * looked up anew in every round.
 */
import { background, type Background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { isLograftError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import { errors } from '../wire/errors.ts'
import type { LeaveAnswer, Leaving, LeavingController } from './ports.ts'

export interface ReplicaName {
  readonly topic: string
  readonly index: number
}

/** How a replica is. */
export interface Condition {
  readonly topicId: TopicId
  readonly leaderEpoch: number
  /** In sync, or eligible, as far as metadata has come here. */
  readonly counts: boolean
  /** It has no other replica: nobody need be asked. */
  readonly isAlone: boolean
  readonly reason: Leaving['reason']
}

export interface UnwellReplicasPorts {
  readonly controller: LeavingController
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  /** Null when nothing is wrong, any more or as far as is known. */
  readonly look: (replica: ReplicaName) => Condition | null
  /** It has left the ISR, which metadata may tell later. */
  readonly left: (replica: ReplicaName, condition: Condition) => void
  /** It counts nowhere, and is to be as a new one. What fails is tried again. */
  readonly renew: (replica: ReplicaName) => void
}

interface Suspect {
  readonly replica: ReplicaName
  /** Of the topic in which it has left, and not followed anybody since. */
  leftOf: TopicId | null
  /** In which it has. */
  leftEpoch: number
}

interface Asking {
  readonly suspect: Suspect
  readonly condition: Condition
}

/** Between two rounds that got nowhere. */
const BACKOFF_MIN_MS = 50
const BACKOFF_MAX_MS = 5_000

export class UnwellReplicas {
  readonly #ports: UnwellReplicasPorts
  readonly #suspects = new Map<string, Suspect>()
  #isStopped = false
  #task: Background | null = null
  /** Ends a pause. */
  #news = new AbortController()

  constructor(ports: UnwellReplicasPorts) {
    this.#ports = ports
  }

  /** Something may be wrong with it, or may have changed about it. */
  suspect({ topic, index }: ReplicaName): void {
    const name = `${topic}-${index}`
    if (this.#isStopped || this.#suspects.has(name)) return
    this.#suspects.set(name, { replica: { topic, index }, leftOf: null, leftEpoch: -1 })
    this.#news.abort()
    this.#task ??= background('unwell replicas', (signal) => this.#run(signal), this.#ports.fatal)
  }

  /** Metadata has changed: who could not leave before may now. */
  metadataChanged(): void {
    if (this.#suspects.size > 0) this.#news.abort()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#suspects.clear()
    this.#news.abort()
    await this.#task?.stop()
  }

  async #run(signal: AbortSignal): Promise<void> {
    let backoffMs = BACKOFF_MIN_MS
    while (!signal.aborted) {
      // All of this turn go together.
      await delay(this.#ports.clock, 0, signal)
      if (signal.aborted) return
      this.#news = new AbortController()
      const { signal: news } = this.#news
      if (await this.#round(signal)) backoffMs = BACKOFF_MIN_MS
      if (signal.aborted) return
      const waitMs = this.#suspects.size > 0 ? backoffMs : Infinity
      await this.#pause(waitMs, news)
      backoffMs = news.aborted ? BACKOFF_MIN_MS : Math.min(2 * backoffMs, BACKOFF_MAX_MS)
    }
  }

  /** Ends with the news that this stops, too. */
  #pause(waitMs: number, news: AbortSignal): Promise<void> {
    if (waitMs !== Infinity) return delay(this.#ports.clock, waitMs, news)
    return new Promise((resolve) => {
      if (news.aborted) resolve()
      else news.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  /** Whether anything came of it. */
  async #round(signal: AbortSignal): Promise<boolean> {
    const asking = this.#whoAsks()
    if (asking.length === 0) return false
    const { controller, logger } = this.#ports
    try {
      const asked = controller.leaveIsr(asking.map(wordsOf))
      const answers = await unlessAborted(asked, signal)
      if (answers === null || this.#isStopped) return false
      const left = asking.filter(({ suspect: { replica }, condition: { topicId } }) => {
        const isOf = (of: LeaveAnswer) => of.topicId === topicId && of.partition === replica.index
        const answer = answers.find(isOf)
        return answer?.errorCode === errors.NONE && answer.hasLeft
      })
      // Until metadata tells so here it asks again, ever more rarely, and is told the same.
      const isNews = left.map((each) => this.#hasLeft(each))
      return isNews.includes(true)
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      logger.debug({ err: thrown }, 'the controller could not be asked to let replicas go')
      return false
    }
  }

  /** Who is well again is forgotten, and so is who need not ask. */
  #whoAsks(): readonly Asking[] {
    const asking: Asking[] = []
    for (const [name, suspect] of this.#suspects) {
      const condition = this.#ports.look(suspect.replica)
      // What is damaged asks even when it seems to count no more: it is about to be cut.
      const mustAsk = condition?.counts === true || condition?.reason === 'corrupt-segment'
      if (condition === null || condition.isAlone || !mustAsk) this.#suspects.delete(name)
      else if (!this.#renewIfLeft(suspect, condition)) asking.push({ suspect, condition })
    }
    return asking
  }

  /** Whether it has left. One that could not be renewed then need not ask again. */
  #renewIfLeft({ replica, leftOf }: Suspect, { topicId, counts, reason }: Condition): boolean {
    if (leftOf !== topicId || counts || reason !== 'corrupt-segment') return false
    this.#ports.renew(replica)
    return true
  }

  /** Whether that was not known yet. */
  #hasLeft({ suspect, condition }: Asking): boolean {
    const { topicId, leaderEpoch, reason } = condition
    const { topic, index: partition } = suspect.replica
    const isNews = suspect.leftOf !== topicId || suspect.leftEpoch < leaderEpoch
    if (isNews) this.#ports.logger.warn({ topic, partition, reason }, 'replica left the ISR')
    this.#ports.left(suspect.replica, condition)
    suspect.leftOf = topicId
    suspect.leftEpoch = leaderEpoch
    // It may be a new topic's by now, or have been elected for want of a better one.
    const now = this.#ports.look(suspect.replica)
    if (now !== null) this.#renewIfLeft(suspect, now)
    return isNews
  }
}

/** Null: a controller that does not answer must not keep a node from stopping. */
function unlessAborted<Answer>(
  asked: Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null)
    // Off again after every question: the signal lives as long as the broker.
    const settled = () => signal.removeEventListener('abort', leave)
    signal.addEventListener('abort', leave, { once: true })
    void asked.then(resolve, reject).finally(settled)
  })
}

function wordsOf({ suspect, condition }: Asking): Leaving {
  const partition = suspect.replica.index
  const { topicId, leaderEpoch, reason } = condition
  return { topicId, partition, leaderEpoch, reason }
}
