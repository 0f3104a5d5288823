/**
 * What stands before the dispatcher of a broker that was started with fault switches: it looks at
 * each request whether a switch hits it, and does to it what the switch says.
 */
import { delay } from '../../base/clock.ts'
import { Reader } from '../../bytes/reader.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { produce } from '../../wire/apis/00-produce.ts'
import { metadata } from '../../wire/apis/03-metadata.ts'
import { errorName } from '../../wire/errors.ts'
import { decodeRequestHeader } from '../../wire/header.ts'
import type { Outcome } from '../answer.ts'
import { ClosedByFault, Later } from '../answer.ts'
import type { Asker, Dispatcher, Instead } from '../dispatch.ts'
import type { FaultSwitches, Hit } from './fault-switches.ts'
import { refusalOf, refusedMetadata } from './refused-answers.ts'

type Dispatch = (frame: Uint8Array, asker: Asker) => Outcome

export function faultyDispatch(dispatcher: Dispatcher, switches: FaultSwitches): Dispatch {
  const asEver: Dispatch = (frame, asker) => dispatcher.dispatch(frame, asker)
  const delayed = async (frame: Uint8Array, asker: Asker, delayMs: number) => {
    // The frame is lent until this returns, so what waits is a copy.
    const copy = new Uint8Array(frame)
    await delay(switches.clock, delayMs, switches.closed)
    if (switches.closed.aborted) throw new ClosedByFault('a delayed request is not begun any more')
    return asEver(copy, asker)
  }
  return (frame, asker) => {
    const { api, clientId } = decodeRequestHeader(new Reader(frame))
    const hit = api === null ? null : switches.hit(api.name, clientId)
    switch (hit?.kind) {
      case undefined:
        return asEver(frame, asker)
      case 'fail':
        return dispatcher.dispatch(frame, asker, failing(hit))
      case 'delay':
        return delayed(frame, asker, hit.delayMs)
      case 'lose-answers':
        return withoutAnswer(asEver(frame, asker))
      case 'refuse-client':
        throw new ClosedByFault(`a fault switch refuses the client ${clientId}`)
    }
  }
}

/** The effect is had, and the answer is not: the connection ends in its place. */
function withoutAnswer(outcome: Outcome): Outcome {
  if (outcome instanceof Promise) return outcome.then((settled) => lose(settled))
  return lose(outcome)
}

function lose(outcome: Exclude<Outcome, Promise<unknown>>): Later<never> {
  const lost = (): never => {
    throw new ClosedByFault('a fault switch loses the answer')
  }
  if (outcome instanceof Later) return new Later(outcome.answer.then(lost))
  return lost()
}

function failing({ errorCode }: Hit): Instead {
  return (handler, request, services, call) => {
    const { api } = handler
    if (api.key === produce.key && (request as RequestOf<typeof produce>).acks === 0)
      throw new ClosedByFault(`a fault switch fails acks=0: ${errorName(errorCode)}`)
    if (api.key === metadata.key) {
      const creatingNothing = { ...(request as object), allowAutoTopicCreation: false }
      const answer = handler.handle(creatingNothing, services, call)
      return refusedMetadata(answer as ResponseOf<typeof metadata>, errorCode)
    }
    return refusalOf(api)(request, errorCode, call.apiVersion)
  }
}
