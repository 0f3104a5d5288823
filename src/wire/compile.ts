/**
 * Schema × version → a codec: closures that read or write exactly the fields of that version, with
 * nothing decided per message that the version has decided already. This is the broker's hot path.
 * Decoding throws `MalformedBytes` only, allocates nothing by a count it has not checked against
 * the bytes that remain, and nests no deeper than the schema. Encodings: Kafka's protocol guide.
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import type { Reader } from '../bytes/reader.ts'
import { utf8Bytes, Writer } from '../bytes/writer.ts'
import { ZERO_UUID, uuidToBytes, uuidToString } from '../bytes/uuid.ts'
import type { FieldShape, PrimitiveName, Shape, UnknownTag } from './schema.ts'

/** Reads and writes one type in one version. */
export interface Codec<T> {
  /** The fewest bytes a value takes; what an array checks its count against. Never 0. */
  readonly minBytes: number
  decode(reader: Reader): T
  encode(writer: Writer, value: T): void
}

interface Target {
  readonly version: number
  /** Compact lengths, and a tag section at the end of every struct (KIP-482). */
  readonly flexible: boolean
}

type Struct = Record<string, unknown>

interface CompiledField {
  readonly name: string
  readonly codec: Codec<unknown>
  readonly fallback: unknown
  readonly optional: boolean
}

interface TaggedField extends CompiledField {
  readonly tag: number
  /** The default's own encoding: a value that encodes alike is not written. */
  readonly fallbackBytes: Uint8Array
}

/** Kafka refuses longer strings in either encoding. */
const STRING_BYTES_MAX = 0x7fff
const INT32_MAX = 0x7fff_ffff
const NO_TAGS: readonly UnknownTag[] = []

/** Compiles the fields of a struct for one version. */
export function compileStruct(shapes: readonly FieldShape[], target: Target): Codec<unknown> {
  const { version, flexible } = target
  // Decoding starts from a copy of this, so that all results of a struct have one hidden class.
  const template: Struct = {}
  const fields: CompiledField[] = []
  const tagged: TaggedField[] = []
  for (const { name, shape, since, until, tag, fallback, optional } of shapes) {
    template[name] = fallback
    if (version < since || version > until) continue
    const codec = compileShape(shape, target)
    if (tag === null) fields.push({ name, codec, fallback, optional })
    else {
      const fallbackBytes = encoded(codec, fallback)
      tagged.push({ name, codec, fallback, optional, tag, fallbackBytes })
    }
  }
  tagged.sort((a, b) => a.tag - b.tag)
  const byTag = new Map(tagged.map((field) => [field.tag, field]))
  const sum = fields.reduce((bytes, field) => bytes + field.codec.minBytes, flexible ? 1 : 0)
  return {
    minBytes: Math.max(1, sum),
    decode(reader): Struct {
      const value = { ...template }
      let at = ''
      try {
        for (const field of fields) {
          at = field.name
          value[at] = field.codec.decode(reader)
        }
        if (flexible) {
          at = 'tags'
          decodeTags(reader, byTag, value)
        }
      } catch (error) {
        throw located(error, at)
      }
      return value
    },
    encode(writer, value: Struct) {
      let at = ''
      try {
        for (const field of fields) {
          at = field.name
          let given = value[at]
          if (given === undefined) {
            if (!field.optional) throw new TypeError('missing')
            given = field.fallback
          }
          field.codec.encode(writer, given)
        }
        if (flexible) {
          at = 'tags'
          encodeTags(writer, tagged, value)
        }
      } catch (error) {
        throw located(error, at)
      }
    },
  }
}

/** Compiles a type for one version. */
export function compileShape(shape: Shape, target: Target): Codec<unknown> {
  switch (shape.type) {
    case 'primitive':
      return primitive(shape.name, target, false)
    case 'array':
      return arrayOf(compileShape(shape.element, target), target, false)
    case 'struct':
      return compileStruct(shape.fields, target)
    case 'nullable': {
      const { inner } = shape
      const mayBeNull = target.version >= shape.since
      switch (inner.type) {
        case 'primitive':
          return primitive(inner.name, target, mayBeNull)
        case 'array':
          return arrayOf(compileShape(inner.element, target), target, mayBeNull)
        case 'struct':
          return mayBeNull
            ? nullableStruct(compileStruct(inner.fields, target))
            : compileStruct(inner.fields, target)
        case 'nullable':
          throw new TypeError('nullable twice')
      }
    }
  }
}

function primitive(name: PrimitiveName, target: Target, mayBeNull: boolean): Codec<unknown> {
  switch (name) {
    case 'string':
      return stringOf(target.flexible ? COMPACT : SHORT, mayBeNull)
    case 'bytes':
      return bytesOf(target.flexible ? COMPACT : LONG, mayBeNull)
    case 'records':
      return recordsOf(target.flexible ? COMPACT : LONG)
    case 'chunks':
      return chunksOf(target.flexible ? COMPACT : LONG)
    default:
      if (mayBeNull) throw new TypeError(`${name} has no null`)
      return FIXED[name]
  }
}

