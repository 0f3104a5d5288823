/**
 * Request and response headers. Which of their versions is used follows from key and version of
 * the message alone. Two exceptions that every client relies on: in request header v2 the client id
 * keeps its old two-byte length, and an ApiVersions response has header v0 at every version, since
 * it is read before the two sides have agreed on anything (KIP-482, KIP-511).
 */
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'
import type { Api } from './api.ts'
import { apiVersions } from './apis/18-api-versions.ts'
import { compileShape, compileStruct } from './compile.ts'
import { apisByKey } from './registry.ts'
import { nullable, string } from './schema.ts'

/** The header of a request, and what it says about the body behind it. */
export interface RequestHeader {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  /** Null also where the rest of the header could not be read, see `api`. */
  readonly clientId: string | null
  /**
   * The API, if the codec knows key and version: the reader then stands at the body. Null
   * otherwise: nothing behind the correlation id has been read, for its layout is not known.
   */
  readonly api: Api | null
}

/** Tags in a header. Nobody defines any yet, so this only bounds what a hostile one may hold. */
const HEADER_TAGS_MAX = 100

const NOT_FLEXIBLE = { version: 1, flexible: false }
const FLEXIBLE = { version: 2, flexible: true }
const oldString = compileShape(nullable(string).shape, NOT_FLEXIBLE)
const tagSection = compileStruct([], FLEXIBLE)

/** Reads a request header. Throws MalformedBytes and nothing else. */
export function decodeRequestHeader(reader: Reader): RequestHeader {
  const apiKey = reader.int16()
  const apiVersion = reader.int16()
  const correlationId = reader.int32()
  const api = apisByKey.get(apiKey)
  if (api === undefined || !api.supports(apiVersion))
    return { apiKey, apiVersion, correlationId, clientId: null, api: null }
  // Typed by `nullable(string)` above.
  const clientId = oldString.decode(reader) as string | null
  if (api.isFlexible(apiVersion)) decodeTagSection(reader)
  return { apiKey, apiVersion, correlationId, clientId, api }
}

/** Writes the header of a request of `api` in `version`, which the codec must support. */
export function encodeRequestHeader(
  api: Api,
  version: number,
  { correlationId, clientId }: { correlationId: number; clientId: string | null },
  writer: Writer,
): void {
  writer.int16(api.key)
  writer.int16(version)
  writer.int32(correlationId)
  oldString.encode(writer, clientId)
  if (api.isFlexible(version)) tagSection.encode(writer, {})
}

/** Writes the header of a response. */
export function encodeResponseHeader(
  api: Api,
  version: number,
  correlationId: number,
  writer: Writer,
): void {
  writer.int32(correlationId)
  if (hasResponseTags(api, version)) tagSection.encode(writer, {})
}

/**
 * Reads the header of a response to a request of `api` in `version`; returns its correlation id.
 */
export function decodeResponseHeader(api: Api, version: number, reader: Reader): number {
  const correlationId = reader.int32()
  if (hasResponseTags(api, version)) decodeTagSection(reader)
  return correlationId
}

/** Response header v1 or v0. */
function hasResponseTags(api: Api, version: number): boolean {
  return api.isFlexible(version) && api.key !== apiVersions.key
}

/** Tags of a header are skipped: there is no message they could be written back into. */
function decodeTagSection(reader: Reader): void {
  reader.elementsLeft = HEADER_TAGS_MAX
  tagSection.decode(reader)
}
