/**
 * The stream between a broker and the active controller, in our own types
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import { uuidToBytes } from '../bytes/uuid.ts'
import type { HostPort } from '../config/addresses.ts'
import type { Beat, BeatAnswer, BrokerPlace } from '../controller/heartbeats.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { domainCodec, nodeIdOf, portOf, present, uuidOf } from './domain-codec.ts'
import type { Codec } from './service.ts'
import { bidi } from './service.ts'

const wire = lograft.controller.v1

export interface SentBeat extends Beat {
  /** Where its process listens, with the hosts that it was configured to bind. */
  readonly listeners: BrokerPlace
}

const heartbeat: Codec<SentBeat> = domainCodec(
  wire.Heartbeat,
  ({ incarnationId, listeners, ...beat }: SentBeat) => ({
    ...beat,
    incarnationId: uuidToBytes(incarnationId),
    kafkaListener: listeners.kafka,
    grpcListener: listeners.grpc,
  }),
  ({ nodeId, brokerEpoch, incarnationId, metadataOffset, wantsShutdown, ...listeners }) => ({
    nodeId: nodeIdOf(nodeId),
    brokerEpoch,
    incarnationId: uuidOf(incarnationId),
    metadataOffset,
    wantsShutdown,
    listeners: {
      kafka: listenerFromWire(listeners.kafkaListener),
      grpc: listenerFromWire(listeners.grpcListener),
    },
  }),
)

function listenerFromWire(listener: lograft.controller.v1.Listener | null): HostPort {
  const { host, port } = present(listener, 'a listener')
  return { host, port: portOf(port) }
}

const reply: Codec<BeatAnswer> = domainCodec(
  wire.HeartbeatReply,
  (answer: BeatAnswer) => answer,
  (answer) => ({
    fenced: answer.fenced,
    caughtUp: answer.caughtUp,
    shouldShutDown: answer.shouldShutDown,
    mustBeginShutdown: answer.mustBeginShutdown,
    committedOffset: answer.committedOffset,
    controllerEpoch: answer.controllerEpoch,
  }),
)

export const heartbeats = bidi('lograft.controller.v1.Controller/Heartbeats', heartbeat, reply, {
  requestBytesMax: 4 * 1024,
})
