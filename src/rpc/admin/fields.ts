/**
 * Checks of what a request says: each refusal names the field that is wrong, by its path in the
 * request (`topics[2].partitions`). Pure.
 */
import { LograftError } from '../../base/errors.ts'
import type { ErrorName } from '../../wire/errors.ts'

/** Kafka counts in 31 bits. */
const COUNT_MAX = 0x7fff_ffff

/** Of a string in Kafka's protocol. */
const NAME_BYTES_MAX = 0x7fff

/** Things in one list of a request at most; an entry of the metadata log holds no more. */
const LIST_MAX = 10_000

export function refuse(code: ErrorName, message: string, field: string): never {
  throw new LograftError(code, message, { field })
}

export function invalid(field: string, message: string): never {
  return refuse('INVALID_REQUEST', `${field}: ${message}`, field)
}

/** A number that Kafka's 32 bits hold. */
export function count(value: number, field: string): number {
  if (value > COUNT_MAX) invalid(field, `at most ${COUNT_MAX}, not ${value}`)
  return value
}

/** What is asked of brokers by Kafka's protocol; `what` it is the name of. */
export function named(name: string, field: string, what: 'a topic' | 'a group'): string {
  if (name === '') invalid(field, `${what} is named`)
  return short(name, field)
}

/** Longer names there are none of, and nobody can be asked about them. */
export function short(name: string, field: string): string {
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) invalid(field, `at most ${NAME_BYTES_MAX} bytes`)
  return name
}

/** At least one thing, and not too many. */
export function someOf<Item>(list: readonly Item[], field: string): readonly Item[] {
  if (list.length === 0) invalid(field, 'at least one is wanted')
  return atMost(list, field)
}

export function atMost<Item>(list: readonly Item[], field: string): readonly Item[] {
  if (list.length > LIST_MAX) invalid(field, `at most ${LIST_MAX}, not ${list.length}`)
  return list
}

/** Each of them once. */
export function distinct<Item>(
  list: readonly Item[],
  field: string,
  nameOf: (item: Item) => string,
): void {
  const seen = new Set<string>()
  for (const [index, item] of list.entries()) {
    const name = nameOf(item)
    if (seen.has(name)) invalid(`${field}[${index}]`, `${name} is named twice`)
    seen.add(name)
  }
}
