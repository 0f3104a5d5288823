/** Randomness that a test can repeat: pure-rand's xoroshiro, seeded. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Random } from '../../../src/base/random.ts'

export function seededRandom(seed: number): Random {
  // Neighbouring seeds begin alike; spread them.
  const generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e37_79b1))
  return {
    next: () => uniformInt(generator, 0, 0x3fff_ffff) / 0x4000_0000,
    bytes: (count) => Uint8Array.from({ length: count }, () => uniformInt(generator, 0, 255)),
  }
}
