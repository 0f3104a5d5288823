/**
 * Chance by a seed: the same numbers on every machine, and for every purpose numbers of its own, so
 * that one that draws more or less changes nothing for the others.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Draw } from '../api.ts'

const DIVISOR = 0x4000_0000

export function drawOf(seed: number, purpose: string, durationMs = 0): Draw {
  const generator = xoroshiro128plus(seed ^ hashOf(purpose))
  const int = (min: number, max: number) => uniformInt(generator, min, max)
  return {
    durationMs,
    int,
    random: () => int(0, DIVISOR - 1) / DIVISOR,
    pick<Item>(items: readonly Item[]): Item {
      if (items.length === 0) throw new Error('nothing to pick from')
      return items[int(0, items.length - 1)] as Item
    },
  }
}

/** In an order drawn by chance. */
export function shuffled<Item>(items: readonly Item[], draw: Draw): readonly Item[] {
  return items
    .map((item) => ({ item, rank: draw.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item)
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193)
  return hash | 0
}
