/**
 * Serves heartbeats: one stream is one line of `controller/broker-liveness.ts`, which decides
 * everything. What this file adds is where the broker's process can be dialled, as the connection
 * shows it (SAFETY S23), and who leads when this node does not.
 */
import { isLograftError } from '../base/errors.ts'
import type { BrokerLines, BrokerPlace } from '../controller/heartbeats.ts'
import type { Leadership } from '../quorum/ports.ts'
import type { Served } from './handlers.ts'
import { serveBidi } from './handlers.ts'
import { heartbeats, type SentBeat } from './heartbeat-codec.ts'
import { withLeader } from './not-controller.ts'
import { addressOf, listenerBehind } from './peer-address.ts'
import { asRpcError, RpcError } from './status.ts'

export function heartbeatService(lines: BrokerLines, leadership: () => Leadership): Served {
  /** Rethrows what is no refusal. */
  const asRefusal = (thrown: unknown): RpcError => {
    const told = withLeader(thrown, leadership())
    if (!isLograftError(told)) throw told
    return asRpcError(told)
  }
  return serveBidi(heartbeats, (stream) => {
    const peer = addressOf(stream.peer)
    const open = () => {
      try {
        return lines.open((why) => stream.fail(asRefusal(why)))
      } catch (thrown) {
        throw asRefusal(thrown)
      }
    }
    const line = open()
    stream.open({
      message(beat) {
        try {
          const isTaken = stream.write(line.beat(beat, placeBehind(peer, beat)))
          if (!isTaken) stream.fail(new RpcError('RESOURCE_EXHAUSTED', 'answers are not read'))
        } catch (thrown) {
          stream.fail(asRefusal(thrown))
        }
      },
      ended: () => stream.end(),
      closed: () => line.broke(),
    })
  })
}

function placeBehind(
  peer: Parameters<typeof listenerBehind>[0],
  { listeners }: SentBeat,
): BrokerPlace | null {
  const kafka = listenerBehind(peer, listeners.kafka)
  const grpc = listenerBehind(peer, listeners.grpc)
  return kafka && grpc && { kafka, grpc }
}
