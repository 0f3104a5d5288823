/**
 * The vocabulary of the two configuration tables (node-options.ts, topic-options.ts): what an
 * option's text means, what it may be, and how it is printed back. Pure: reads no file and no
 * environment. A value that means "never" or "no limit" is Infinity in memory and Kafka's
 * 9223372036854775807 (or -1, where Kafka says -1) in text, exactly (SAFETY S27).
 *
 * Messages about bad values are worded as Kafka words them, because CreateTopics and
 * IncrementalAlterConfigs carry them to clients.
 */

/** Kafka's own type names; DescribeConfigs answers with a code for each. */
export type KafkaType = 'BOOLEAN' | 'STRING' | 'INT' | 'LONG' | 'DOUBLE' | 'LIST'

/** What a number counts. Options without a unit are names, switches or plain counts. */
export type Unit = 'bytes' | 'ms' | 'seconds' | 'minutes' | 'hours' | 'records'

/**
 * Whether requests may change the value while nodes run (Kafka's words): `cluster-wide` for all
 * brokers or for one, which counts more; `read-only` is read at the start.
 */
type UpdateMode = 'read-only' | 'cluster-wide'

/** A value, or one whole sentence that says why the text is none. */
export type Parsed<Value> = { readonly value: Value } | { readonly problem: string }

export interface OptionType<Value> {
  readonly kafkaType: KafkaType
  /** The permitted values as Kafka's documentation writes them; empty when there is no bound. */
  readonly valid: string
  /** Surrounding white space is not part of a value. `name` goes into the problem. */
  parse(text: string, name: string): Parsed<Value>
  /** The inverse of `parse`: `parse(print(value))` is `value`. */
  print(value: Value): string
}

/** A default that is the text of another option, possibly within a longer text. */
export interface Inherited {
  readonly option: string
  /** How the default reads, given the other option's text; the identity when absent. */
  readonly text?: (text: string) => string
  /** The default in words, for --help and the documentation. */
  readonly doc: string
}

export interface Option<Value> {
  readonly type: OptionType<NonNullable<Value>>
  /** Absent when `inherited` says where the default comes from. Null: not set. */
  readonly default?: Value
  readonly inherited?: Inherited
  /** What "not set" amounts to, in words. */
  readonly unsetDoc?: string
  readonly unit?: Unit
  readonly doc: string
  readonly update: UpdateMode
  /** True for a name that Kafka does not have. */
  readonly lograftOnly?: true
  /**
   * True when the committed metadata holds the value (SAFETY S12): the file's value seeds it at
   * founding, and a file that says something else later is a start error.
   */
  readonly seedsMetadata?: true
  /** How and why the default is not Kafka's. */
  readonly differsFromKafka?: string
}

type Row<Value> = Omit<Option<Value>, 'type' | 'default' | 'inherited'> & {
  readonly type: OptionType<Value>
}

/** One row of a table. The three forms: a default, not set by default, another option's text. */
export function option<Value>(row: Row<Value> & { default: NoInfer<Value> }): Option<Value>
export function option<Value>(row: Row<Value> & { default: null }): Option<Value | null>
export function option<Value>(row: Row<Value> & { inherited: Inherited }): Option<Value>
export function option(row: Option<unknown>): Option<unknown> {
  return row
}

/** What a table's options hold, by name. */
export type ValuesOf<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never
}

const LONG_MAX = 2n ** 63n - 1n
const INT_MAX = 2 ** 31 - 1

/** Kafka's sentence for a value that does not fit its option. */
export function invalidValue(name: string, text: string, why: string): { problem: string } {
  return { problem: `Invalid value ${text} for configuration ${name}: ${why}` }
}

export interface Bounds {
  readonly min?: number
  readonly max?: number
}

function outOfBounds(value: number, { min, max }: Bounds): string | null {
  if (min !== undefined && value < min) return `Value must be at least ${min}`
  if (max !== undefined && value > max) return `Value must be no more than ${max}`
  return null
}

function boundsText({ min, max }: Bounds): string {
  if (min === undefined && max === undefined) return ''
  return `[${min ?? '...'}${min === undefined ? '' : ',...'}${max === undefined ? '' : `,${max}`}]`
}

const WHOLE_NUMBER = /^[+-]?\d+$/

type NumberBounds = Bounds & {
  /** -1 means Infinity, and is how Infinity is printed. */
  readonly minusOneIsNever?: true
}