/** A length before its bytes; −1 is null. */
interface Length {
  readonly minBytes: number
  read(reader: Reader): number
  write(writer: Writer, length: number): void
}

const SHORT: Length = {
  minBytes: 2,
  read: (reader) => reader.int16(),
  write: (writer, length) => writer.int16(length),
}

const LONG: Length = {
  minBytes: 4,
  read: (reader) => reader.int32(),
  write: (writer, length) => writer.int32(length),
}

/** An unsigned varint, one more than the length, so that 0 is null. */
const COMPACT: Length = {
  minBytes: 1,
  read: (reader) => reader.uvarint() - 1,
  write: (writer, length) => writer.uvarint(length + 1),
}

/** Null where it may be; anything else below zero is malformed. */
function isNull(length: number, mayBeNull: boolean): boolean {
  if (length >= 0) return false
  if (length !== -1) throw new MalformedBytes(`a length of ${length}`)
  if (!mayBeNull) throw new MalformedBytes('null where the version has no null')
  return true
}

function encodeNull(writer: Writer, length: Length, mayBeNull: boolean): void {
  if (!mayBeNull) throw new TypeError('null where the version has no null')
  length.write(writer, -1)
}

function stringOf(length: Length, mayBeNull: boolean): Codec<string | null> {
  return {
    minBytes: length.minBytes,
    decode(reader) {
      const size = length.read(reader)
      if (isNull(size, mayBeNull)) return null
      if (size > STRING_BYTES_MAX) throw new MalformedBytes(`a string of ${size} bytes`)
      return reader.utf8(size)
    },
    encode(writer, value) {
      if (value === null) return encodeNull(writer, length, mayBeNull)
      const size = utf8Bytes(value)
      if (size > STRING_BYTES_MAX) throw new RangeError(`a string of ${size} bytes`)
      length.write(writer, size)
      writer.utf8(value)
    },
  }
}

function bytesOf(length: Length, mayBeNull: boolean): Codec<Uint8Array | null> {
  return {
    minBytes: length.minBytes,
    decode(reader) {
      const size = length.read(reader)
      return isNull(size, mayBeNull) ? null : reader.bytes(size)
    },
    encode(writer, value) {
      if (value === null) return encodeNull(writer, length, mayBeNull)
      length.write(writer, value.byteLength)
      writer.bytes(value)
    },
  }
}

function recordsOf(length: Length): Codec<Uint8Array | null> {
  return {
    minBytes: length.minBytes,
    decode(reader) {
      const size = length.read(reader)
      return isNull(size, true) ? null : reader.bytes(size)
    },
    encode(writer, value) {
      length.write(writer, value === null ? -1 : value.byteLength)
      if (value !== null) writer.reference(value)
    },
  }
}

function chunksOf(length: Length): Codec<readonly Uint8Array[]> {
  return {
    minBytes: length.minBytes,
    decode(reader) {
      const size = length.read(reader)
      return isNull(size, true) || size === 0 ? [] : [reader.bytes(size)]
    },
    encode(writer, value) {
      let size = 0
      for (const chunk of value) size += chunk.byteLength
      if (size > INT32_MAX) throw new RangeError(`${size} bytes of records`)
      length.write(writer, size)
      for (const chunk of value) writer.reference(chunk)
    },
  }
}

function arrayOf(
  element: Codec<unknown>,
  target: Target,
  mayBeNull: boolean,
): Codec<readonly unknown[] | null> {
  const length = target.flexible ? COMPACT : LONG
  const { minBytes } = element
  return {
    minBytes: length.minBytes,
    decode(reader) {
      const count = length.read(reader)
      if (isNull(count, mayBeNull)) return null
      if (count === 0) return []
      takeElements(reader, count, minBytes)
      const elements = new Array<unknown>(count)
      for (let index = 0; index < count; index += 1) elements[index] = element.decode(reader)
      return elements
    },
    encode(writer, value) {
      if (value === null) return encodeNull(writer, length, mayBeNull)
      length.write(writer, value.length)
      for (const item of value) element.encode(writer, item)
    },
  }
}

/** A struct behind one byte: negative is null (KIP-848's messages are the first to use it). */
function nullableStruct(struct: Codec<unknown>): Codec<unknown> {
  return {
    minBytes: 1,
    decode: (reader) => (reader.int8() < 0 ? null : struct.decode(reader)),
    encode(writer, value) {
      writer.int8(value === null ? -1 : 1)
      if (value !== null) struct.encode(writer, value)
    },
  }
}

const FIXED: Record<
  Exclude<PrimitiveName, 'string' | 'bytes' | 'records' | 'chunks'>,
  Codec<unknown>
