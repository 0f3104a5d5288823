/**
 * A broker's line to a node that may be the active controller: the same whether that is this node
 * or one behind a channel. A line that answered once is up; it ends once, and says why.
 */
import type { Clock } from '../base/clock.ts'
import { isLograftError, LograftError } from '../base/errors.ts'
import type { BeatAnswer, BrokerLine, BrokerLines } from '../controller/heartbeats.ts'
import type { RpcChannel } from './channel.ts'
import type { CommandLimits } from './command-call.ts'
import { connected, outcomeOf } from './command-call.ts'
import type { SentBeat } from './heartbeat-codec.ts'
import { heartbeats } from './heartbeat-codec.ts'
import { NotControllerError } from './not-controller.ts'
import { RpcError } from './status.ts'

export interface LineEvents {
  answered(answer: BeatAnswer): void
}

export interface Line {
  send(beat: SentBeat): void
  /** Resolves when it is of no use any more; never rejects. */
  readonly ended: Promise<LograftError>
  close(): void
}

/** To the controller of this node. Throws NOT_CONTROLLER. */
export function lineHere(lines: BrokerLines | null, first: SentBeat, events: LineEvents): Line {
  if (lines === null) throw new NotControllerError('this node is no controller', null)
  let end: (why: LograftError) => void = () => {}
  const ended = new Promise<LograftError>((resolve) => (end = resolve))
  const line: BrokerLine = lines.open((why) => end(asLograftError(why)))
  // Nobody dials it: when this process is gone, so is the controller.
  const send = (beat: SentBeat) => {
    try {
      events.answered(line.beat(beat, null))
    } catch (thrown) {
      line.broke()
      end(asLograftError(thrown))
    }
  }
  const close = () => {
    line.broke()
    end(CLOSED)
  }
  send(first)
  return { ended, send, close }
}

/** Resolves once the other end has answered; rejects with a LograftError. */
export async function lineThere(
  channel: RpcChannel,
  { connectTimeoutMs, timeoutMs, signal }: CommandLimits,
  { first, events, clock }: { first: SentBeat; events: LineEvents; clock: Clock },
): Promise<Line> {
  const cancelled = signal && { signal }
  await connected(channel, { timeoutMs: Math.min(connectTimeoutMs, timeoutMs), ...cancelled })
  const stream = channel.stream(heartbeats)
  const leave = (why: string) => stream.fail(new RpcError('CANCELLED', why))
  let up: (is: null) => void = () => {}
  let end: (why: LograftError) => void = () => {}
  const isUp = new Promise<null>((resolve) => (up = resolve))
  const ended = new Promise<LograftError>((resolve) => (end = resolve))
  stream.open({
    message(answer) {
      up(null)
      events.answered(answer)
    },
    ended: () => leave('it ended the stream'),
    closed: (error) => end(error === null ? CLOSED : outcomeOf(error)),
  })
  stream.write(first)
  const abort = () => leave('not asked any more')
  const timer = clock.timer(timeoutMs, () => leave(`no answer within ${timeoutMs} ms`))
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  const failure = await Promise.race([isUp, ended])
  timer.cancel()
  signal?.removeEventListener('abort', abort)
  if (failure !== null) throw failure
  return {
    ended,
    send: (beat) => void stream.write(beat),
    close: () => leave('this line is not needed any more'),
  }
}

const CLOSED = new LograftError('REQUEST_TIMED_OUT', 'the line is closed')

/** What hangs up, or refuses, is expected; anything else is a broken invariant. */
function asLograftError(thrown: unknown): LograftError {
  if (isLograftError(thrown)) return thrown
  throw thrown
}
