/** Randomness, as the rest of the broker sees it: seeded in tests, the machine's in production. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** `count` random bytes, owned by the caller. */
  bytes(count: number): Uint8Array
}