> = {
  int8: fixed<number>(1, {
    decode: (reader) => reader.int8(),
    encode(writer, value) {
      if ((value << 24) >> 24 !== value) throw new RangeError(`not an int8: ${value}`)
      writer.int8(value)
    },
  }),
  int16: fixed<number>(2, {
    decode: (reader) => reader.int16(),
    encode(writer, value) {
      if ((value << 16) >> 16 !== value) throw new RangeError(`not an int16: ${value}`)
      writer.int16(value)
    },
  }),
  uint16: fixed<number>(2, {
    decode: (reader) => reader.uint16(),
    encode(writer, value) {
      if ((value & 0xffff) !== value) throw new RangeError(`not a uint16: ${value}`)
      writer.uint16(value)
    },
  }),
  int32: fixed<number>(4, {
    decode: (reader) => reader.int32(),
    encode(writer, value) {
      if ((value | 0) !== value) throw new RangeError(`not an int32: ${value}`)
      writer.int32(value)
    },
  }),
  int64: fixed<number>(8, {
    decode: (reader) => reader.int64(),
    encode: (writer, value) => writer.int64(value),
  }),
  saturatingInt64: fixed<number>(8, {
    decode: (reader) => reader.saturatingInt64(),
    encode: (writer, value) => writer.int64(value),
  }),
  float64: fixed<number>(8, {
    decode: (reader) => reader.float64(),
    encode: (writer, value) => writer.float64(value),
  }),
  bool: fixed<boolean>(1, {
    decode: (reader) => reader.int8() !== 0,
    encode: (writer, value) => writer.int8(value ? 1 : 0),
  }),
  uuid: fixed<string>(16, {
    decode: (reader) => uuidToString(reader.bytes(16)),
    encode: (writer, value) => writer.bytes(value === ZERO_UUID ? ZERO_ID : uuidToBytes(value)),
  }),
}

const ZERO_ID = new Uint8Array(16)

function fixed<T>(minBytes: number, codec: Omit<Codec<T>, 'minBytes'>): Codec<T> {
  return { minBytes, ...codec }
}

/** Checks a count before anything is allocated for it. */
function takeElements(reader: Reader, count: number, minBytes: number): void {
  if (count > Math.floor(reader.remaining / minBytes))
    throw new MalformedBytes(`${count} elements wanted, ${reader.remaining} bytes left`)
  reader.elementsLeft -= count
  if (reader.elementsLeft < 0) throw new MalformedBytes('more array elements than allowed')
}

/** A struct's tag section: tags strictly ascending, sizes exact, unknown ones kept. */
function decodeTags(reader: Reader, tagged: ReadonlyMap<number, TaggedField>, value: Struct): void {
  const count = reader.uvarint()
  if (count === 0) return
  takeElements(reader, count, 2)
  const unknownTags: UnknownTag[] = []
  let last = -1
  for (let index = 0; index < count; index += 1) {
    const tag = reader.uvarint()
    if (tag <= last) throw new MalformedBytes(`tag ${tag} after tag ${last}`)
    last = tag
    const size = reader.uvarint()
    const field = tagged.get(tag)
    if (field === undefined) {
      unknownTags.push({ tag, bytes: reader.bytes(size) })
      continue
    }
    const end = reader.offset + size
    value[field.name] = field.codec.decode(reader)
    if (reader.offset !== end)
      throw new MalformedBytes(`tag ${tag} of ${size} bytes ends ${reader.offset - end} off`)
  }
  if (unknownTags.length > 0) value.unknownTags = unknownTags
}

function encodeTags(writer: Writer, tagged: readonly TaggedField[], value: Struct): void {
  // Only a decoded value can hold these, so they are what `decodeTags` made them.
  const unknownTags = (value.unknownTags as readonly UnknownTag[] | undefined) ?? NO_TAGS
  const entries: UnknownTag[] = []
  for (const { tag, name, codec, fallback, fallbackBytes } of tagged) {
    const given = value[name]
    if (given === undefined || given === fallback) continue
    const bytes = encoded(codec, given)
    if (!sameBytes(bytes, fallbackBytes)) entries.push({ tag, bytes })
  }
  if (unknownTags.length > 0) {
    for (const unknown of unknownTags) {
      if (tagged.some(({ tag }) => tag === unknown.tag))
        throw new RangeError(`tag ${unknown.tag} is known in this version`)
      entries.push(unknown)
    }
    entries.sort((a, b) => a.tag - b.tag)
  }
  writer.uvarint(entries.length)
  for (const { tag, bytes } of entries) {
    writer.uvarint(tag)
    writer.uvarint(bytes.byteLength)
    writer.bytes(bytes)
  }
}

function encoded(codec: Codec<unknown>, value: unknown): Uint8Array {
  const writer = new Writer(64)
  codec.encode(writer, value)
  return writer.finish()
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])
}

/** Prefixes the message with the field it is about, so that one log line says where. */
function located(error: unknown, field: string): unknown {
  if (error instanceof Error)
    error.message = /^[a-zA-Z]+[.:]/.test(error.message)
      ? `${field}.${error.message}`
      : `${field}: ${error.message}`
  return error
}
