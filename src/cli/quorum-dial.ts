/**
 * The first of the given places where a node answers over gRPC. What listens nowhere, and what
 * listens and is something else, are told apart: the ports of one node are easily confused.
 */
import { asError } from '../base/errors.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import { hostClock } from '../host/clock.ts'
import { hostNet } from '../host/net.ts'
import { RpcChannel } from '../rpc/channel.ts'
import { RpcError } from '../rpc/status.ts'
import { NothingAnswers } from './explain-quorum.ts'

/** A node that answers does so in less. */
const DIAL_MS = 5_000

/** A command may wait long for its answer; a connection that died is noticed nevertheless. */
const KEEPALIVE = { timeMs: 5_000, timeoutMs: 5_000 }

/** Throws NothingAnswers, which says of each place what is wrong there. */
export async function dialFirst(
  places: readonly HostPort[],
  timeoutMs: number,
): Promise<RpcChannel> {
  const faults: string[] = []
  for (const place of places) {
    const channel = channelTo(place)
    try {
      await channel.ready({ timeoutMs: Math.min(DIAL_MS, timeoutMs) })
      return channel
    } catch (thrown) {
      channel.close()
      if (!(thrown instanceof RpcError)) throw thrown
      faults.push(await whatIsAt(place))
    }
  }
  throw new NothingAnswers(faults)
}

function channelTo(to: HostPort): RpcChannel {
  return new RpcChannel({
    to,
    ends: { from: 'lograft', to: formatHostPort(to) },
    clock: hostClock,
    keepalive: KEEPALIVE,
    fatal: (error) => {
      throw error
    },
  })
}

/** What is wrong at a place where no node answers. */
async function whatIsAt(place: HostPort): Promise<string> {
  const where = formatHostPort(place)
  const abort = new AbortController()
  const timer = hostClock.timer(DIAL_MS, () => abort.abort())
  try {
    const stream = await hostNet.connect(place, abort.signal)
    stream.destroy()
    return `something listens on ${where}, but is no node's grpc.listener (its Kafka port, perhaps)`
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ECONNREFUSED') return `nothing listens on ${where}`
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      return `${place.host} is a name without an address`
    return `${where} cannot be reached (${code ?? asError(thrown).message})`
  } finally {
    timer.cancel()
  }
}
