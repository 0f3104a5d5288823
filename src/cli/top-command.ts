/** `lograft top`: the words and flags. What it does is in top/, loaded when it runs. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { clientCommand, duration, oneOf } from './client-flags.ts'
import { SORTS } from './top/screen.ts'
import type { TopFlags } from './top/top.ts'

const INTERVAL_MIN_MS = 200

const EXAMPLES = `
Examples:
  lograft top
      q leaves, s sorts, p shows partitions in place of topics, the space bar looks now
  lograft top --once
      one picture, of the next two seconds
  lograft top --json --interval 10s | jq -c '[.timestamp, .total.records, .total.lag]'
      a line every ten seconds

Rates are those of the time between two looks: records that were added, and bytes by which the
leaders' files grew.
`

export function addTopCommand(program: Command): void {
  clientCommand(program, 'top')
    .description('watch brokers, topics and groups: rates, sizes, lag')
    .addOption(
      new Option('-i, --interval <duration>', 'from one look to the next')
        .default(2_000, '2s')
        .argParser(interval),
    )
    .addOption(
      new Option('-s, --sort <key>', `what comes first: ${SORTS.join(', ')}`)
        .choices(SORTS)
        .default('rate')
        .argParser(oneOf(SORTS)),
    )
    .option('-p, --partitions', 'single partitions in place of topics')
    .option('--once', 'print once, and end')
    .option('--json', 'print JSON, one object per look')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: TopFlags) => (await import('./top/top.ts')).top(flags))
}

function interval(text: string): number {
  const ms = duration(text)
  if (ms >= INTERVAL_MIN_MS) return ms
  throw new InvalidArgumentError(`Expected ${INTERVAL_MIN_MS}ms or more.`)
}
