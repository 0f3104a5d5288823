/**
 * A persistent map in key order: `set` and `delete` give a new map that shares all but O(log n) of
 * its nodes with the old one, so an image of 10,000 topics costs nothing to change and to keep
 * (a height-balanced binary tree; Adelson-Velsky and Landis, 1962). It is a `ReadonlyMap`, iterated
 * in ascending key order, which makes snapshots canonical without sorting.
 */
interface TreeNode<Key, Value> {
  readonly key: Key
  readonly value: Value
  readonly left: TreeNode<Key, Value> | null
  readonly right: TreeNode<Key, Value> | null
  /** 1 for a leaf. Invariant: the heights of two siblings differ by at most 1. */
  readonly height: number
}

type Tree<Key, Value> = TreeNode<Key, Value> | null

/** Keys are all numbers or all strings (compared by UTF-16 code units). */
export class ImmutableMap<Key extends string | number, Value> implements ReadonlyMap<Key, Value> {
  readonly #root: Tree<Key, Value>
  readonly size: number

  private constructor(root: Tree<Key, Value>, size: number) {
    this.#root = root
    this.size = size
  }

  static empty<Key extends string | number, Value>(): ImmutableMap<Key, Value> {
    return new ImmutableMap<Key, Value>(null, 0)
  }

  static from<Key extends string | number, Value>(
    entries: Iterable<readonly [Key, Value]>,
  ): ImmutableMap<Key, Value> {
    return ImmutableMap.empty<Key, Value>().setAll(new Map(entries))
  }

  /** Steps of the longest lookup; at most 1.45 times the binary logarithm of the size. */
  get height(): number {
    return heightOf(this.#root)
  }

  get(key: Key): Value | undefined {
    return find(this.#root, key)?.value
  }

  has(key: Key): boolean {
    return find(this.#root, key) !== null
  }

  /** This map with `key` set; this map itself when it already holds that very value. */
  set(key: Key, value: Value): ImmutableMap<Key, Value> {
    const found = find(this.#root, key)
    if (found !== null && Object.is(found.value, value)) return this
    return new ImmutableMap(insert(this.#root, key, value), this.size + (found === null ? 1 : 0))
  }

  /** This map with all of `entries` set; costs no more than making it anew when they are many. */
  setAll(entries: ReadonlyMap<Key, Value>): ImmutableMap<Key, Value> {
    if (entries.size * Math.log2(this.size + 2) > this.size + entries.size) {
      const sorted = merge([...this.entries()], [...entries].sort(byKey))
      return new ImmutableMap(build(sorted, 0, sorted.length), sorted.length)
    }
    return [...entries].reduce<ImmutableMap<Key, Value>>(
      (map, [key, value]) => map.set(key, value),
      this,
    )
  }

  /** This map without `key`; this map itself when there is no such key. */
  delete(key: Key): ImmutableMap<Key, Value> {
    if (!this.has(key)) return this
    return new ImmutableMap(remove(this.#root, key), this.size - 1)
  }

  *entries(): MapIterator<[Key, Value]> {
    const path: TreeNode<Key, Value>[] = []
    for (let node = this.#root; node !== null || path.length > 0;) {
      while (node !== null) {
        path.push(node)
        node = node.left
      }
      const next = path.pop() as TreeNode<Key, Value>
      yield [next.key, next.value]
      node = next.right
    }
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries()
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }
}

function byKey<Key extends string | number>(
  [a]: readonly [Key, unknown],
  [b]: readonly [Key, unknown],
) {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Both lists in one, in order; where a key is in both, the newer entry. */
function merge<Key extends string | number, Value>(
  older: readonly (readonly [Key, Value])[],
  newer: readonly (readonly [Key, Value])[],
): readonly (readonly [Key, Value])[] {
  const merged: (readonly [Key, Value])[] = []
  let index = 0
  for (const entry of newer) {
    for (let next = older[index]; next !== undefined && next[0] <= entry[0]; next = older[index]) {
      if (next[0] !== entry[0]) merged.push(next)
      index += 1
    }
    merged.push(entry)
  }
  for (; index < older.length; index += 1) merged.push(older[index] as readonly [Key, Value])
  return merged
}

/** The tree of the entries `from` … `to - 1`, as flat as it can be. */
function build<Key, Value>(
  sorted: readonly (readonly [Key, Value])[],
  from: number,
  to: number,
): Tree<Key, Value> {
  if (from >= to) return null
  const middle = (from + to) >>> 1
  const [key, value] = sorted[middle] as readonly [Key, Value]
  const left = build(sorted, from, middle)
  const right = build(sorted, middle + 1, to)
  return { key, value, left, right, height: 1 + Math.max(heightOf(left), heightOf(right)) }
}

function find<Key extends string | number, Value>(tree: Tree<Key, Value>, key: Key) {
  let node = tree
  while (node !== null && node.key !== key) node = key < node.key ? node.left : node.right
  return node
}

function insert<Key extends string | number, Value>(
  tree: Tree<Key, Value>,
  key: Key,
  value: Value,
): TreeNode<Key, Value> {
  if (tree === null) return { key, value, left: null, right: null, height: 1 }
  if (key === tree.key) return { ...tree, value }
  return key < tree.key
    ? balance(tree, insert(tree.left, key, value), tree.right)
    : balance(tree, tree.left, insert(tree.right, key, value))
}

function remove<Key extends string | number, Value>(
  tree: Tree<Key, Value>,
  key: Key,
): Tree<Key, Value> {
  if (tree === null) return null
  if (key < tree.key) return balance(tree, remove(tree.left, key), tree.right)
  if (key > tree.key) return balance(tree, tree.left, remove(tree.right, key))
  if (tree.left === null) return tree.right
  if (tree.right === null) return tree.left
  let next = tree.right
  while (next.left !== null) next = next.left
  return balance(next, tree.left, remove(tree.right, next.key))
}

const heightOf = (tree: { readonly height: number } | null) => tree?.height ?? 0

/** `at`'s entry above the two trees, which differ in height by two at most. */
function balance<Key, Value>(
  at: TreeNode<Key, Value>,
  left: Tree<Key, Value>,
  right: Tree<Key, Value>,
): TreeNode<Key, Value> {
  const lean = heightOf(left) - heightOf(right)
  if (lean > 1 && left !== null) {
    if (heightOf(left.left) >= heightOf(left.right))
      return join(left, left.left, join(at, left.right, right))
    const middle = left.right as TreeNode<Key, Value>
    return join(middle, join(left, left.left, middle.left), join(at, middle.right, right))
  }
  if (lean < -1 && right !== null) {
    if (heightOf(right.right) >= heightOf(right.left))
      return join(right, join(at, left, right.left), right.right)
    const middle = right.left as TreeNode<Key, Value>
    return join(middle, join(at, left, middle.left), join(right, middle.right, right.right))
  }
  return join(at, left, right)
}

function join<Key, Value>(
  at: TreeNode<Key, Value>,
  left: Tree<Key, Value>,
  right: Tree<Key, Value>,
): TreeNode<Key, Value> {
  const height = 1 + Math.max(heightOf(left), heightOf(right))
  return { key: at.key, value: at.value, left, right, height }
}
