/**
 * 128 bits that stand for a key: HalfSipHash-2-4 (Aumasson, Bernstein) twice, under two secret keys
 * of 64 bits. Two keys with the same hash would be one key to the cleaner, and the older record
 * would be lost; without the secret nobody can find such a pair, and by chance none is met. Pure.
 */

const SECRET_BYTES = 16

export class KeyHash {
  readonly #secret: Int32Array
  /** The hash of the last key, four int32. Borrowed: the next `of` writes over it. */
  readonly words = new Int32Array(4)

  /** `secret`: sixteen random bytes. */
  constructor(secret: Uint8Array) {
    const view = new DataView(secret.buffer, secret.byteOffset, SECRET_BYTES)
    this.#secret = Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at, true))
  }

  /** Hashes `key` into `words`. */
  of(key: Uint8Array): void {
    const secret = this.#secret
    this.#half(key, secret[0] as number, secret[1] as number, 0)
    this.#half(key, secret[2] as number, secret[3] as number, 2)
  }

  /** One HalfSipHash with 64 bits of output, into `words[at]` and the word behind it. */
  #half(key: Uint8Array, k0: number, k1: number, at: number): void {
    const state = this.#state
    state[0] = k0
    state[1] = k1 ^ 0xee
    state[2] = 0x6c796765 ^ k0
    state[3] = 0x74656462 ^ k1
    const { byteLength } = key
    const whole = byteLength & ~3
    for (let index = 0; index < whole; index += 4) {
      const word =
        (key[index] as number) |
        ((key[index + 1] as number) << 8) |
        ((key[index + 2] as number) << 16) |
        ((key[index + 3] as number) << 24)
      absorb(state, word)
    }
    let last = byteLength << 24
    for (let index = whole; index < byteLength; index += 1)
      last |= (key[index] as number) << (8 * (index - whole))
    absorb(state, last)
    state[2] = state[2] ^ 0xee
    rounds(state, 4)
    this.words[at] = state[1] ^ state[3]
    state[1] = state[1] ^ 0xdd
    rounds(state, 4)
    this.words[at + 1] = state[1] ^ state[3]
  }

  readonly #state = new Int32Array(4)
}

function absorb(state: Int32Array, word: number): void {
  state[3] = (state[3] as number) ^ word
  rounds(state, 2)
  state[0] = (state[0] as number) ^ word
}

function rounds(state: Int32Array, count: number): void {
  let v0 = state[0] as number
  let v1 = state[1] as number
  let v2 = state[2] as number
  let v3 = state[3] as number
  for (let round = 0; round < count; round += 1) {
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
  }
  state[0] = v0
  state[1] = v1
  state[2] = v2
  state[3] = v3
}
