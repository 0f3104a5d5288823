/**
 * `lograft bench`: the words and flags. What it does is in bench/run.ts, loaded when it runs. A
 * value that does not fit is a usage error before anything is dialled.
 */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { BenchFlags } from './bench/flags.ts'
import { ACKS, MODES } from './bench/flags.ts'
import { clientCommand, whole } from './client-flags.ts'

/** Bounds: what a load of one process can hold in memory and a broker takes. */
const CONNECTIONS_MAX = 1_000
const IN_FLIGHT_MAX = 1_000
const BATCH_BYTES_MAX = 64 * 1024 * 1024
const RECORDS_MAX = 1e12
const DURATION_MAX_SECONDS = 86_400

const EXAMPLES = `
Examples:
  lograft bench
      ten seconds of 1 KiB records in batches of 100 KiB to 127.0.0.1:9092, acks=all
  lograft bench --mode produce --connections 4 --batch-size 16384 --acks 1 --records 1000000
  lograft bench --rate 5000
      5,000 records a second, whether or not the broker keeps up: latency counts from when a
      batch was due
  lograft bench --mode fetch --topic orders
      reads what is there, from the beginning, as fast as it comes
  lograft bench --mode both --duration 60 --json
      produces and reads the same topic meanwhile; the result as one line of JSON

Without --topic a topic is made for the run and deleted afterwards. Records hold bytes that look
random, and are not compressed.
`

export function addBenchCommand(program: Command): void {
  clientCommand(program, 'bench')
    .description('measure throughput and latency of a broker, Lograft or not')
    .addOption(new Option('-m, --mode <mode>', 'what to do').choices(MODES).default('produce'))
    .option('-t, --topic <name>', 'where to; made when it does not exist')
    .option('--partitions <count>', 'of a topic that is made (default: connections)', whole(1, 1e4))
    .addOption(flag('--replicas <count>', 'of a topic that is made', whole(1, 100), 1))
    .option('-n, --records <count>', 'end after so many records', whole(1, RECORDS_MAX))
    .addOption(flag('-d, --duration <seconds>', 'or after so long', seconds, 10_000, '10'))
    .addOption(flag('-s, --record-size <bytes>', 'value of a record', whole(1, 1e9), 1024))
    .addOption(
      flag(
        '--batch-size <bytes>',
        'of a batch, all its records together',
        whole(1, BATCH_BYTES_MAX),
        102_400,
      ),
    )
    .addOption(flag('-c, --connections <count>', 'side by side', whole(1, CONNECTIONS_MAX), 1))
    .addOption(
      flag('--in-flight <count>', 'batches a connection sends ahead', whole(1, IN_FLIGHT_MAX), 5),
    )
    .addOption(
      new Option('-a, --acks <who>', 'who must have a batch before it is answered')
        .choices(ACKS)
        .default('all'),
    )
    .option('-r, --rate <records>', 'records a second over all connections', whole(1, 1e9))
    .addOption(
      flag('--fetch-size <bytes>', 'most bytes of one fetch', whole(1, BATCH_BYTES_MAX), 1_048_576),
    )
    .option('--json', 'print the result as one line of JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: BenchFlags) => (await import('./bench/run.ts')).bench(flags))
}

function flag<Value>(
  words: string,
  what: string,
  read: (text: string) => Value,
  value: Value,
  shown?: string,
): Option {
  return new Option(words, what).argParser(read).default(value, shown)
}

/** Seconds, as milliseconds. */
function seconds(text: string): number {
  const value = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (value > 0 && value <= DURATION_MAX_SECONDS) return value * 1000
  throw new InvalidArgumentError(`Expected seconds, at most ${DURATION_MAX_SECONDS}.`)
}
