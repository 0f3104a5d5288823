/**
 * `lograft partition …`: the words and flags. What each does is in files of its own, loaded when it
 * runs.
 */
import type { Command } from 'commander'
import { plainCommand } from './client-flags.ts'
import { addBalanceCommand } from './moves/balance-command.ts'

export function addPartitionCommands(program: Command): void {
  const partition = plainCommand(program, 'partition')
    .description('where partitions are: even them out')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft partition balance
      which replicas would move, and why; --yes moves them
`,
    )
  addBalanceCommand(partition)
}
