/**
 * Pages of a list. A list is in a fixed order, each of its things has a key, and a page begins
 * behind the last key of the page before: whatever comes or goes meanwhile, what is there from the
 * first page to the last is listed once. The token is that key, and which list it belongs to. Pure.
 */
import { invalid } from './fields.ts'

const SIZE_DEFAULT = 100
const SIZE_MAX = 1_000
/** Of a token; those with the name of a group are the longest, and it has up to 32,767 bytes. */
const TOKEN_MAX = 64 * 1024

export interface AskedPage {
  readonly size: number
  readonly token: string
}

export interface PageOf<Item> {
  readonly items: readonly Item[]
  /** Empty when this is the last page. */
  readonly nextPageToken: string
}

export interface Paged<Item> {
  /** Which list it is: the token of another one is refused. */
  readonly list: string
  /** In ascending order of keys, as strings compare. What is up to `after` may be left out. */
  readonly itemsAfter: (after: string) => Iterable<Item>
  readonly keyOf: (item: Item) => string
}

/** Throws INVALID_REQUEST for a size or a token that is none. */
export function pageOf<Item>(
  page: AskedPage | null,
  { list, itemsAfter, keyOf }: Paged<Item>,
): PageOf<Item> {
  const size = sizeOf(page)
  const after = keyIn(page?.token ?? '', list)
  const items: Item[] = []
  for (const item of itemsAfter(after)) {
    if (after !== '' && keyOf(item) <= after) continue
    const last = items.at(-1)
    if (items.length === size && last !== undefined)
      return { items, nextPageToken: tokenOf(keyOf(last), list) }
    items.push(item)
  }
  return { items, nextPageToken: '' }
}

/** Whether the list is asked for from its beginning. */
export function isFirst(page: AskedPage | null): boolean {
  return (page?.token ?? '') === ''
}

function sizeOf(page: AskedPage | null): number {
  const size = page?.size ?? 0
  if (size > SIZE_MAX) invalid('page.size', `1 to ${SIZE_MAX}, or 0 for ${SIZE_DEFAULT}`)
  return size === 0 ? SIZE_DEFAULT : size
}

const tokenOf = (key: string, list: string) => Buffer.from(`${list}\n${key}`).toString('base64url')

function keyIn(token: string, list: string): string {
  if (token === '') return ''
  const text = token.length > TOKEN_MAX ? '' : Buffer.from(token, 'base64url').toString()
  const key = text.startsWith(`${list}\n`) ? text.slice(list.length + 1) : ''
  if (key === '' || tokenOf(key, list) !== token)
    invalid('page.token', 'the `next_page_token` of an answer to this very question')
  return key
}

/** The key of a partition: topics in the order of their names, partitions by number. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}\0${String(partition).padStart(10, '0')}`
}

/** The topic in such a key. */
export function topicIn(key: string): string {
  return key.split('\0', 1)[0] ?? ''
}
