/**
 * How a gRPC service is declared: a method is a path, a kind and two codecs, made from the static
 * code that protobufjs generates from `proto/`. Both ends share the declaration: a server adds a
 * handler to it (`handlers.ts`), a client gives it to an `RpcChannel`. There is no reflection and
 * no proto file at run time.
 *
 *     const check = unary('grpc.health.v1.Health/Check', codec(v1.Request), codec(v1.Response))
 *     server.add([serveUnary(check, (request) => ({ status: statusOf(request.service) }))])
 *     await channel.unary(check, { service: '' }, { timeoutMs: 1_000 })
 */
import type protobuf from 'protobufjs/minimal.js'
import { CheckedReader } from '../metadata/codec.ts'

/** Bytes of a request at most, unless its method says otherwise. gRPC's own default. */
const REQUEST_BYTES_MAX = 4 * 1024 * 1024

export interface Codec<Message> {
  encode(message: Message): Uint8Array
  /** May throw anything when the bytes are not such a message. */
  decode(bytes: Uint8Array): Message
}

/** What both ends know of a method. */
export interface Declared<Kind extends string, Request, Response> {
  readonly kind: Kind
  /** `package.Service/Method`. */
  readonly path: string
  readonly request: Codec<Request>
  readonly response: Codec<Response>
  readonly requestBytesMax: number
}

export type Unary<Request, Response> = Declared<'unary', Request, Response>
export type ServerStream<Request, Response> = Declared<'server-stream', Request, Response>
export type Bidi<Request, Response> = Declared<'bidi', Request, Response>
export type Method<Request, Response> =
  Unary<Request, Response> | ServerStream<Request, Response> | Bidi<Request, Response>

/** The codec of a class that protobufjs generated. 64-bit fields come out as checked numbers. */
export function codec<Message>(type: {
  encode(message: NoInfer<Message>): protobuf.Writer
  decode(reader: protobuf.Reader): Message
}): Codec<Message> {
  return {
    encode: (message) => type.encode(message).finish(),
    decode: (bytes) => type.decode(new CheckedReader(bytes)),
  }
}

interface Bounds {
  readonly requestBytesMax?: number
}

const declare =
  <Kind extends string>(kind: Kind) =>
  <Request, Response>(
    path: string,
    request: Codec<Request>,
    response: Codec<Response>,
    { requestBytesMax = REQUEST_BYTES_MAX }: Bounds = {},
  ): Declared<Kind, Request, Response> => ({ kind, path, request, response, requestBytesMax })

/** One request, one response. */
export const unary = declare('unary')
/** One request, then responses for as long as both ends like. */
export const serverStream = declare('server-stream')
/** Both ends send when they like. */
export const bidi = declare('bidi')
