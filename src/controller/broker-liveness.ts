/**
 * Which brokers are there, while this node is the active controller (ARCHITECTURE: failure
 * detection is a stream, a probe and a clock). It hears their heartbeats, dials those whose line
 * broke, and has the controller fence, unfence and let go. Who may lead is decided by the commands
 * alone; a wrong guess here costs an election. What is remembered is in `broker-heartbeats.ts`.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { HostPort } from '../config/addresses.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { BrokerRegistration } from '../metadata/image/cluster.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import { BrokerHeartbeats } from './broker-heartbeats.ts'
import { requireBroker } from './cluster-control.ts'
import type { Controller } from './controller.ts'
import { HeardTime } from './heard-time.ts'
import type { Beat, BeatAnswer, BrokerLine, BrokerLines, BrokerPlace } from './heartbeats.ts'
import { LostBrokers, type LostBrokersOptions } from './lost-brokers.ts'
import { canHandOver } from './partition-control.ts'
import type { BrokerRequest, Reply } from './requests.ts'
import { refusal } from './result.ts'

/** Lines at a time; more brokers than that are refused. */
const LINES_MAX = 1_000
/** Between two looks at who is silent. */
const LOOK_MAX_MS = 500
/** A new active controller waits so long for a broker's line before it dials the broker (S24). */
const CLAIM_GRACE_MS = 200

const IN_SERVICE = 'a broker is in service'
const LEAVING = 'a broker is shutting down'
const FENCED = 'a broker is fenced'

export interface BrokerLivenessOptions {
  readonly controller: Pick<
    Controller,
    'committedImage' | 'beginShutdown' | 'fenceBroker' | 'unfenceBroker' | 'mustShutDown'
  >
  readonly clock: Clock
  readonly logger: Logger
  /** `broker.session.timeout.ms`. */
  readonly sessionTimeoutMs: number
  readonly isGone: LostBrokersOptions['isGone']
  /** Where this node's own connection to another controller led last; null when there is none. */
  readonly reachedAt: (nodeId: NodeId) => HostPort | null
}

/** What is true only while this node leads. */
interface Active {
  readonly epoch: number
  readonly sessions: BrokerHeartbeats
  readonly time: HeardTime
  readonly lost: LostBrokers
  /** By node id: one change of a broker's standing at a time. */
  readonly deciding: Set<NodeId>
  look: Timer
  readonly claim: Timer
  followed: MetadataImage['brokers'] | null
}

interface OpenLine {
  readonly hangUp: (why: Error) => void
  heardMs: number
}

/** Subscribes to the quorum behind the controller, whose images it reads. */
export class BrokerLiveness implements QuorumListener, BrokerLines {
  readonly #options: BrokerLivenessOptions
  readonly #logger: Logger
  readonly #lookMs: number
  readonly #lines = new Set<OpenLine>()
  #active: Active | null = null

