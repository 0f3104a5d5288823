/**
 * `lograft topic …`: the words and flags. What each does is in topic.ts, loaded when it runs.
 */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { ClientFlags } from './client-flags.ts'
import type { CreateFlags } from './topic.ts'
import type { DeleteFlags } from './topic-delete.ts'
import type { AlterFlags } from './topic-alter.ts'
import {
  clientCommand,
  keyValue,
  losing,
  plainCommand,
  repeated,
  watched,
  whole,
} from './client-flags.ts'

const PARTITIONS_MAX = 1_000_000
const REPLICAS_MAX = 32_767

const load = () => import('./topic.ts')

export function addTopicCommands(program: Command): void {
  const topic = plainCommand(program, 'topic')
    .description('create, list, describe, alter and delete topics')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft topic create orders --partitions 6
  lograft topic describe orders
  lograft topic create --help
      what a subcommand takes
`,
    )
  createCommand(topic)
  listCommand(topic)
  describeCommand(topic)
  alterCommand(topic)
  deleteCommand(topic)
}

function subcommand(topic: Command, usage: string, description: string, examples: string): Command {
  return clientCommand(topic, usage)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples}`)
}

function createCommand(topic: Command): void {
  subcommand(
    topic,
    'create <name>',
    'create a topic',
    `  lograft topic create orders
      with the broker's defaults
  lograft topic create orders --partitions 6 --config retention.ms=86400000
  lograft topic create accounts --config cleanup.policy=compact
      keeps the last record of each key; every record needs one
  lograft topic create orders --if-not-exists
      for scripts: no error when it is there already

Topic options are Kafka's; docs/CONFIGURATION.md has them all, under Topic properties.
`,
  )
    .option('-p, --partitions <count>', "default: the broker's", whole(1, PARTITIONS_MAX))
    .option('-r, --replication-factor <count>', "default: the broker's", whole(1, REPLICAS_MAX))
    .option('-c, --config <key=value>', 'a topic option; may be repeated', repeated(keyValue))
    .option('--if-not-exists', 'do nothing when the topic exists')
    .option('--json', 'print what was created as JSON')
    .action(async (name: string, flags: CreateFlags) => (await load()).create(name, flags))
}

function listCommand(topic: Command): void {
  const command = subcommand(
    topic,
    'list',
    'list all topics, with their partitions and, where brokers tell, bytes on disk',
    `  lograft topic list
  lograft topic list --json | jq -r '.[].name'
`,
  )
  watched(command)
    .alias('ls')
    .action(async (flags: ClientFlags) => (await load()).list(flags))
}

function describeCommand(topic: Command): void {
  const command = subcommand(
    topic,
    'describe <topics...>',
    'print partitions, leaders, offsets and the configuration that is not default',
    `  lograft topic describe orders
  lograft topic describe orders payments --json
  lograft topic describe orders --watch
`,
  )
  watched(command).action(async (names: readonly string[], flags: ClientFlags) =>
    (await load()).describe(names, flags),
  )
}

function alterCommand(topic: Command): void {
  subcommand(
    topic,
    'alter <topic>',
    'change the configuration of a topic, or give it more partitions',
    `  lograft topic alter orders --partitions 12
      12 in all; there are never fewer, and keys move to other partitions
  lograft topic alter orders --config retention.ms=3600000 --delete-config segment.bytes
`,
  )
    .option('-p, --partitions <count>', 'how many there shall be', whole(1, PARTITIONS_MAX))
    .option('-c, --config <key=value>', 'set an option; may be repeated', repeated(keyValue))
    .option(
      '-d, --delete-config <key>',
      'go back to the default; may be repeated',
      repeated(optionName),
    )
    .option('--json', 'print JSON')
    .action(async (name: string, flags: AlterFlags) =>
      (await import('./topic-alter.ts')).alter(name, flags),
    )
}

function optionName(text: string): string {
  if (text !== '' && !text.includes('=')) return text
  throw new InvalidArgumentError('Expected the name of an option, without a value.')
}

function deleteCommand(topic: Command): void {
  const command = subcommand(
    topic,
    'delete <topics...>',
    'delete topics with all their records',
    `  lograft topic delete orders
  lograft topic delete orders payments --if-exists --yes
  lograft topic delete orders --dry-run
      how many records would be lost
`,
  )
    .alias('rm')
    .option('--if-exists', 'do nothing for a topic that does not exist')
  losing(command).action(async (names: readonly string[], flags: DeleteFlags) =>
    (await import('./topic-delete.ts')).remove(names, flags),
  )
}
