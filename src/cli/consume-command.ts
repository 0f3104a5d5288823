/**
 * `lograft consume`: the words and flags, each value read and checked before anything is dialled.
 * What it does is in consume.ts and consume-group.ts, loaded when it runs.
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ConsumeFlags, Isolation } from './consume.ts'
import { duration, groupName, oneOf, repeated, whole, clientCommand } from './client-flags.ts'
import { ESCAPES_HELP } from './escapes.ts'
import { NAMED_FORMATS, TOKENS, compileFormat } from './format.ts'
import { parsePosition } from './position.ts'

const ISOLATION = ['uncommitted', 'committed'] as const satisfies readonly Isolation[]

/** How long a broker may be away. */
const TIMEOUT_MS = 60_000

const EXAMPLES = `
Examples:
  lograft consume orders
      from the beginning, and then whatever comes, until Ctrl-C
  lograft consume orders --from -10 --exit
      the last ten records of each partition
  lograft consume orders --from "15m ago" --exit --json | jq .value
  lograft consume orders --format '%p:%o %k=%s\\n' --count 5
  lograft consume logs --from end | grep ERROR
  lograft consume orders --group billing
      as one of the group: it shares the partitions with the others, and goes on where it was

With --group, --from says where to begin in a partition of which nothing is committed. What was
printed is committed every 5 s, when others come or go, and at the end.

--from takes: beginning, end, an offset, -N for the last N of each partition, a time
(2026-11-25, 2026-11-25T14:30, 2026-11-25T14:30Z, @EPOCH-MS) or how long ago (10m, "2h ago").

Formats: value (the default), key-value (a tab in between), full, json, or a template of
${describeTokens()}
  and ${ESCAPES_HELP}. A template ends a record only where it says so.
`

export function addConsumeCommand(program: Command): void {
  clientCommand(program, 'consume <topic>')
    .description('print the records of a topic, and go on until Ctrl-C')
    .addOption(
      new Option('-f, --from <position>', 'where to begin: beginning, end, offset, -N, time')
        .argParser((text: string) => parsePosition(text))
        .default({ type: 'beginning' }, 'beginning'),
    )
    .option('-e, --exit', 'stop where the topic ended when this began')
    .option('-n, --count <number>', 'stop after so many records', whole(1))
    .option(
      '-p, --partition <number>',
      'only this partition; may be repeated',
      repeated(whole(0, 0x7fff_ffff)),
    )
    .addOption(
      new Option('-g, --group <group>', 'as a member of this consumer group').argParser(groupName),
    )
    .option('-F, --format <format>', `${NAMED_FORMATS.join(', ')}, or a template`, readFormat)
    .option('--json', 'short for --format json')
    .addOption(
      new Option('-Z, --null <text>', 'what stands for a key or value that is null').default(
        'null',
        'null',
      ),
    )
    .addOption(
      new Option('--isolation <level>', 'of transactions')
        .choices(ISOLATION)
        .argParser(oneOf(ISOLATION))
        .default('uncommitted'),
    )
    .addOption(
      new Option('--timeout <duration>', 'how long the broker may be away')
        .argParser(duration)
        .default(TIMEOUT_MS, '1m'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (topic: string, flags: ConsumeFlags) => {
      const { group } = flags
      if (group === undefined) return (await import('./consume.ts')).consume(topic, flags)
      const { consumeInGroup } = await import('./consume-group.ts')
      return consumeInGroup(topic, { ...flags, group })
    })
}

/** Compiled once to see that it can be; again when the other flags are known. */
function readFormat(text: string): string {
  compileFormat(text, { nullText: '' })
  return text
}

function describeTokens(): string {
  return Object.entries(TOKENS)
    .map(([letter, meaning]) => `  %${letter}  ${meaning}`)
    .join('\n')
}
