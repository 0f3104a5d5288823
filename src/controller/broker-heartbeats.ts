/**
 * Who of the registered brokers was heard of, and when: what the active controller remembers and
 * never writes down. Nothing here decides who may lead; it says who has been silent for a session,
 * whose process is gone (SAFETY S23), and who has published what. The next active controller begins
 * with a full session for everybody (S24). Pure: the time is an argument.
 */
import type { NodeId } from '../base/ids.ts'
import type { BrokerRegistration } from '../metadata/image/cluster.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { BrokerRequest } from './requests.ts'

/** Identity of a broker's connection; a broker that comes back has another one. */
export type Line = object

interface Session {
  registration: BrokerRegistration
  /** When it was heard last, or when it was given a session. */
  contactMs: number
  /** The newest metadata that it has published, as it says; -1 before it said. */
  metadataOffset: number
  /** Where metadata says first that it is shutting down. */
  shutdownOffset: number | null
  line: Line | null
  /** Dialling it since its line broke said that its process is gone. */
  isGone: boolean
}

export class BrokerHeartbeats {
  readonly #sessionTimeoutMs: number
  readonly #sessions = new Map<NodeId, Session>()

  constructor(sessionTimeoutMs: number) {
    this.#sessionTimeoutMs = sessionTimeoutMs
  }

  /** What is committed now. Whoever is new in service has a full session. */
  follow(
    brokers: ReadonlyMap<NodeId, BrokerRegistration>,
    { metadataOffset, nowMs }: { readonly metadataOffset: number; readonly nowMs: number },
  ): void {
    for (const nodeId of this.#sessions.keys())
      if (!brokers.has(nodeId)) this.#sessions.delete(nodeId)
    for (const [nodeId, registration] of brokers) {
      const was = this.#find(registration)
      const session = was ?? newSession(registration, nowMs)
      if (session.registration.fenced && !registration.fenced) session.contactMs = nowMs
      if (registration.inControlledShutdown) session.shutdownOffset ??= metadataOffset
      session.registration = registration
      this.#sessions.set(nodeId, session)
    }
  }

  /** A broker said something, on this line. It is of a registration that is followed. */
  heard(
    broker: BrokerRequest,
    { line, metadataOffset, nowMs }: { line: Line; metadataOffset: number; nowMs: number },
  ): void {
    const session = this.#find(broker)
    if (session === null) return
    session.line = line
    session.isGone = false
    session.contactMs = nowMs
    session.metadataOffset = Math.max(session.metadataOffset, metadataOffset)
  }

  /** The broker that has no line any more; null when it has another one, or never used this. */
  broke(line: Line): BrokerRequest | null {
    for (const session of this.#sessions.values())
      if (session.line === line) {
        session.line = null
        return keyOf(session)
      }
    return null
  }

  /** It is in service, and nothing connects it to this controller. */
  isLost(broker: BrokerRequest): boolean {
    const session = this.#find(broker)
    return session !== null && isLost(session)
  }

  /** Everybody of whom that is true. */
  lost(): readonly BrokerRequest[] {
    return [...this.#sessions.values()].filter(isLost).map(keyOf)
  }

  /** Dialling a lost broker said that its process is gone. */
  refused(broker: BrokerRequest): void {
    const session = this.#find(broker)
    if (session !== null && isLost(session)) session.isGone = true
  }

  /**
   * Those whose process is gone. Nobody, while more than half of the brokers in service are lost:
   * then it is rather this controller that is cut off, and only sessions count (S23).
   */
  gone(): readonly BrokerRequest[] {
    const inService = [...this.#sessions.values()].filter(isInService)
    const lost = inService.filter(isLost)
    if (2 * lost.length > inService.length) return []
    return lost.filter(({ isGone }) => isGone).map(keyOf)
  }

  /** Those in service that were silent for a whole session, the longest silent first. */
  stale(nowMs: number): readonly BrokerRequest[] {
    return [...this.#sessions.values()]
      .filter((session) => isInService(session) && this.#deadlineMs(session) <= nowMs)
      .sort((one, other) => one.contactMs - other.contactMs)
      .map(keyOf)
  }

  /** When somebody will be stale who is not heard before; null when nobody can be. */
  nextDeadlineMs(): number | null {
    const deadlines = [...this.#sessions.values()]
      .filter(isInService)
      .map((session) => this.#deadlineMs(session))
    return deadlines.length === 0 ? null : Math.min(...deadlines)
  }

  /** Every broker in service knows that this one is shutting down: nobody sends clients to it. */
  isShutdownKnown(broker: BrokerRequest): boolean {
    const session = this.#find(broker)
    const offset = session?.shutdownOffset ?? null
    if (offset === null) return false
    return [...this.#sessions.values()]
      .filter(({ registration }) => isActive(registration))
      .every(({ metadataOffset }) => metadataOffset >= offset)
  }

  #deadlineMs({ contactMs }: Session): number {
    return contactMs + this.#sessionTimeoutMs
  }

  /** The session of this process of the broker. */
  #find({ nodeId, brokerEpoch }: BrokerRequest): Session | null {
    const session = this.#sessions.get(nodeId)
    return session?.registration.brokerEpoch === brokerEpoch ? session : null
  }
}

function newSession(registration: BrokerRegistration, nowMs: number): Session {
  return {
    registration,
    contactMs: nowMs,
    metadataOffset: -1,
    shutdownOffset: null,
    line: null,
    isGone: false,
  }
}

const isInService = ({ registration }: Session) => !registration.fenced
const isLost = (session: Session) => isInService(session) && session.line === null

function keyOf({ registration: { nodeId, brokerEpoch } }: Session): BrokerRequest {
  return { nodeId, brokerEpoch }
}
