/**
 * Goal: a node is dialled where those who know best say that it is, and nowhere else when the
 * operator insists; one subject is not said twice.
 * Method: a book with every source, and a few hellos.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { OncePerChange } from '../../../src/rpc/once-per-change.ts'

const at = (port: number) => ({ host: '127.0.0.1', port })
const ONE = asNodeId(1)

describe('an address book', () => {
  test('knows the strongest source first, and each address once', () => {
    const book = new AddressBook({ configured: new Map([[ONE, at(1)]]) })
    expect(book.candidates(ONE)).toEqual([at(1)])
    book.setCommitted(new Map([[ONE, at(2)]]))
    expect(book.candidates(ONE)).toEqual([at(2), at(1)])
    book.announce(ONE, at(3))
    expect(book.candidates(ONE)).toEqual([at(3), at(2), at(1)])
    book.announce(ONE, at(1))
    expect(book.candidates(ONE)).toEqual([at(1), at(2)])
    expect(book.candidates(asNodeId(2))).toEqual([])
    expect(book.overriding(ONE, at(7))).toEqual(at(7))
  })

  test('tries nothing but an override', () => {
    const book = new AddressBook({
      overrides: new Map([[ONE, at(9)]]),
      configured: new Map([[ONE, at(1)]]),
    })
    book.announce(ONE, at(3))
    expect(book.candidates(ONE)).toEqual([at(9)])
    expect(book.overriding(ONE, at(7))).toEqual(at(9))
  })

  test('forgets the oldest of very many announcements', () => {
    const book = new AddressBook()
    for (let id = 0; id < 2_000; id += 1) book.announce(asNodeId(id), at(1))
    expect(book.candidates(asNodeId(0))).toEqual([])
    expect(book.candidates(asNodeId(1_999))).toEqual([at(1)])
  })
})

test('something is said once, and again when it has changed', () => {
  const once = new OncePerChange()
  const said: string[] = []
  const say = (subject: string, text: string) =>
    once.say(subject, text, () => said.push(`${subject} ${text}`))
  for (const text of ['a', 'a', 'b', 'b', 'a']) say('x', text)
  say('y', 'a')
  once.forget('y')
  say('y', 'a')
  expect(said).toEqual(['x a', 'x b', 'x a', 'y a', 'y a'])
  for (let subject = 0; subject < 1_000; subject += 1) say(String(subject), 'c')
  said.length = 0
  say('x', 'a')
  expect(said).toEqual(['x a'])
})
