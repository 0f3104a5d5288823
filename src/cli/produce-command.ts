/**
 * `lograft produce`: the words and flags, each value read and checked before anything is dialled.
 * What it does is in produce.ts, loaded when it runs.
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Codec } from '../records/batch.ts'
import { readEscapes } from './escapes.ts'
import type { Acks, ProduceFlags } from './produce.ts'
import { duration, keyValue, oneOf, repeated, whole, clientCommand } from './client-flags.ts'

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const satisfies readonly Codec[]
const ACKS = ['all', '1', '0'] as const satisfies readonly Acks[]

/** More than this no broker takes as one batch by default. */
const BATCH_BYTES = 256 * 1024
const BATCH_BYTES_MAX = 64 * 1024 * 1024
/** Kafka's `linger.ms` and `delivery.timeout.ms`. */
const LINGER_MS = 5
const DELIVERY_TIMEOUT_MS = 120_000

const EXAMPLES = `
Examples:
  seq 1 1000 | lograft produce numbers
  lograft produce orders --key-separator : < orders.txt
      each line is KEY:VALUE; records of one key stay in order, in one partition
  tail -F app.log | lograft produce logs --compression zstd --header host=web-1
  lograft topic create copy --partitions 3
  lograft consume orders --exit --json | lograft produce copy --json
      keys, values, headers, timestamps and partitions go along, so that the copy needs as many
      partitions as there are in the original
  echo order-17 | lograft produce orders --tombstones
      a record with this key and no value

Each line is a record; the line feed is not part of it. Exit code 7: not everything was
acknowledged, and the message says how many lines were and which was the first that was not.
`

export function addProduceCommand(program: Command): void {
  clientCommand(program, 'produce <topic>')
    .description('send the lines of standard input to a topic')
    .option('-k, --key <key>', 'the key of all records')
    .option(
      '-K, --key-separator <text>',
      String.raw`what stands between key and value in each line, such as : or \t`,
      readEscapes,
    )
    .option(
      '-H, --header <key=value>',
      'a header of all records; may be repeated',
      repeated(keyValue),
    )
    .option('-p, --partition <number>', 'send to this partition only', whole(0, 0x7fff_ffff))
    .option('-Z, --null <text>', 'a key or value that reads so is null')
    .option('--tombstones', 'each line is a key, and its value null')
    .option('--json', 'each line is a record as `consume --json` prints it')
    .addOption(
      new Option('-z, --compression <codec>', 'of batches')
        .choices(CODECS)
        .argParser(oneOf(CODECS))
        .default('none'),
    )
    .addOption(
      new Option(
        '-a, --acks <who>',
        'who must have a record: all in-sync replicas, the leader, nobody',
      )
        .choices(ACKS)
        .argParser(readAcks)
        .default('all'),
    )
    .option('--no-idempotence', 'without a producer id: a retry may write a record twice')
    .option('--no-create', 'do not let the broker create the topic when it does not exist')
    .addOption(
      new Option('--batch-size <bytes>', 'a batch is sent when it has so many')
        .argParser(whole(1, BATCH_BYTES_MAX))
        .default(BATCH_BYTES, '256 KiB'),
    )
    .addOption(
      new Option('--linger <duration>', 'or when it is so old')
        .argParser(duration)
        .default(LINGER_MS, '5ms'),
    )
    .addOption(
      new Option('--timeout <duration>', 'how long a batch is tried before it has failed')
        .argParser(duration)
        .default(DELIVERY_TIMEOUT_MS, '2m'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (topic: string, flags: ProduceFlags) =>
      (await import('./produce.ts')).produceLines(topic, flags),
    )
}

/** −1 is how Kafka writes `all`. */
function readAcks(text: string): Acks {
  return oneOf(ACKS)(text === '-1' ? 'all' : text)
}