  constructor(options: BrokerLivenessOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'broker-liveness' })
    this.#lookMs = Math.max(1, Math.min(LOOK_MAX_MS, Math.floor(options.sessionTimeoutMs / 4)))
  }

  // --- QuorumListener

  onSnapshot(): void {}

  onCommitted(): void {
    if (this.#active) this.#follow(this.#active)
  }

  onLeadership({ epoch, isLeader }: Leadership): void {
    if (isLeader && this.#active?.epoch === epoch) return
    this.close()
    if (isLeader) this.#begin(epoch)
  }

  /** Hangs up on everybody. Idempotent. */
  close(): void {
    const active = this.#active
    this.#active = null
    active?.look.cancel()
    active?.claim.cancel()
    active?.lost.stop()
    const lines = [...this.#lines]
    this.#lines.clear()
    for (const { hangUp } of lines) hangUp(notActive())
  }

  #begin(epoch: number): void {
    const { clock, sessionTimeoutMs, isGone } = this.#options
    const sessions = new BrokerHeartbeats(sessionTimeoutMs)
    const active: Active = {
      epoch,
      sessions,
      time: new HeardTime(clock, 2 * this.#lookMs),
      lost: new LostBrokers({ clock, sessions, isGone, onGone: () => this.#fenceGone(active) }),
      deciding: new Set(),
      look: clock.timer(this.#lookMs, () => this.#look(active)),
      claim: clock.timer(CLAIM_GRACE_MS, () => this.#dialUnconnected(active)),
      followed: null,
    }
    this.#active = active
    this.#follow(active)
  }

  #follow(active: Active): void {
    const { brokers, metadataOffset } = this.#options.controller.committedImage
    if (active.followed === brokers) return
    active.followed = brokers
    active.sessions.follow(brokers, { metadataOffset, nowMs: active.time.nowMs })
  }

  // --- BrokerLines

  open(hangUp: (why: Error) => void): BrokerLine {
    const { nowMs } = this.#required().time
    if (this.#lines.size >= LINES_MAX)
      throw refusal('REQUEST_TIMED_OUT', `${LINES_MAX} brokers are connected already`)
    const line: OpenLine = { hangUp, heardMs: nowMs }
    this.#lines.add(line)
    return {
      beat: (beat, place) => this.#beat(line, beat, place),
      broke: () => this.#broke(line),
    }
  }

  #required(): Active {
    if (this.#active === null) throw notActive()
    return this.#active
  }

  #beat(line: OpenLine, beat: Beat, place: BrokerPlace | null): BeatAnswer {
    const active = this.#required()
    if (!this.#lines.has(line)) throw notActive()
    const image = this.#options.controller.committedImage
    const broker = requireBroker(image, beat)
    if (broker.incarnationId !== beat.incarnationId)
      throw refusal('STALE_BROKER_EPOCH', `broker ${beat.nodeId} is another process`)
    const { nowMs } = active.time
    line.heardMs = nowMs
    active.sessions.heard(broker, { line, metadataOffset: beat.metadataOffset, nowMs })
    active.lost.setPlace(beat.nodeId, place)
    // One that was taken for gone with others may show that these others are.
    this.#fenceGone(active)
    this.#consider(active, broker, beat)
    return {
      fenced: broker.fenced,
      caughtUp: isCaughtUp(broker, beat),
      shouldShutDown: beat.wantsShutdown && broker.fenced,
      mustBeginShutdown: this.#options.controller.mustShutDown(broker),
      committedOffset: image.metadataOffset,
      controllerEpoch: active.epoch,
    }
  }

  #broke(line: OpenLine): void {
    if (!this.#lines.delete(line) || this.#active === null) return
    const broker = this.#active.sessions.broke(line)
    if (broker) this.#active.lost.dial(broker)
  }

  // --- what a broker wants

  /** Unfences one that has published its registration; lets one stop that wants to. */
  #consider(active: Active, broker: BrokerRegistration, beat: Beat): void {
    const { controller } = this.#options
    const { nodeId, fenced, inControlledShutdown } = broker
    if (!beat.wantsShutdown) {
      if (!fenced || inControlledShutdown || !isCaughtUp(broker, beat)) return
      return this.#change(active, broker, { event: IN_SERVICE }, () =>
        controller.unfenceBroker(broker),
      )
    }
    if (fenced) return
    if (!inControlledShutdown && canHandOver(controller.committedImage, nodeId))
      return this.#change(active, broker, { event: LEAVING }, () =>
        controller.beginShutdown(broker),
      )
    if (inControlledShutdown && !active.sessions.isShutdownKnown(broker)) return
    this.#change(active, broker, { event: FENCED, why: 'it stops' }, () =>
      controller.fenceBroker(broker),
    )
  }

  // --- who is gone, who is silent

  #look(active: Active): void {
    if (active !== this.#active) return
    const { sessions, time } = active
    const { nowMs } = time
    for (const broker of sessions.stale(nowMs)) this.#fenceStale(active, broker)
    this.#fenceGone(active)
    this.#hangUpOnSilent(nowMs)
    const leftMs = (sessions.nextDeadlineMs() ?? Infinity) - nowMs
    const lookMs = leftMs <= 0 ? this.#lookMs : Math.min(leftMs, this.#lookMs)
    active.look = this.#options.clock.timer(lookMs, () => this.#look(active))
  }

  #fenceStale(active: Active, broker: BrokerRequest): void {
    const { nodeId } = broker
    const isStale = () =>
      active.sessions.stale(active.time.nowMs).some((stale) => stale.nodeId === nodeId)
    const { controller, sessionTimeoutMs } = this.#options
    this.#change(active, broker, { event: FENCED, why: `silent for ${sessionTimeoutMs} ms` }, () =>
      controller.fenceBroker(broker, isStale),
    )
  }

  #fenceGone(active: Active): void {
    for (const broker of active.sessions.gone())
      this.#change(active, broker, { event: FENCED, why: 'it refuses connections' }, () =>
        this.#options.controller.fenceBroker(broker, () => active.sessions.isLost(broker)),
      )
  }

  /** A line costs memory, and so does a broker that opens one after the other. */
  #hangUpOnSilent(nowMs: number): void {
    const silentMaxMs = 2 * this.#options.sessionTimeoutMs
    for (const line of this.#lines) {
      if (nowMs - line.heardMs < silentMaxMs) continue
      this.#lines.delete(line)
      this.#active?.sessions.broke(line)
      line.hangUp(refusal('REQUEST_TIMED_OUT', `silent for ${silentMaxMs} ms`))
    }
  }

  /** The dead process may have been broker and active controller at once (S24). */
  #dialUnconnected(active: Active): void {
    for (const broker of active.sessions.lost()) {
      const grpc = this.#options.reachedAt(broker.nodeId)
      const registered = active.followed?.get(broker.nodeId)
      if (grpc === null || registered === undefined) continue
      const kafka = { host: grpc.host, port: registered.port }
      active.lost.setPlace(broker.nodeId, { grpc, kafka })
      active.lost.dial(broker)
    }
  }

  #standing({ nodeId }: BrokerRequest): BrokerRegistration | undefined {
    return this.#options.controller.committedImage.brokers.get(nodeId)
  }

  /** One change of a broker at a time; one that fails is wanted again at the next occasion. */
  #change(
    active: Active,
    broker: BrokerRequest,
    { event, why }: { readonly event: string; readonly why?: string },
    command: () => Promise<Reply>,
  ): void {
    const { nodeId, brokerEpoch } = broker
    if (active.deciding.has(nodeId)) return
    active.deciding.add(nodeId)
    const done = (log: () => void) => {
      active.deciding.delete(nodeId)
      log()
    }
    const was = this.#standing(broker)
    command().then(
      () =>
        done(() => {
          // Another one may have been quicker, or it was not wanted any more.
          if (this.#standing(broker) === was) return
          this.#logger.info({ broker: nodeId, brokerEpoch, why }, event)
        }),
      (thrown: unknown) =>
        done(() => {
          // The controller has told of a bug itself.
          const err = asError(thrown)
          this.#logger.debug({ broker: nodeId, wanted: event, err }, 'a broker stays as it is')
        }),
    )
  }
}

/** A broker's epoch is where its registration is in the metadata log. */
function isCaughtUp({ brokerEpoch }: BrokerRegistration, { metadataOffset }: Beat): boolean {
  return metadataOffset >= brokerEpoch
}

const notActive = () => refusal('NOT_CONTROLLER', 'this node is not the active controller')
