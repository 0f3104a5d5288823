/** `lograft dump`: the words and flags. What it does is in dump.ts, loaded when it runs. */
import type { Command } from 'commander'
import { plainCommand } from './client-flags.ts'
import type { DumpFlags } from './dump.ts'

const EXAMPLES = `
Examples:
  lograft dump data/1/orders-0/00000000000000000000.log
      one line for each batch
  lograft dump data/1/orders-0 --records
      the records too; all files of a partition
  lograft dump data/1 --deep > /dev/null
      checks a whole data directory; what is damaged is said on standard error
  lograft dump data/1/__cluster_metadata-0 --json | jq .
  lograft dump data/1/store --records
      committed offsets and groups, as this node has them

It reads segments (.log), indexes (.index, .timeindex, .txnindex), producer snapshots (.snapshot),
checkpoints, partition.metadata, meta.properties, quorum-state, the metadata log and its snapshots
(.checkpoint), Kafka's own as well; and a copy of the store, in the system's temporary directory. It changes nothing and takes no lock, so the node may run.
Exit code 3: something is damaged, and the message says in which file and at which byte.
`

export function addDumpCommand(program: Command): void {
  plainCommand(program, 'dump <paths...>')
    .description('print and check files of a data directory')
    .option('-r, --records', 'print the records of each batch')
    .option('-d, --deep', 'open every batch and hold indexes against their log')
    .option('--json', 'one JSON object per line')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], flags: DumpFlags) =>
      (await import('./dump.ts')).dump(paths, flags),
    )
}
