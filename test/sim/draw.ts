/**
 * Chance without a state: every draw is a function of the seed, the name of what it decides, and up
 * to three numbers that say which one it is. Taking an event out of a run leaves all other draws as
 * they were, so that a failing run can be made smaller.
 */

export class Chance {
  readonly #key: number

  constructor(seed: number, name: string) {
    let key = mix(mix(0x2545_f491, seed >>> 0), Math.floor(seed / 0x1_0000_0000))
    for (let at = 0; at < name.length; at += 1) key = mix(key, name.charCodeAt(at))
    this.#key = key
  }

  /** Uniform in [0, 1). */
  at(a: number, b = 0, c = 0): number {
    return (mix(mix(mix(this.#key, a), b), c) >>> 0) / 0x1_0000_0000
  }

  /** A whole number in [0, end). */
  below(end: number, a: number, b = 0, c = 0): number {
    return Math.floor(this.at(a, b, c) * end)
  }

  /** True with this probability. */
  happens(probability: number, a: number, b = 0, c = 0): boolean {
    return probability > 0 && this.at(a, b, c) < probability
  }

  /** Exponential with this mean, at most ten times that. */
  exponential(mean: number, a: number, b = 0, c = 0): number {
    return Math.round(Math.min(10, -Math.log(1 - this.at(a, b, c))) * mean)
  }
}

/** One draw after the other, for lists of decisions that are made before a run begins. */
export class Dice {
  readonly #chance: Chance
  #count = 0

  constructor(seed: number, name: string) {
    this.#chance = new Chance(seed, name)
  }

  next(): number {
    this.#count += 1
    return this.#chance.at(this.#count)
  }

  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }
}

/** In place of `Math.imul` chains at every caller; the constants are those of MurmurHash3. */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85eb_ca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed + 0x9e37_79b9, 0xc2b2_ae35)
  return mixed ^ (mixed >>> 16)
}
