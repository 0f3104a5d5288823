/**
 * What only single brokers know is asked of them over Kafka's protocol, within the limits of the
 * one for whom it is asked, and not for longer than an answer from memory may take. Failures become
 * Kafka's names: whoever asks us does not know our client.
 */
import type { Clock } from '../../base/clock.ts'
import { LograftError } from '../../base/errors.ts'
import { BrokerError, ClientError } from '../../client/errors.ts'
import type { CallOptions } from '../leader-calls.ts'

/** Brokers answer questions from memory; one that does not is as good as gone. */
const ASK_MS = 10_000
/** Of what is left to the caller, a tenth is for the answer. */
const SHARE = 0.9

/** For trying something again; within what is left to the caller. */
export function timeToAsk(clock: Clock, { deadlineMs = Infinity }: CallOptions): number {
  return Math.max(0, Math.min(ASK_MS, SHARE * (deadlineMs - clock.wallMs())))
}

/**
 * The answer; BROKER_NOT_AVAILABLE when there is none in time, or whoever asked has left. What was
 * asked may still be answered, to nobody.
 */
export async function askBroker<Answer>(
  clock: Clock,
  limits: CallOptions,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  let settle: () => void = () => {}
  const over = new Promise<never>((_, reject) => {
    settle = () => reject(new LograftError('BROKER_NOT_AVAILABLE', 'no answer in time'))
  })
  const timer = clock.timer(timeToAsk(clock, limits), () => settle())
  const { signal } = limits
  signal?.addEventListener('abort', settle, { once: true })
  try {
    return await Promise.race([ask(), over])
  } catch (thrown) {
    throw inKafkasWords(thrown)
  } finally {
    timer.cancel()
    signal?.removeEventListener('abort', settle)
  }
}

function inKafkasWords(thrown: unknown): unknown {
  if (thrown instanceof BrokerError && /^-?\d+$/.test(thrown.code))
    return new LograftError('UNKNOWN_SERVER_ERROR', thrown.message, { cause: thrown })
  if (!(thrown instanceof ClientError)) return thrown
  return new LograftError('BROKER_NOT_AVAILABLE', thrown.message, { cause: thrown })
}
