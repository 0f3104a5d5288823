/**
 * From a frame to an answer: header, handler, body, response. Version negotiation is decided here:
 * what cannot be parsed cannot be answered either, so the connection is closed, as Kafka does. Only
 * ApiVersions is answered at any version, so that a newer client can learn what to speak (KIP-511).
 */
import type { Span, Work } from '../base/tracing.ts'
import { Reader } from '../bytes/reader.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { RequestHeader } from '../wire/header.ts'
import { decodeRequestHeader } from '../wire/header.ts'
import { responseFrame } from '../wire/message.ts'
import { apiVersions } from '../wire/apis/18-api-versions.ts'
import type { Answer, Outcome, Reply } from './answer.ts'
import { CloseConnection, Later } from './answer.ts'
import type { Call, Handler, Services } from './handler.ts'
import { ApiReadings } from './request-readings.ts'

/** The connection that a request came on. */
export type Asker = Pick<Call, 'peer' | 'whenLeaving' | 'whenHurried' | 'producerGaps'>

/** Answers a request in place of its handler. */
export type Instead = (
  handler: Handler,
  request: unknown,
  services: Services,
  call: Call,
) => Reply<unknown>

/** A request on its way to its answer. */
interface Asked {
  readonly handler: Handler
  readonly header: RequestHeader
  readonly readings: ApiReadings
  readonly beganMs: number
  /** Null while nobody traces. */
  readonly span: Span | null
}

export class Dispatcher {
  readonly #served = new Map<
    number,
    { readonly handler: Handler; readonly readings: ApiReadings }
  >()
  readonly #services: Services

  constructor(handlers: readonly Handler[], services: Services) {
    for (const handler of handlers)
      this.#served.set(handler.api.key, { handler, readings: new ApiReadings(handler) })
    this.#services = services
  }

  /** Of every API that is served. */
  *readings(): Iterable<ApiReadings> {
    for (const { readings } of this.#served.values()) yield readings
  }

  /** Throws CloseConnection or MalformedBytes for what has no answer. */
  dispatch(frame: Uint8Array, asker: Asker, instead: Instead | null = null): Outcome {
    const beganMs = this.#services.clock.monotonicMs()
    const reader = new Reader(frame)
    const header = decodeRequestHeader(reader)
    const { apiKey, apiVersion, clientId } = header
    const served = this.#served.get(apiKey)
    if (!served) throw new CloseConnection(`API key ${apiKey} is not served`)
    const { handler, readings } = served
    const [min, max] = handler.versions
    if (apiVersion < min || apiVersion > max) {
      if (apiKey === apiVersions.key) return refuseVersion(handler, header)
      throw new CloseConnection(
        `${handler.api.name} version ${apiVersion} is not served (${min} to ${max} are)`,
      )
    }
    const request = handler.api.decodeRequest(apiVersion, reader)
    readings.asked(apiVersion)
    const { peer, producerGaps } = asker
    const whenLeaving: Call['whenLeaving'] = (action) => asker.whenLeaving(action)
    const whenHurried: Call['whenHurried'] = (action) => asker.whenHurried(action)
    const call: Call = { apiVersion, clientId, peer, whenLeaving, whenHurried, producerGaps }
    const { tracer } = this.#services
    const span = tracer.isOn ? tracer.begin(workOf(handler, call)) : null
    const asked = { handler, header, readings, beganMs, span }
    const handle = () =>
      instead === null
        ? handler.handle(request, this.#services, call)
        : instead(handler, request, this.#services, call)
    const reply = span === null ? handle() : within(span, handle)
    return reply instanceof Promise
      ? reply.then((now) => this.#settle(asked, now))
      : this.#settle(asked, reply)
  }

  #settle(asked: Asked, now: unknown): Answer | Later<Answer> {
    return now instanceof Later
      ? new Later(now.answer.then((response) => this.#answer(asked, response)))
      : this.#answer(asked, now)
  }

  #answer({ handler, header, readings, beganMs, span }: Asked, response: unknown): Answer {
    const answer = encodeAnswer(handler, header, response)
    const tookMs = this.#services.clock.monotonicMs() - beganMs
    const code = readings.answered(response, tookMs)
    span?.end(code === errors.NONE ? null : errorName(code))
    return answer
  }
}

function workOf({ api }: Handler, { apiVersion, clientId, peer }: Call): Work {
  return {
    name: api.name,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.client.id': clientId ?? '',
      'network.peer.address': peer,
      'lograft.api.version': apiVersion,
    },
  }
}

/** What has no answer ends its work all the same. */
function within(span: Span, handle: () => Reply<unknown>): Reply<unknown> {
  const failed = () => span.end('CONNECTION_CLOSED')
  try {
    const reply = span.within(handle)
    if (reply instanceof Promise) reply.catch(failed)
    return reply
  } catch (thrown) {
    failed()
    throw thrown
  }
}

/** Version 0 of the response, naming only the versions of ApiVersions itself. */
function refuseVersion(handler: Handler, header: RequestHeader): Answer {
  const [minVersion, maxVersion] = handler.advertised
  return encodeAnswer(
    handler,
    { ...header, apiVersion: 0 },
    {
      errorCode: errors.UNSUPPORTED_VERSION,
      apiKeys: [{ apiKey: apiVersions.key, minVersion, maxVersion }],
    },
  )
}

/** Null for null: silence. */
function encodeAnswer({ api }: Handler, header: RequestHeader, response: unknown): Answer {
  if (response === null) return null
  const { apiVersion, correlationId } = header
  return responseFrame(api, apiVersion, correlationId, response)
}
