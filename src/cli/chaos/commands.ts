/**
 * `lograft chaos …`: the words and flags. What each does is in files of its own, loaded when it
 * runs.
 */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { keyValue, plainCommand, readPlaces, repeated, whole } from '../client-flags.ts'
import type { CheckFlags } from './check.ts'
import type { ReplayFlags } from './replay.ts'
import type { RunFlags } from './run.ts'

const SECONDS_MAX = 7 * 86_400
const SEED_MAX = 0xffff_ffff
const PID_MAX = 0x3fff_ffff
/** Where reports are, unless somebody says where. */
const REPORT = 'chaos-report'

const RUN_EXAMPLES = `
Examples:
  lograft chaos run
      every scenario of the default suite, one after the other, each on a cluster of its own
  lograft chaos run kill-leader pause-leader --seconds 20 --seed 7
  lograft chaos run ./my-scenario.js
      one of yours: docs/CHAOS.md says how to write it
  lograft chaos run kill-leader --kafka ./kafka_2.13-4.1.1
      the same load and the same checkers against Apache Kafka: its unpacked download, a directory
      of jars or a class path; faults are signals and what clients do
  lograft chaos run kill-leader --bootstrap 127.0.0.1:9092 --pid 1=811 --pid 2=812 --pid 3=813 \\
    --start 'systemctl start broker@{id} && systemctl show -P MainPID broker@{id}'
      a cluster that runs: topics are made in it, and deleted after a run that passed; its
      processes are killed. Without --start
      they are only paused, without --pid only watched. The command goes on as the node itself,
      or ends and prints a line with the number of the node's process

A run is valid, invalid or unknown; what could not be looked at proves nothing, so unknown is no
success. Ctrl-C takes back what was done, reads, judges and reports what there is.
`

export function addChaosCommands(program: Command): void {
  const chaos = plainCommand(program, 'chaos')
    .description('hurt a cluster on purpose, under load, and be told what that did')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft chaos list
  lograft chaos run kill-leader
  lograft chaos replay chaos-report/kill-leader-7
  lograft chaos check chaos-report/kill-leader-7/history.jsonl
`,
    )
  runCommand(chaos)
  listCommand(chaos)
  checkCommand(chaos)
  replayCommand(chaos)
}

function runCommand(chaos: Command): void {
  const run = plainCommand(chaos, 'run')
    .description('run scenarios, and judge what clients were told')
    .argument('[scenarios...]', 'names of the default suite, or .js files (default: the suite)')
    .option('--seed <number>', 'what is drawn from it is drawn again', whole(0, SEED_MAX))
    .option('--seconds <count>', 'how long faults are made', whole(1, SECONDS_MAX))
    .option('--short', 'four of the suite, or those named, 15 s of faults each')
  reported(run)
  run
    .addOption(
      new Option('-b, --bootstrap <host:port>', 'a running cluster, which is hurt')
        .conflicts('kafka')
        .argParser((text) => readPlaces(text, { flag: '--bootstrap', port: 9092 })),
    )
    .option('--pid <id=pid>', 'the process of a node of it; may be repeated', repeated(nodePid))
    .option('--start <command>', 'what starts a node of it again, {id} for which')
    .addOption(
      new Option('--kafka <jars>', 'nodes of Apache Kafka from these jars, which needs Java'),
    )
    .option('-s, --set <key=value>', 'a property of brokers; may be repeated', repeated(keyValue))
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (scenarios: readonly string[], flags: RunFlags) =>
      (await import('./run.ts')).run(scenarios, flags),
    )
}

function listCommand(chaos: Command): void {
  plainCommand(chaos, 'list')
    .description('list the scenarios of the default suite, and what each shows')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  lograft chaos list
  lograft chaos list --json | jq -r '.scenarios[].name'
`,
    )
    .action(async (flags: { json?: true }) => (await import('./list.ts')).list(flags))
}

function checkCommand(chaos: Command): void {
  plainCommand(chaos, 'check')
    .description('judge a history again, whoever wrote it')
    .argument('<path>', 'the folder of a report, or a history.jsonl')
    .option('-r, --report <directory>', 'write a report of it there')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  lograft chaos check chaos-report/kill-leader-7/history.jsonl
  lograft chaos check history.jsonl --json | jq '.findings.counts'

What a line of a history may be: dist/chaos/history/events.d.ts of the package.
`,
    )
    .action(async (path: string, flags: CheckFlags) =>
      (await import('./check.ts')).check(path, flags),
    )
}

function replayCommand(chaos: Command): void {
  const replay = plainCommand(chaos, 'replay')
    .description('make the very same faults again, at the same times')
    .argument('<path>', 'the folder of a report, or its schedule.json')
  reported(replay)
  replay
    .addHelpText(
      'after',
      `
Examples:
  lograft chaos replay chaos-report/kill-leader-7
  lograft chaos replay schedule.json
      a schedule is read by people, too, and may be shortened by hand

Faults come at the same times and hit the same roles; what they meet is the machine's, so a verdict
need not be the same again.
`,
    )
    .action(async (path: string, flags: ReplayFlags) =>
      (await import('./replay.ts')).replay(path, flags),
    )
}

/** What everything that runs has. */
function reported(command: Command): void {
  command
    .option('-r, --report <directory>', 'where the reports go, a folder each', REPORT)
    .option('--keep', 'keep data of nodes after a run that passed, too')
    .option('--json', 'print the results as JSON, a line for each run')
}

/** `1=8123`: node 1 is process 8123. */
function nodePid(text: string): readonly [node: number, pid: number] {
  const [, node, pid] = /^(\d{1,10})=(\d{1,10})$/.exec(text) ?? []
  if (node !== undefined && pid !== undefined && Number(pid) > 1 && Number(pid) <= PID_MAX)
    return [Number(node), Number(pid)]
  throw new InvalidArgumentError('Expected the id of a node and its process, such as 1=8123.')
}
