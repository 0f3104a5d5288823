/**
 * `defineApi`: one API key with the schemas of its request and response in all versions. The codec
 * of a version is compiled when first used. What a broker *serves* is not decided here: `versions`
 * is what the codec can read and write, handlers declare what is advertised.
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'
import type { Codec } from './compile.ts'
import { compileStruct } from './compile.ts'
import type { DecodedStruct, EncodableStruct, Fields, FieldShape } from './schema.ts'
import { fieldShapes } from './schema.ts'

/** What a schema file says about its key. */
export interface ApiDefinition<Request extends Fields, Response extends Fields> {
  /** Kafka's API key. */
  readonly key: number
  /** Kafka's name of it, e.g. `ListOffsets`. */
  readonly name: string
  /** Lowest and highest version of the schemas, both inclusive. */
  readonly versions: readonly [min: number, max: number]
  /** First version with compact types and tag sections (KIP-482); Infinity: none has them. */
  readonly flexibleFrom: number
  readonly request: Request
  readonly response: Response
  /**
   * So many bytes behind a request are ignored, for clients that really send them. Kafka ignores
   * any number, behind every request.
   */
  readonly bytesBehindRequestMax?: number
}

/**
 * An API as the rest of the program sees it. Decoding throws `MalformedBytes` and nothing else,
 * also for more bytes behind the message than are tolerated; what it returns borrows from the
 * reader's source. Encoding throws a TypeError or RangeError for a value that does not fit its
 * field: that is a bug of ours.
 */
export interface Api<
  RequestIn = unknown,
  RequestOut = unknown,
  ResponseIn = unknown,
  ResponseOut = unknown,
> {
  readonly key: number
  readonly name: string
  readonly versions: readonly [min: number, max: number]
  readonly flexibleFrom: number
  /** How many bytes behind a request are ignored; 0 wherever the schema does not say otherwise. */
  readonly bytesBehindRequestMax: number
  /** Whether the codec knows this version. The methods below throw a RangeError if it does not. */
  supports(version: number): boolean
  isFlexible(version: number): boolean
  decodeRequest(version: number, reader: Reader): RequestOut
  encodeRequest(version: number, value: RequestIn, writer: Writer): void
  decodeResponse(version: number, reader: Reader): ResponseOut
  encodeResponse(version: number, value: ResponseIn, writer: Writer): void
  /** The schemas as data, for documentation and tests. */
  readonly requestFields: readonly FieldShape[]
  readonly responseFields: readonly FieldShape[]
}

/** A request as a handler gets it: every field present, the absent ones as their defaults. */
export type RequestOf<A extends Api> = ReturnType<A['decodeRequest']>

/** A response as a handler gives it: fields with a default may be left out. */
export type ResponseOf<A extends Api> = Parameters<A['encodeResponse']>[1]

/** A request as a client gives it: fields with a default may be left out. */
export type OutgoingRequest<A extends Api> = Parameters<A['encodeRequest']>[1]

/** A response as a client gets it: every field present. */
export type IncomingResponse<A extends Api> = ReturnType<A['decodeResponse']>

/**
 * How many array elements one message may hold in all, nested ones and unknown tags included. Small
 * elements weigh many times more in memory than on the wire, so the size of a frame alone bounds
 * too little: this keeps a hostile request to some tens of megabytes. A follower fetching all of a
 * broker's partitions stays far below. Responses come from brokers we chose to ask.
 */
export const REQUEST_ELEMENTS_MAX = 250_000
const RESPONSE_ELEMENTS_MAX = 16_000_000

/** Defines an API key; the one function every file in `apis/` calls. */
export function defineApi<const Request extends Fields, const Response extends Fields>(
  definition: ApiDefinition<Request, Response>,
): Api<
  EncodableStruct<Request>,
  DecodedStruct<Request>,
  EncodableStruct<Response>,
  DecodedStruct<Response>
> {
  const { key, name, versions, flexibleFrom, bytesBehindRequestMax = 0 } = definition
  const [min, max] = versions
  const requestFields = fieldShapes(definition.request)
  const responseFields = fieldShapes(definition.response)

  const supports = (version: number): boolean => version >= min && version <= max
  const isFlexible = (version: number): boolean => version >= flexibleFrom

  const versioned = <In, Out>(fields: readonly FieldShape[], kind: MessageKind) =>
    messageCodec<In, Out>({ name, supports, isFlexible }, fields, kind)

  const request = versioned<EncodableStruct<Request>, DecodedStruct<Request>>(requestFields, {
    what: 'request',
    elementsMax: REQUEST_ELEMENTS_MAX,
    bytesBehindMax: bytesBehindRequestMax,
  })
  const response = versioned<EncodableStruct<Response>, DecodedStruct<Response>>(responseFields, {
    what: 'response',
    elementsMax: RESPONSE_ELEMENTS_MAX,
    bytesBehindMax: 0,
  })
  return {
    key,
    name,
    versions,
    flexibleFrom,
    bytesBehindRequestMax,
    supports,
    isFlexible,
    decodeRequest: request.decode,
    encodeRequest: request.encode,
    decodeResponse: response.decode,
    encodeResponse: response.encode,
    requestFields,
    responseFields,
  }
}

interface MessageKind {
  readonly what: 'request' | 'response'
  readonly elementsMax: number
  readonly bytesBehindMax: number
}

interface MessageCodec<In, Out> {
  decode: (version: number, reader: Reader) => Out
  encode: (version: number, value: In, writer: Writer) => void
}

/** One direction of an API: its versions are compiled when they are first asked for. */
function messageCodec<In, Out>(
  { name, supports, isFlexible }: Pick<Api, 'name' | 'supports' | 'isFlexible'>,
  fields: readonly FieldShape[],
  { what, elementsMax, bytesBehindMax }: MessageKind,
): MessageCodec<In, Out> {
  const codecs = new Map<number, Codec<unknown>>()
  const codecOf = (version: number): Codec<unknown> => {
    const known = codecs.get(version)
    if (known !== undefined) return known
    if (!supports(version)) throw new RangeError(`${name} has no version ${version}`)
    const codec = compileStruct(fields, { version, flexible: isFlexible(version) })
    codecs.set(version, codec)
    return codec
  }
  return {
    decode(version, reader) {
      const codec = codecOf(version)
      reader.elementsLeft = elementsMax
      try {
        const value = codec.decode(reader)
        if (reader.remaining > bytesBehindMax)
          throw new MalformedBytes(`${reader.remaining} bytes left over`)
        // The schema that typed this API is the one that was just decoded.
        return value as Out
      } catch (error) {
        throw inContext(error, `${name} v${version} ${what}`)
      }
    },
    encode(version, value, writer) {
      try {
        codecOf(version).encode(writer, value)
      } catch (error) {
        throw inContext(error, `${name} v${version} ${what}`)
      }
    },
  }
}

/** Says which message it was, keeping the error and its stack. */
function inContext(error: unknown, context: string): unknown {
  if (error instanceof Error) error.message = `${context}: ${error.message}`
  return error
}
