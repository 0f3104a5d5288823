/**
 * `lograft group …`: the words and flags. What each does is in files of their own, loaded when it
 * runs.
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ClientFlags } from './client-flags.ts'
import {
  clientCommand,
  groupName,
  losing,
  plainCommand,
  repeated,
  watched,
  whole,
} from './client-flags.ts'
import type { ListFlags } from './group.ts'
import type { LosingFlags } from './group-delete.ts'
import type { ResetFlags } from './group-flags.ts'
import { STATES, ago, chosenTopic, pointInTime, shift, stateName } from './group-flags.ts'

const load = () => import('./group.ts')

export function addGroupCommands(program: Command): void {
  const group = plainCommand(program, 'group')
    .description('list, describe, reset and delete consumer groups')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft group list
  lograft group describe billing
  lograft group reset-offsets billing --topic orders --to-earliest
      what that would change; --execute does it
  lograft group reset-offsets --help
      what a subcommand takes
`,
    )
  listCommand(group)
  describeCommand(group)
  resetCommand(group)
  deleteCommand(group)
}

function subcommand(group: Command, usage: string, description: string, examples: string): Command {
  return clientCommand(group, usage)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples}`)
}

function listCommand(group: Command): void {
  const command = subcommand(
    group,
    'list',
    'list all groups, with their state and members',
    `  lograft group list
  lograft group list --state stable --state empty
  lograft group list --json | jq -r '.[].group'
`,
  )
    .alias('ls')
    .addOption(
      new Option('-s, --state <state>', 'only groups in this state; may be repeated')
        .choices(STATES)
        .argParser(repeated(stateName)),
    )
  watched(command).action(async (flags: ListFlags) => (await load()).list(flags))
}

function describeCommand(group: Command): void {
  const command = subcommand(
    group,
    'describe',
    'print where groups are in each partition, how far behind, and who reads it',
    `  lograft group describe billing
  lograft group describe billing audit --json | jq '.[].partitions[].lag'
  lograft group describe billing --watch
`,
  ).argument('<groups...>', 'their names', repeated(groupName))
  watched(command).action(async (groups: readonly string[], flags: ClientFlags) =>
    (await load()).describe(groups, flags),
  )
}

function resetCommand(group: Command): void {
  subcommand(
    group,
    'reset-offsets',
    'set where a group goes on, while nobody is in it; without --execute only say what would be',
    `  lograft group reset-offsets billing --topic orders --to-earliest
  lograft group reset-offsets billing --topic orders:0,2 --to-offset 1200 --execute
  lograft group reset-offsets billing --all-topics --to-datetime 2026-11-25T14:30 --execute
  lograft group reset-offsets billing --all-topics --by-duration PT1H
      the first records of the last hour
  lograft group reset-offsets billing --topic orders --shift-by -10

Offsets before the beginning or behind the end of a partition become those. A group that does not
exist yet is made, and begins there.
`,
  )
    .argument('<group>', 'its name', groupName)
    .addOption(
      new Option(
        '-t, --topic <topic[:partitions]>',
        'a topic, or some of its partitions; may be repeated',
      ).argParser(repeated(chosenTopic)),
    )
    .option('--all-topics', 'all topics of which the group has committed anything')
    .option('--to-earliest', 'to the first record kept')
    .option('--to-latest', 'to the end')
    .option('--to-offset <offset>', 'to this offset', whole(0))
    .addOption(
      new Option(
        '--to-datetime <time>',
        'to the first record that is not older, or else the end: a time, without a zone local, or "2h ago"',
      ).argParser((text) => pointInTime(text)),
    )
    .addOption(
      new Option(
        '--by-duration <duration>',
        'the same, so long ago: PT1H30M, P1D, or 90m',
      ).argParser((text) => ago(text)),
    )
    .addOption(
      new Option('--shift-by <number>', 'so many records on, or back when negative').argParser(
        shift,
      ),
    )
    .option('--execute', 'do it')
    .option('--json', 'print JSON')
    .action(async (name: string, flags: ResetFlags) =>
      (await import('./group-reset.ts')).resetOffsets(name, flags),
    )
}

function deleteCommand(group: Command): void {
  const command = subcommand(
    group,
    'delete',
    'delete groups that nobody is in, with all they have committed',
    `  lograft group delete billing
  lograft group delete billing audit --yes
  lograft group delete billing --dry-run
      in how many partitions the group would begin anew
`,
  )
    .alias('rm')
    .argument('<groups...>', 'their names', repeated(groupName))
  losing(command).action(async (groups: readonly string[], flags: LosingFlags) =>
    (await import('./group-delete.ts')).remove(groups, flags),
  )
}
