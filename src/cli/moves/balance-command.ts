/**
 * The flags of `lograft partition balance` and `lograft broker drain`. What they do is in
 * balance.ts, loaded when it runs.
 */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { clientCommand, repeated, whole } from '../client-flags.ts'
import type { BalanceFlags } from './balance.ts'

const NODE_ID_MAX = 0x7fff_ffff

const load = () => import('./balance.ts')

export function addBalanceCommand(partition: Command): void {
  const command = clientCommand(partition, 'balance')
    .description('even out replicas and leaders over the brokers; says what it would move')
    .option('-t, --topic <name>', 'only this topic; may be repeated', repeated(topicName))
    .addHelpText(
      'after',
      `
Examples:
  lograft partition balance
      which replicas would move, and why
  lograft partition balance --yes --throttle 20MB
      moves them, while no broker sends or takes more than that a second for it
  lograft partition balance --resume --plan lograft-moves-2026-11-26T14-03-28.json
      goes on where Ctrl-C or a crash has ended it
  lograft partition balance --cancel --plan lograft-moves-2026-11-26T14-03-28.json
      puts every replica back where it was, in the same order
`,
    )
  moveOptions(command).action(async (flags: BalanceFlags) => (await load()).balance(flags))
}

export function addDrainCommand(broker: Command): void {
  const command = clientCommand(broker, 'drain')
    .description('move everything away from a broker; says what it would move')
    .addHelpText(
      'after',
      `
Examples:
  lograft broker drain 4
      which replicas would move, and where
  lograft broker drain 4 --yes --throttle 20MB
      moves them; the broker may be gone already
`,
    )
    .argument('<id>', 'its node id', whole(0, NODE_ID_MAX))
  moveOptions(command).action(async (id: number, flags: BalanceFlags) =>
    (await load()).drainBroker(id, flags),
  )
}

function moveOptions(command: Command): Command {
  return command
    .option('--throttle <bytes>', 'bytes a second of each broker, such as 20MB', bytes)
    .option('--max-moves <count>', 'plan no more partitions than these', whole(1))
    .option('--at-once <count>', 'partitions under way at a time; default: 4', whole(1, 1_000))
    .option('-y, --yes', 'move them')
    .option('--dry-run', 'only say what would be moved, as without --yes')
    .option('--plan <file>', 'where the plan is kept; default: a new file here')
    .option('--resume', 'go on with the plan in --plan')
    .option('--cancel', 'put back what the plan in --plan has moved')
    .option('--json', 'print JSON')
}

function topicName(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Expected the name of a topic.')
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}

/** `20MB`, `20MB/s`, `16MiB` or plain bytes. */
export function bytes(text: string): number {
  const [, amount, unit] = /^(\d{1,15}(?:\.\d+)?)\s*([kmg]i?b|)(?:\/s)?$/i.exec(text.trim()) ?? []
  const value = Math.round(Number(amount) * (UNITS[unit?.toLowerCase() ?? ''] ?? NaN))
  if (value >= 1 && Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('Expected bytes a second, such as 500KB, 20MB or 64MiB.')
}
