/** What is measured side by side: where it is reached, and the processes it consists of. */
import type { Address } from '../test/support/client.ts'

export interface Side {
  readonly name: 'lograft' | 'bare'
  readonly address: Address
  /** The first is the one that is talked to. */
  readonly pids: readonly number[]
}
