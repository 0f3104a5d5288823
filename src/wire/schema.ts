/**
 * The vocabulary in which every Kafka message is described: once, for all its versions. A schema is
 * plain data; `compile.ts` turns it into code, TypeScript infers the message types from it. Nothing
 * here reads or writes a byte. Layouts follow the field lists of Kafka's protocol guide;
 * "flexible" encodings and tag sections are KIP-482.
 */

declare const DECODED: unique symbol
declare const ENCODABLE: unique symbol

/** Types without parts. How each is encoded is said in `compile.ts`. */
export type PrimitiveName =
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'int64'
  | 'saturatingInt64'
  | 'float64'
  | 'bool'
  | 'string'
  | 'bytes'
  | 'records'
  | 'chunks'
  | 'uuid'

/** A type as data, without its TypeScript side. */
export type Shape =
  | { readonly type: 'primitive'; readonly name: PrimitiveName }
  | { readonly type: 'array'; readonly element: Shape }
  | { readonly type: 'nullable'; readonly inner: Shape; readonly since: number }
  | { readonly type: 'struct'; readonly fields: readonly FieldShape[] }

/** One field of a struct as data. Its place in `fields` is its place on the wire, tags apart. */
export interface FieldShape {
  readonly name: string
  readonly shape: Shape
  /** First and last version that has the field, both inclusive. */
  readonly since: number
  readonly until: number
  /** The number in the enclosing struct's tag section; null: an ordinary field. */
  readonly tag: number | null
  /** What decodes where the version has no such field, and encodes where the value has none. */
  readonly fallback: unknown
  /** Whether there is a fallback at all; a field without one must be given. */
  readonly optional: boolean
}

/**
 * A wire type: what decoding returns, and what encoding accepts (structs inside may leave out the
 * fields that have defaults). The two symbols exist for the compiler only.
 */
export interface Type<Decoded, Encodable = Decoded> {
  readonly shape: Shape
  readonly [DECODED]: Decoded
  readonly [ENCODABLE]: Encodable
}

/** A field with a default: absent from some versions, tagged, or merely optional to write. */
export interface Field<Decoded, Encodable = Decoded> {
  readonly field: Omit<FieldShape, 'name'>
  readonly [DECODED]: Decoded
  readonly [ENCODABLE]: Encodable
}

/** A struct's fields by name, in wire order. */
export type Fields = Readonly<Record<string, Type<unknown> | Field<unknown>>>

/** A tagged field this codec has no name for, kept so that re-encoding loses nothing. */
export interface UnknownTag {
  readonly tag: number
  /** Borrowed from the decoded frame. */
  readonly bytes: Uint8Array
}

interface WithUnknownTags {
  /** Present only if the frame held any. Ignored when encoding a version that is not flexible. */
  readonly unknownTags?: readonly UnknownTag[]
}

type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends { readonly field: unknown } ? K : never
}[keyof F]

type Simplify<T> = { [K in keyof T]: T[K] }

/** What decoding a struct returns: every field, the absent ones as their defaults. */
export type DecodedStruct<F extends Fields> = Simplify<
  { readonly [K in keyof F]: F[K][typeof DECODED] } & WithUnknownTags
>

/** What encoding a struct accepts: fields with a default may be left out. */
export type EncodableStruct<F extends Fields> = Simplify<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: F[K][typeof ENCODABLE] } & {
    readonly [K in OptionalKeys<F>]?: F[K][typeof ENCODABLE]
  } & WithUnknownTags
>

/** Gives a shape its TypeScript side. The only place where the two are tied together. */
function typed<Decoded, Encodable = Decoded>(shape: Shape): Type<Decoded, Encodable> {
  return { shape } as Type<Decoded, Encodable>
}

function primitive<T>(name: PrimitiveName): Type<T> {
  return typed<T>({ type: 'primitive', name })
}

