/**
 * Whole messages: size, header and body, ready for a socket. The pieces returned are to be written
 * in order, in one go; record batches among them are the caller's own bytes, not copies.
 */
import { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api, IncomingResponse, OutgoingRequest, ResponseOf } from './api.ts'
import { FRAME_SIZE_BYTES } from './frame.ts'
import { decodeResponseHeader, encodeRequestHeader, encodeResponseHeader } from './header.ts'

/** A request as a client sends it. */
export function requestFrame<A extends Api>(
  api: A,
  version: number,
  header: { readonly correlationId: number; readonly clientId: string | null },
  request: OutgoingRequest<A>,
): Uint8Array[] {
  return framed((writer) => {
    encodeRequestHeader(api, version, header, writer)
    api.encodeRequest(version, request, writer)
  })
}

/** A response as a broker sends it. */
export function responseFrame<A extends Api>(
  api: A,
  version: number,
  correlationId: number,
  response: ResponseOf<A>,
): Uint8Array[] {
  return framed((writer) => {
    encodeResponseHeader(api, version, correlationId, writer)
    api.encodeResponse(version, response, writer)
  })
}

/**
 * What a client finds in a frame (without its size) that answers a request of `api` in `version`.
 * Throws MalformedBytes. The response borrows from the frame.
 */
export function readResponse<A extends Api>(
  api: A,
  version: number,
  frame: Uint8Array,
): { readonly correlationId: number; readonly response: IncomingResponse<A> } {
  const reader = new Reader(frame)
  const correlationId = decodeResponseHeader(api, version, reader)
  // The compiler does not see through `A`; its own method returns exactly this.
  const response = api.decodeResponse(version, reader) as IncomingResponse<A>
  return { correlationId, response }
}

function framed(write: (writer: Writer) => void): Uint8Array[] {
  const writer = new Writer()
  writer.int32(0)
  write(writer)
  writer.patchInt32(0, writer.offset - FRAME_SIZE_BYTES)
  return writer.finishChunks()
}
