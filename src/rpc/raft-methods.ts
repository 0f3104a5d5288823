/**
 * The Raft service (`proto/lograft/raft/v1/raft.proto`), declared for both ends, with messages as
 * the rest of `rpc/` knows them: what was checked on the way in needs no second look.
 */
import { uuidToBytes } from '../bytes/uuid.ts'
import { CheckedReader } from '../metadata/codec.ts'
import type { Introduction } from '../quorum/ports.ts'
import { replicaIdOf, replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import { decodeFrame } from './raft-decode.ts'
import type { Unaddressed } from './raft-encode.ts'
import { encodeFrame } from './raft-encode.ts'
import type { Hello } from './raft-hello.ts'
import { decodeHello, encodeHello } from './raft-hello.ts'
import type { lograft } from './raft-wire.ts'
import {
  decodeClusterId,
  decodeReplica,
  decodeReplicas,
  encodeReplica,
  encodeReplicas,
  must,
  uuidOf,
  viewOf,
  wire,
} from './raft-wire.ts'
import type { Codec } from './service.ts'
import { bidi, codec, unary } from './service.ts'

/** Bytes of a frame at most: an entry of 8 MiB and what may surround it. */
export const FRAME_BYTES_MAX = 12 * 1024 * 1024

/** Bytes of one part of a snapshot at most. */
export const PART_BYTES_MAX = 1024 * 1024

// --- Exchange

export type ToExchange =
  | { readonly kind: 'hello'; readonly hello: Hello }
  | { readonly kind: 'messages'; readonly messages: readonly Unaddressed[] }

const exchangeRequest: Codec<ToExchange> = {
  encode: (frame) =>
    wire.ExchangeRequest.encode(
      frame.kind === 'hello'
        ? { hello: encodeHello(frame.hello) }
        : { messages: encodeFrame(frame.messages) },
    ).finish(),
  decode: (bytes) => {
    const { hello, messages } = wire.ExchangeRequest.decode(new CheckedReader(bytes))
    must((hello === null) !== (messages === null), 'a frame is a hello or messages')
    if (messages) return { kind: 'messages', messages: decodeFrame(messages) }
    return { kind: 'hello', hello: decodeHello(hello) }
  },
}

export const exchange = bidi(
  'lograft.raft.v1.Raft/Exchange',
  exchangeRequest,
  codec(wire.ExchangeResponse),
  { requestBytesMax: FRAME_BYTES_MAX },
)

// --- SendSnapshot

export type ToSnapshotReceiver =
  | {
      readonly kind: 'header'
      readonly hello: Hello
      readonly endOffset: number
      readonly epoch: number
      readonly sizeBytes: number
    }
  | {
      readonly kind: 'part'
      readonly offset: number
      readonly crc32c: number
      readonly bytes: Uint8Array
    }

export type FromSnapshotReceiver =
  { readonly kind: 'begin'; readonly at: number } | { readonly kind: 'taken' }

const snapshotRequest: Codec<ToSnapshotReceiver> = {
  encode: (frame) =>
    wire.SendSnapshotRequest.encode(
      frame.kind === 'part'
        ? { part: frame }
        : { header: { ...frame, hello: encodeHello(frame.hello) } },
    ).finish(),
  decode: (bytes) => {
    const { header, part } = wire.SendSnapshotRequest.decode(new CheckedReader(bytes))
    must((header === null) !== (part === null), 'a frame is a header or a part')
    if (part) {
      const { offset, crc32c } = part
      must(part.bytes.byteLength <= PART_BYTES_MAX, `a part has at most ${PART_BYTES_MAX} bytes`)
      return { kind: 'part', offset, crc32c, bytes: viewOf(part.bytes) }
    }
    must(header !== null, 'a header is there')
    const { endOffset, epoch, sizeBytes } = header
    return { kind: 'header', hello: decodeHello(header.hello), endOffset, epoch, sizeBytes }
  },
}

const snapshotResponse: Codec<FromSnapshotReceiver> = {
  encode: (frame) =>
    wire.SendSnapshotResponse.encode(
      frame.kind === 'begin' ? { beginAt: frame.at } : { taken: {} },
    ).finish(),
  decode: (bytes) => {
    const { beginAt, taken } = wire.SendSnapshotResponse.decode(new CheckedReader(bytes))
    if (taken) return { kind: 'taken' }
    must(beginAt !== null, 'a receiver says where to begin')
    return { kind: 'begin', at: beginAt }
  },
}

export const sendSnapshot = bidi(
  'lograft.raft.v1.Raft/SendSnapshot',
  snapshotRequest,
  snapshotResponse,
)

// --- Introduce

export interface Introducing {
  readonly introduction: Introduction
  readonly proposed: readonly ReplicaKey[] | null
}

const introduceRequest: Codec<Introducing> = {
  encode: ({ introduction, proposed }) =>
    wire.IntroduceRequest.encode({
      introduction: encodeIntroduction(introduction),
      ...(proposed && { proposed: { replicas: encodeReplicas(proposed) } }),
    }).finish(),
  decode: (bytes) => {
    const { introduction, proposed } = wire.IntroduceRequest.decode(new CheckedReader(bytes))
    return {
      introduction: decodeIntroduction(introduction),
      proposed: decodeOptional(proposed),
    }
  },
}

const introduceResponse: Codec<Introduction> = {
  encode: (introduction) =>
    wire.IntroduceResponse.encode({ introduction: encodeIntroduction(introduction) }).finish(),
  decode: (bytes) =>
    decodeIntroduction(wire.IntroduceResponse.decode(new CheckedReader(bytes)).introduction),
}

export const introduce = unary(
  'lograft.raft.v1.Raft/Introduce',
  introduceRequest,
  introduceResponse,
)

function encodeIntroduction(introduction: Introduction): lograft.raft.v1.IIntroduction {
  const { replica, incarnationId, clusterId, founders, founded } = introduction
  return {
    replica: encodeReplica(replicaIdOf(replica)),
    incarnationId: uuidToBytes(incarnationId),
    clusterId,
    ...(founders && { founders: { replicas: encodeReplicas(founders) } }),
    founded,
  }
}

function decodeIntroduction(introduction: lograft.raft.v1.Introduction | null): Introduction {
  must(introduction !== null, 'an introduction is there')
  const { incarnationId, clusterId, founders, founded } = introduction
  return {
    replica: replicaKey(decodeReplica(introduction.replica)),
    incarnationId: uuidOf(incarnationId),
    clusterId: clusterId === null ? null : decodeClusterId(clusterId),
    founders: decodeOptional(founders),
    founded,
  }
}

function decodeOptional(replicas: lograft.raft.v1.Replicas | null): readonly ReplicaKey[] | null {
  return replicas && decodeReplicas(replicas.replicas)
}
