/**
 * A span for each call that this node answers, as part of the work of whoever calls: the handlers
 * of `handlers.ts`, as grpc-js calls them, with that around them. Without a tracer they are called
 * as they are.
 */
import type * as grpc from '@grpc/grpc-js'
import { Metadata, status } from '@grpc/grpc-js'
import type { Carrier, Tracer } from '../base/tracing.ts'
import type { Served } from './handlers.ts'

/** Of whoever sends more, only the first are looked at. */
const HEADERS_MAX = 32

export function traced(
  { kind, path }: Served['method'],
  handler: grpc.UntypedHandleCall,
  tracer: Tracer,
): grpc.UntypedHandleCall {
  const [service = '', method = ''] = path.split('/')
  const attributes = { 'rpc.system': 'grpc', 'rpc.service': service, 'rpc.method': method }
  const begin = (metadata: Metadata) =>
    tracer.isOn ? tracer.begin({ name: path, attributes, carrier: carrierOf(metadata) }) : null

  if (kind === 'unary') {
    const unary = handler as grpc.handleUnaryCall<Buffer, Buffer>
    const around: grpc.handleUnaryCall<Buffer, Buffer> = (call, respond) => {
      const span = begin(call.metadata)
      if (span === null) return unary(call, respond)
      const answer: typeof respond = (error, ...rest) => {
        span.end(error ? codeName(error.code) : null)
        respond(error, ...rest)
      }
      span.within(() => unary(call, answer))
    }
    return around
  }
  const stream = handler as grpc.handleBidiStreamingCall<Buffer, Buffer>
  return (call: grpc.ServerDuplexStream<Buffer, Buffer>) => {
    const span = begin(call.metadata)
    if (span === null) return stream(call)
    let hasEnded = false
    const end = (failure: string | null) => {
      if (!hasEnded) span.end(failure)
      hasEnded = true
    }
    call
      .once('error', ({ code }: { code?: number }) => end(codeName(code)))
      .once('cancelled', () => end('CANCELLED'))
      .once('finish', () => end(null))
    span.within(() => stream(call))
  }
}

/** Metadata with what is to go along. */
export function outgoingMetadata(tracer: Tracer): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(tracer.outgoing() ?? {})) metadata.set(name, value)
  return metadata
}

function carrierOf(metadata: Metadata): Carrier {
  const pairs = Object.entries(metadata.getMap()).slice(0, HEADERS_MAX)
  return Object.fromEntries(pairs.filter(([, value]) => typeof value === 'string')) as Carrier
}

const codeName = (code: number | undefined) => status[code ?? status.UNKNOWN] ?? 'UNKNOWN'
