/** `lograft broker …`: the words. */
import type { Command } from 'commander'
import { plainCommand } from './client-flags.ts'
import { addDrainCommand } from './moves/balance-command.ts'

export function addBrokerCommands(program: Command): void {
  const broker = plainCommand(program, 'broker')
    .description('move everything away from a broker')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft broker drain 4
      which replicas would move, and where; --yes moves them
`,
    )
  addDrainCommand(broker)
}
