// Goal: every option type reads what it prints, refuses the rest in Kafka's words, and never lets a
// number through that it cannot hold exactly (S27, ADR 2).
// Method: round trips over arbitrary values; the refusals and the boundaries one by one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collide, hostPort, listener, voter } from '../../../src/config/addresses.ts'
import type { OptionType } from '../../../src/config/option.ts'
import { boolean, double, int, list, long, oneOf, string } from '../../../src/config/option.ts'

const parse = <Value>(type: OptionType<Value>, text: string) => {
  const parsed = type.parse(text, 'x')
  return 'value' in parsed ? parsed.value : parsed.problem
}
const refused = (text: string, why: string) => `Invalid value ${text} for configuration x: ${why}`

describe('numbers', () => {
  test.each([
    [int(), '42', 42],
    [int(), ' +7 ', 7],
    [int(), '-2147483648', -2147483648],
    [int(), '2147483648', refused('2147483648', 'Not a number of type INT')],
    [int(), '1e3', refused('1e3', 'Not a number of type INT')],
    [int(), '0x10', refused('0x10', 'Not a number of type INT')],
    [int(), '', refused('', 'Not a number of type INT')],
    [int(), '1.0', refused('1.0', 'Not a number of type INT')],
    [int({ min: 14 }), '13', refused('13', 'Value must be at least 14')],
    [int({ min: 1, max: 5 }), '6', refused('6', 'Value must be no more than 5')],
    [int({ min: -1, minusOneIsNever: true }), '-1', Infinity],
    [long(), '9007199254740991', 9007199254740991],
    [
      long(),
      '9007199254740992',
      refused('9007199254740992', 'Value must be no more than 9007199254740991'),
    ],
    [
      long(),
      '9223372036854775806',
      refused('9223372036854775806', 'Value must be no more than 9007199254740991'),
    ],
    [long(), '9223372036854775807', Infinity],
    [long(), '9223372036854775808', refused('9223372036854775808', 'Not a number of type LONG')],
    [long({ min: 0 }), '-1', refused('-1', 'Value must be at least 0')],
    [long({ min: -1, minusOneIsNever: true }), '-1', Infinity],
    [long({ min: -1, minusOneIsNever: true }), '-2', refused('-2', 'Value must be at least -1')],
    [double({ min: 0, max: 1 }), '.5', 0.5],
    [double({ min: 0, max: 1 }), '1.5', refused('1.5', 'Value must be no more than 1')],
    [double(), 'NaN', refused('NaN', 'Not a number of type DOUBLE')],
  ])('%#: $1', (type, text, expected) => {
    expect(parse(type, text)).toBe(expected)
  })

  test('never is printed as Kafka writes it', () => {
    expect(long().print(Infinity)).toBe('9223372036854775807')
    expect(long({ minusOneIsNever: true }).print(Infinity)).toBe('-1')
    expect(int({ minusOneIsNever: true }).print(Infinity)).toBe('-1')
  })

  test('are read back as printed', () => {
    const roundTrips = <Value>(type: OptionType<Value>, values: fc.Arbitrary<Value>) =>
      fc.assert(
        fc.property(values, (value) => void expect(parse(type, type.print(value))).toBe(value)),
      )
    roundTrips(int(), fc.integer())
    roundTrips(long(), fc.oneof(fc.maxSafeInteger(), fc.constant(Infinity)))
    // The sign of zero is not worth keeping.
    roundTrips(
      double(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    )
  })
})

describe('words', () => {
  test.each([
    [boolean, 'TRUE', true],
    [boolean, 'yes', refused('yes', 'Expected value to be either true or false')],
    [string, ' a b ', 'a b'],
    [string, '  ', refused('', 'String must be non-empty')],
    [oneOf('CreateTime', 'LogAppendTime'), 'CreateTime', 'CreateTime'],
    [
      oneOf('CreateTime', 'LogAppendTime'),
      'createtime',
      refused('createtime', 'String must be one of: CreateTime, LogAppendTime'),
    ],
  ])('%#: $1', (type, text, expected) => {
    expect(parse(type as OptionType<unknown>, text)).toEqual(expected)
  })
})

describe('lists', () => {
  const policies = list(oneOf('compact', 'delete'))
  test.each([
    ['delete', ['delete']],
    [' compact , delete ', ['compact', 'delete']],
    ['', "Configuration 'x' must not be empty. Valid values include: [compact, delete]"],
    ['delete,delete', "Configuration 'x' values must not be duplicated."],
    ['delete,', "Configuration 'x' values must not be empty."],
    ['delete,keep', refused('keep', 'String must be one of: compact, delete')],
  ])('%j', (text, expected) => {
    expect(parse(policies, text)).toEqual(expected)
  })

  test('may be empty where that is said', () => {
    expect(parse(list(string, { mayBeEmpty: true }), ' ')).toEqual([])
  })
})

describe('addresses', () => {
  test.each([
    [hostPort, '127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    [hostPort, '[::1]:9093', { host: '::1', port: 9093 }],
    [hostPort, ':9093', { host: '', port: 9093 }],
    [
      listener,
      'plaintext://broker-1.example:9092',
      { name: 'PLAINTEXT', host: 'broker-1.example', port: 9092 },
    ],
    [
      listener,
      'PLAINTEXT://[fe80::1%eth0]:1',
      { name: 'PLAINTEXT', host: 'fe80::1%eth0', port: 1 },
    ],
    [voter, '3@host:9093', { nodeId: 3, host: 'host', port: 9093 }],
  ])('%#: $1', (type, text, expected) => {
    const held = type as OptionType<unknown>
    expect(parse(held, text)).toEqual(expected)
    expect(parse(held, held.print(expected))).toEqual(expected)
  })

  test.each([
    [hostPort, '9092'],
    [hostPort, 'host'],
    [hostPort, 'host:65536'],
    [hostPort, '::1:9092'],
    [hostPort, 'http://host:80'],
    [listener, '127.0.0.1:9092'],
    [listener, 'PLAINTEXT:/host:1'],
    [voter, 'host:9093'],
    [voter, '1@:9093'],
  ])('%# refuses $1', (type, text) => {
    expect(parse(type as OptionType<unknown>, text)).toMatch(/^Invalid value .* Expected /)
  })

  test('collide on the same port of the same or of every interface', () => {
    const at = (host: string, port: number) => ({ host, port })
    expect(collide(at('a', 1), at('a', 1))).toBe(true)
    expect(collide(at('a', 1), at('', 1))).toBe(true)
    expect(collide(at('a', 1), at('b', 1))).toBe(false)
    expect(collide(at('a', 1), at('a', 2))).toBe(false)
    expect(collide(at('a', 0), at('a', 0))).toBe(false)
  })
})