/** A 32-bit number. Infinity only with `minusOneIsNever`. */
export function int(bounds: NumberBounds = {}): OptionType<number> {
  return {
    kafkaType: 'INT',
    valid: boundsText(bounds),
    parse(text, name) {
      const trimmed = text.trim()
      const value = Number(trimmed)
      if (!WHOLE_NUMBER.test(trimmed) || value > INT_MAX || value < -INT_MAX - 1)
        return invalidValue(name, trimmed, 'Not a number of type INT')
      if (bounds.minusOneIsNever && value === -1) return { value: Infinity }
      const why = outOfBounds(value, bounds)
      return why === null ? { value } : invalidValue(name, trimmed, why)
    },
    print: (value) => (value === Infinity ? '-1' : String(value)),
  }
}

/**
 * A 64-bit number. Long.MAX_VALUE is Infinity; with `minusOneIsNever`, so is -1, and that is how
 * Infinity is then printed. What lies between 2^53 - 1 and Long.MAX_VALUE is refused.
 */
export function long(bounds: NumberBounds = {}): OptionType<number> {
  const never = bounds.minusOneIsNever ? '-1' : String(LONG_MAX)
  return {
    kafkaType: 'LONG',
    valid: boundsText(bounds),
    parse(text, name) {
      const trimmed = text.trim()
      if (!WHOLE_NUMBER.test(trimmed) || trimmed.length > 24)
        return invalidValue(name, trimmed, 'Not a number of type LONG')
      const exact = BigInt(trimmed.replace(/^\+/, ''))
      if (exact > LONG_MAX || exact < -LONG_MAX - 1n)
        return invalidValue(name, trimmed, 'Not a number of type LONG')
      if (exact === LONG_MAX || (bounds.minusOneIsNever && exact === -1n))
        return { value: Infinity }
      const value = Number(exact)
      const why = outOfBounds(value, { max: Number.MAX_SAFE_INTEGER, ...bounds })
      return why === null ? { value } : invalidValue(name, trimmed, why)
    },
    print: (value) => (value === Infinity ? never : String(value)),
  }
}

export function double(bounds: Bounds = {}): OptionType<number> {
  return {
    kafkaType: 'DOUBLE',
    valid: boundsText(bounds),
    parse(text, name) {
      const trimmed = text.trim()
      const value = Number(trimmed)
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) || !Number.isFinite(value))
        return invalidValue(name, trimmed, 'Not a number of type DOUBLE')
      const why = outOfBounds(value, bounds)
      return why === null ? { value } : invalidValue(name, trimmed, why)
    },
    print: (value) => String(value).replace('e+', 'E'),
  }
}

/** true or false, in any case; nothing else means either. */
export const boolean: OptionType<boolean> = {
  kafkaType: 'BOOLEAN',
  valid: '[true, false]',
  parse(text, name) {
    const trimmed = text.trim()
    const lower = trimmed.toLowerCase()
    if (lower === 'true') return { value: true }
    if (lower === 'false') return { value: false }
    return invalidValue(name, trimmed, 'Expected value to be either true or false')
  },
  print: (value) => String(value),
}

/** Any text that is not empty. */
export const string: OptionType<string> = {
  kafkaType: 'STRING',
  valid: 'non-empty string',
  parse(text, name) {
    const trimmed = text.trim()
    return trimmed === ''
      ? invalidValue(name, trimmed, 'String must be non-empty')
      : { value: trimmed }
  },
  print: (value) => value,
}

/** One of a few words, in exactly this case. */
export function oneOf<const Word extends string>(...words: readonly Word[]): OptionType<Word> {
  return {
    kafkaType: 'STRING',
    valid: `[${words.join(', ')}]`,
    parse(text, name) {
      const trimmed = text.trim()
      const value = words.find((word) => word === trimmed)
      if (value !== undefined) return { value }
      return invalidValue(name, trimmed, `String must be one of: ${words.join(', ')}`)
    },
    print: (value) => value,
  }
}

/**
 * Items separated by commas, none of them twice. An empty text is an empty list, where `mayBeEmpty`
 * permits one.
 */
export function list<Item>(
  item: OptionType<Item>,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean } = { mayBeEmpty: false },
): OptionType<readonly Item[]> {
  return {
    kafkaType: 'LIST',
    valid: item.valid,
    parse(text, name) {
      const trimmed = text.trim()
      const texts = trimmed === '' ? [] : trimmed.split(',').map((part) => part.trim())
      if (texts.length === 0 && !mayBeEmpty)
        return {
          problem: `Configuration '${name}' must not be empty. Valid values include: ${item.valid}`,
        }
      if (new Set(texts).size < texts.length)
        return { problem: `Configuration '${name}' values must not be duplicated.` }
      if (texts.includes(''))
        return { problem: `Configuration '${name}' values must not be empty.` }
      const value: Item[] = []
      for (const part of texts) {
        const parsed = item.parse(part, name)
        if ('problem' in parsed) return parsed
        value.push(parsed.value)
      }
      return { value }
    },
    print: (value) => value.map((part) => item.print(part)).join(','),
  }
}
