/**
 * `lograft config …`: the words and flags. Without a verb it prints every property of a node, as
 * the documentation has them; with one it talks to a cluster (config.ts).
 */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { NODE_ID_MAX, clientCommand, keyValue, repeated, watched, whole } from './client-flags.ts'
import type { ChangeFlags, GetFlags } from './config.ts'

const load = () => import('./config.ts')

const EXAMPLES = `
Examples:
  lograft config get --topic orders
  lograft config set retention.ms=86400000 --topic orders
  lograft config set log.retention.ms=172800000 --all-brokers
  lograft config
      every property of a node, which a file, the environment or --set of \`lograft start\` has
`

export function addConfigCommands(program: Command): void {
  const config = program
    .command('config')
    .description('get and set options of topics and brokers; alone: print every property')
    .option('--markdown', 'as the page docs/CONFIGURATION.md')
    .option('--json', 'print JSON')
    // Behind a verb they are the verb's.
    .enablePositionalOptions()
    .exitOverride()
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ListFlags) => {
      process.stdout.write(await allProperties(flags))
    })
  getCommand(config)
  setCommand(config)
  unsetCommand(config)
}

interface ListFlags {
  readonly markdown?: true
  readonly json?: true
}

async function allProperties({ markdown, json }: ListFlags): Promise<string> {
  const describe = await import('../config/describe.ts')
  if (markdown) return describe.configurationPage()
  if (json) return `${JSON.stringify(describe.optionsAsData())}\n`
  return describe.describeOptions(process.stdout.columns ?? 80)
}

function subcommand(
  config: Command,
  usage: string,
  { description, examples }: { readonly description: string; readonly examples: string },
): Command {
  return clientCommand(config, usage)
    .description(description)
    .option('-t, --topic <topic>', 'of this topic')
    .addOption(
      new Option('--broker <id>', 'of the broker with this node id').argParser(
        whole(0, NODE_ID_MAX),
      ),
    )
    .option('--all-brokers', 'of all brokers, where they do not say otherwise')
    .addHelpText('after', `\nExamples:\n${examples}`)
}

function getCommand(config: Command): void {
  const command = subcommand(config, 'get [options...]', {
    description: 'print options: their values, what set them, what they would be otherwise',
    examples: `  lograft config get --topic orders
      what is not at its default
  lograft config get retention.ms segment.bytes --topic orders
  lograft config get --broker 1 --all --json | jq -r '.[] | "\\(.name)=\\(.value)"'
`,
  }).option('-a, --all', 'also what is at its default')
  watched(command).action(async (names: readonly string[], flags: GetFlags) =>
    (await load()).get(names, flags),
  )
}

function setCommand(config: Command): void {
  subcommand(config, 'set', {
    description: 'set options, while everything runs',
    examples: `  lograft config set retention.ms=3600000 segment.ms=600000 --topic orders
  lograft config set log.retention.ms=172800000 --all-brokers --dry-run
      whether that would be taken, and what it was before
`,
  })
    .argument('<key=value...>', 'an option and its value', repeated(keyValue))
    .option('--dry-run', 'only ask whether it would be taken')
    .option('--json', 'print JSON')
    .action(async (pairs: readonly (readonly [string, string])[], flags: ChangeFlags) =>
      (await load()).set(pairs, flags),
    )
}

function unsetCommand(config: Command): void {
  subcommand(config, 'unset', {
    description: 'take options away, which then are what they would be otherwise',
    examples: `  lograft config unset retention.ms --topic orders --dry-run
      what it would be then
  lograft config unset log.retention.ms --all-brokers
`,
  })
    .argument('<keys...>', 'their names', repeated(optionName))
    .option('--dry-run', 'only say what they would be')
    .option('--json', 'print JSON')
    .action(async (names: readonly string[], flags: ChangeFlags) =>
      (await load()).unset(names, flags),
    )
}

function optionName(text: string): string {
  if (text !== '' && !text.includes('=')) return text
  throw new InvalidArgumentError('Expected the name of an option, without a value.')
}
