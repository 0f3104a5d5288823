/**
 * Keys and values of the coordinators' own topics: a version (int16), then the fields that this
 * version has, in the encoding of Kafka's messages. One schema holds all versions of a format, as
 * one holds all versions of an API.
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Codec } from '../wire/compile.ts'
import { compileStruct } from '../wire/compile.ts'
import type { DecodedStruct, EncodableStruct, Fields } from '../wire/schema.ts'
import { fieldShapes } from '../wire/schema.ts'

interface FormatDefinition<F extends Fields> {
  /** Kafka's name of it, e.g. `OffsetCommitValue`. */
  readonly name: string
  /** Lowest and highest version, both inclusive. */
  readonly versions: readonly [min: number, max: number]
  /** First version with compact types and tag sections; Infinity: none has them. */
  readonly flexibleFrom: number
  readonly fields: F
}

export interface RecordFormat<In, Out> {
  /** Throws a TypeError or RangeError for a value that does not fit: a bug of ours. */
  encode(version: number, value: In): Uint8Array
  /** Throws MalformedBytes, also for a version that is not known. Borrows from `bytes`. */
  decode(bytes: Uint8Array): Out
}

export function recordFormat<const F extends Fields>({
  name,
  versions: [min, max],
  flexibleFrom,
  fields,
}: FormatDefinition<F>): RecordFormat<EncodableStruct<F>, DecodedStruct<F>> {
  const shapes = fieldShapes(fields)
  const codecs: Codec<unknown>[] = []
  for (let version = min; version <= max; version += 1)
    codecs.push(compileStruct(shapes, { version, flexible: version >= flexibleFrom }))
  return {
    encode(version, value) {
      const codec = codecs[version - min]
      if (codec === undefined) throw new RangeError(`${name} has no version ${version}`)
      const writer = new Writer()
      writer.int16(version)
      codec.encode(writer, value)
      return writer.finish()
    },
    decode(bytes) {
      const reader = new Reader(bytes)
      const version = reader.int16()
      const codec = codecs[version - min]
      if (codec === undefined) throw new MalformedBytes(`${name} has no version ${version}`)
      const value = codec.decode(reader)
      if (reader.remaining > 0)
        throw new MalformedBytes(`${name} v${version}: ${reader.remaining} bytes left over`)
      // The schema that typed this format is the one that was just decoded.
      return value as DecodedStruct<F>
    },
  }
}

/** The version that begins every key; what the key is about depends on it. */
export function keyVersion(key: Uint8Array): number {
  return new Reader(key).int16()
}
