/**
 * `lograft partition …`: the words and flags. What each does is in files of its own, loaded when it
 * runs.
 */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { clientCommand, plainCommand, repeated, whole } from './client-flags.ts'
import { chosenTopic, pointInTime, type ChosenTopic } from './group-flags.ts'
import { addBalanceCommand } from './moves/balance-command.ts'
import type {
  DeleteRecordsFlags,
  ElectFlags,
  ListFlags,
  OffsetsFlags,
  ReassignFlags,
} from './partition.ts'

const load = () => import('./partition.ts')

export function addPartitionCommands(program: Command): void {
  const partition = plainCommand(program, 'partition')
    .description('where partitions are, who leads them, what they hold; and change that')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft partition list --under-replicated
  lograft partition balance
      which replicas would move so that brokers hold as many; --yes moves them
  lograft partition reassign orders:0 --replicas 4,2,3 --yes
  lograft partition balance --help
      what a subcommand takes
`,
    )
  listCommand(partition)
  offsetsCommand(partition)
  addBalanceCommand(partition)
  reassignCommand(partition)
  electCommand(partition)
  deleteRecordsCommand(partition)
}

function subcommand(
  partition: Command,
  usage: string,
  description: string,
  examples: string,
): Command {
  return clientCommand(partition, usage)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples}`)
}

const TOPIC = 'only this topic, or some of its partitions (orders:0,3); may be repeated'

function listCommand(partition: Command): void {
  subcommand(
    partition,
    'list',
    'list partitions with their leaders and replicas',
    `  lograft partition list
  lograft partition list --topic orders --under-replicated
  lograft partition list --moving
      replicas that are being added and removed
`,
  )
    .alias('ls')
    .option('-t, --topic <topic>', TOPIC, repeated(chosenTopic))
    .option('--under-replicated', 'only those of which a replica is not in sync')
    .option('--offline', 'only those that nobody leads')
    .option('--moving', 'only those whose replicas are being moved')
    .option('--json', 'print JSON')
    .action(async (flags: ListFlags) => (await load()).list(flags))
}

function offsetsCommand(partition: Command): void {
  subcommand(
    partition,
    'offsets',
    'print where partitions begin and end, and which offset belongs to a time',
    `  lograft partition offsets orders
  lograft partition offsets orders:0,3 --time 2026-11-25T14:30
      the first record that is not older
`,
  )
    .argument('<topic>', 'a topic, or some of its partitions: orders:0,3', chosenTopic)
    .option('--time <time>', 'without a zone it is local', timestamp)
    .option('--json', 'print JSON')
    .action(async (topic: ChosenTopic, flags: OffsetsFlags) => (await load()).offsets(topic, flags))
}

function timestamp(text: string): number {
  const target = pointInTime(text)
  if (target.type === 'time') return target.timestampMs
  throw new InvalidArgumentError('Expected a time.')
}

function reassignCommand(partition: Command): void {
  subcommand(
    partition,
    'reassign',
    'give partitions other replicas, or take that back',
    `  lograft partition reassign orders:0 --replicas 4,2,3
      what would move; the first is the preferred leader
  lograft partition reassign orders:0 --replicas 4,2,3 --yes
      it begins at once, and goes on by itself
  lograft partition reassign orders:0 --cancel
  lograft partition balance --help
      for many at once, with a throttle and a way back
`,
  )
    .argument('<topic>', 'a topic, or some of its partitions: orders:0,3', chosenTopic)
    .option('--replicas <ids>', 'node ids by commas, the preferred leader first', nodeIds)
    .option('--cancel', 'take back what is under way')
    .option('-y, --yes', 'move them; without, only say what would move')
    .option('--json', 'print JSON')
    .action(async (topic: ChosenTopic, flags: ReassignFlags) =>
      (await load()).reassign(topic, flags),
    )
}

function nodeIds(text: string): readonly number[] {
  if (/^\d{1,10}(,\d{1,10})*$/.test(text)) return text.split(',').map(Number)
  throw new InvalidArgumentError('Expected node ids by commas, such as 4,2,3.')
}

function electCommand(partition: Command): void {
  subcommand(
    partition,
    'elect-leaders',
    'give partitions back to their preferred leaders',
    `  lograft partition elect-leaders
      wherever another one leads
  lograft partition elect-leaders --topic orders:3 --unclean
      which partitions nobody leads; with --yes, anybody leads them, and records may be lost
`,
  )
    .option('-t, --topic <topic>', TOPIC, repeated(chosenTopic))
    .option('--unclean', 'where nobody leads, let a replica lead that may lack records')
    .option('-y, --yes', 'with --unclean: do it')
    .option('--json', 'print JSON')
    .action(async (flags: ElectFlags) => (await load()).electLeaders(flags))
}

function deleteRecordsCommand(partition: Command): void {
  subcommand(
    partition,
    'delete-records',
    'delete the oldest records of partitions; says what it would delete',
    `  lograft partition delete-records orders:0 --before 1000
      where it would begin then; --yes deletes them
  lograft partition delete-records orders --all --yes
`,
  )
    .argument('<topic>', 'a topic, or some of its partitions: orders:0,3', chosenTopic)
    .option('--before <offset>', 'the first offset that stays', whole(0))
    .option('--all', 'all that there are now')
    .option('-y, --yes', 'delete them')
    .option('--json', 'print JSON')
    .action(async (topic: ChosenTopic, flags: DeleteRecordsFlags) =>
      (await load()).deleteRecords(topic, flags),
    )
}
