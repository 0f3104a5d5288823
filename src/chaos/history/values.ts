/**
 * The value of every record that is sent: different for each, of different lengths, and known again
 * only when not a single byte of it is wrong.
 */
export interface RecordId {
  readonly producer: string
  readonly number: number
}

const FILLER = 'the quick brown fox jumps over the lazy dog. '.repeat(8)

/** A name without a colon, and a number of that producer. */
export function valueOf({ producer, number }: RecordId): string {
  return `${producer}:${number} ${FILLER.slice(0, (number * 31 + producer.length * 7) % 300)}`
}

/** Which record a value is; null when a single byte of it is wrong. */
export function idOf(value: string): RecordId | null {
  const match = /^([^:]+):(\d+) /.exec(value)
  if (!match) return null
  const id = { producer: match[1] as string, number: Number(match[2]) }
  return valueOf(id) === value ? id : null
}

/** As histories and sentences name a record. */
export const keyOf = ({ producer, number }: RecordId): string => `${producer}:${number}`
