/** The machine's randomness. */
import { randomBytes } from 'node:crypto'
import type { Random } from '../base/random.ts'

export const hostRandom: Random = {
  next: () => Math.random(),
  bytes: (count) => randomBytes(count),
}