export const int8 = primitive<number>('int8')
export const int16 = primitive<number>('int16')
/** Ports. */
export const uint16 = primitive<number>('uint16')
export const int32 = primitive<number>('int32')
/** Within ±(2^53 − 1); beyond that the frame is malformed (docs/adr/0002). */
export const int64 = primitive<number>('int64')
/** Like int64, but values beyond ±(2^53 − 1) become that bound: legal, if never true. */
export const saturatingInt64 = primitive<number>('saturatingInt64')
export const float64 = primitive<number>('float64')
export const bool = primitive<boolean>('bool')
/** At most 32,767 bytes of strict UTF-8, as Kafka limits both of its string encodings. */
export const string = primitive<string>('string')
/** A view of the frame when decoded, lent until the handler returns; copied when encoded. */
export const bytes = primitive<Uint8Array>('bytes')
/** Record batches. Decoded as a view, like `bytes`; written by reference when encoded. */
export const records = primitive<Uint8Array | null>('records')
/**
 * The same bytes as `records`, given in pieces that are written by reference, never copied. Leave
 * them alone until the frame is sent. Decodes to no piece (null, empty) or one borrowed view.
 */
export const chunks = primitive<readonly Uint8Array[]>('chunks')
/** 22 characters of base64url; all zero (`ZERO_UUID`) means none. */
export const uuid = primitive<string>('uuid')

export function array<D, E>(element: Type<D, E>): Type<readonly D[], readonly E[]> {
  return typed({ type: 'array', element: element.shape })
}

/** A string, bytes, array or struct that may be null in every version. */
export function nullable<D, E>(inner: Type<D, E>): Type<D | null, E | null> {
  return nullableSince(0, inner)
}

/**
 * May be null from version `since` on. Before it a null in a frame is malformed, and encoding one
 * throws a TypeError.
 */
export function nullableSince<D, E>(since: number, inner: Type<D, E>): Type<D | null, E | null> {
  return typed({ type: 'nullable', inner: inner.shape, since })
}

export function struct<const F extends Fields>(
  fields: F,
): Type<DecodedStruct<F>, EncodableStruct<F>> {
  return typed({ type: 'struct', fields: fieldShapes(fields) })
}

/** In every version, and its default is written where the value leaves it out. */
export function defaulted<D, E>(type: Type<D, E>, fallback: NoInfer<D>): Field<D, E> {
  return field(type, 0, Infinity, null, fallback)
}

/** From version `since` on. */
export function since<D, E>(since: number, type: Type<D, E>, fallback: NoInfer<D>): Field<D, E> {
  return field(type, since, Infinity, null, fallback)
}

/** Up to and including version `until`. */
export function until<D, E>(until: number, type: Type<D, E>, fallback: NoInfer<D>): Field<D, E> {
  return field(type, 0, until, null, fallback)
}

/** From version `since` up to and including version `until`. */
export function between<D, E>(
  since: number,
  until: number,
  type: Type<D, E>,
  fallback: NoInfer<D>,
): Field<D, E> {
  return field(type, since, until, null, fallback)
}

/** In the struct's tag section from version `since` on; not written when equal to its default. */
export function tagged<D, E>(
  tag: number,
  since: number,
  type: Type<D, E>,
  fallback: NoInfer<D>,
): Field<D, E> {
  return field(type, since, Infinity, tag, fallback)
}

function field<D, E>(
  type: Type<D, E>,
  since: number,
  until: number,
  tag: number | null,
  fallback: unknown,
): Field<D, E> {
  const shape = {
    shape: type.shape,
    since,
    until,
    tag,
    fallback: freeze(fallback),
    optional: true,
  }
  return { field: shape } as Field<D, E>
}

/** Every message that lacks a field shares its default, so nobody may write to it. */
function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(freeze)
    Object.freeze(value)
  }
  return value
}

/** The fields of a struct as data, in wire order. */
export function fieldShapes(fields: Fields): readonly FieldShape[] {
  return Object.entries(fields).map(([name, given]) =>
    'field' in given
      ? { name, ...given.field }
      : {
          name,
          shape: given.shape,
          since: 0,
          until: Infinity,
          tag: null,
          fallback: undefined,
          optional: false,
        },
  )
}
