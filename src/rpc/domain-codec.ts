/**
 * Codecs that speak our own types instead of generated ones, and the checks that whatever comes
 * from outside goes through: a generated class gives every field some value, not the right one.
 * What is wrong is thrown, and becomes the call's status (`handlers.ts`, `channel.ts`). Pure.
 */
import type protobuf from 'protobufjs/minimal.js'
import type { NodeId, TopicId } from '../base/ids.ts'
import { asNodeId, asTopicId } from '../base/ids.ts'
import { uuidToString } from '../bytes/uuid.ts'
import { CheckedReader } from '../metadata/codec.ts'
import type { Codec } from './service.ts'

/**
 * Tags and lengths in a request that may be large: two bytes of them may become an object of a
 * hundred.
 */
export const LARGE_REQUEST = { fieldsMax: 1_000_000 }

/** `toWire` and `fromWire` around a generated class; 64-bit fields come out as checked numbers. */
export function domainCodec<Domain, Plain, Message>(
  type: {
    encode(message: Plain): protobuf.Writer
    decode(reader: protobuf.Reader): Message
  },
  toWire: (value: Domain) => Plain,
  fromWire: (message: Message) => Domain,
  { fieldsMax = Infinity } = {},
): Codec<Domain> {
  return {
    encode: (value) => type.encode(toWire(value)).finish(),
    decode: (bytes) => fromWire(type.decode(new CheckedReader(bytes, fieldsMax))),
  }
}

/** Ends the decoding unless `isRight`; `what` says how it must be. */
export function must(isRight: boolean, what: string): asserts isRight {
  if (!isRight) throw new RangeError(`${what} expected`)
}

export function present<Value>(value: Value | null | undefined, what: string): Value {
  must(value !== null && value !== undefined, what)
  return value
}

/** Kafka's ids are positive 32-bit numbers. */
const NODE_ID_MAX = 0x7fff_ffff
const PORT_MAX = 65_535

export function nodeIdOf(value: number): NodeId {
  must(value <= NODE_ID_MAX, 'a node id of 31 bits')
  return asNodeId(value)
}

export function uuidOf(bytes: Uint8Array): string {
  must(bytes.byteLength === 16, 'a uuid of 16 bytes')
  return uuidToString(bytes)
}

export const topicIdOf = (bytes: Uint8Array): TopicId => asTopicId(uuidOf(bytes))

export function portOf(value: number): number {
  must(value > 0 && value <= PORT_MAX, 'a port')
  return value
}

/** The name of an enumeration's number. */
export function nameOf<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  number: number,
  what: string,
): Name {
  const names = Object.keys(numbers) as Name[]
  return present(
    names.find((name) => numbers[name] === number),
    what,
  )
}
