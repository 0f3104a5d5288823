/** `lograft watch`: the words and flags. What it does is in watch.ts, loaded when it runs. */
import type { Command } from 'commander'
import { whole } from '../client-flags.ts'
import { grpcCommand } from '../grpc-flags.ts'
import type { WatchFlags } from './watch.ts'

export function addWatchCommand(program: Command): void {
  grpcCommand(program, 'watch', {
    timeout: '2m',
    lasts: 'how long no node may answer before it is given up',
  })
    .description('print every change of topics, partitions, configurations and brokers')
    .option('--after <offset>', 'go on behind this metadata offset, if it is still held', whole(0))
    .option('--json', 'print JSON, an object per line, beginning with all there is')
    .addHelpText(
      'after',
      `
Examples:
  lograft watch --grpc 10.0.0.1,10.0.0.2
      until Ctrl-C; goes on at the next node when one is gone, and misses nothing
  lograft watch --after 1200 --json
`,
    )
    .action(async (flags: WatchFlags) => (await import('./watch.ts')).watch(flags))
}
