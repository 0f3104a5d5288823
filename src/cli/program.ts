/**
 * The commands and their flags. Says what there is and hands over; what a command does is in a file
 * of its own, loaded when it runs. A usage error ends with exit code 2, not commander's 1.
 */
import { Command, CommanderError } from 'commander'
import { VERSION } from '../version.ts'
import { addBenchCommand } from './bench-command.ts'
import { addChaosCommands } from './chaos/commands.ts'
import { addCompletionCommand } from './completion-command.ts'
import { addConfigCommands } from './config-commands.ts'
import { addBrokerCommands, addClusterCommands } from './broker-commands.ts'
import { addConsumeCommand } from './consume-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addDumpCommand } from './dump-command.ts'
import { describeExitCodes, exitCodes } from './exit-codes.ts'
import { addGroupCommands } from './group-commands.ts'
import { addPartitionCommands } from './partition-commands.ts'
import { addPlanCommands } from './plan/commands.ts'
import { addProduceCommand } from './produce-command.ts'
import { addQuorumCommands } from './quorum-commands.ts'
import type { QuickstartFlags } from './quickstart.ts'
import type { StartFlags } from './start.ts'
import { addTopCommand } from './top-command.ts'
import { addTopicCommands } from './topic-commands.ts'
import { addWatchCommand } from './watch/command.ts'

const PROPERTIES = `
Properties, for --config and --set, or in the environment as LOGRAFT_LOG_DIRS for log.dirs:
`

const START_EXAMPLES = `
Examples:
  lograft start
      serves 127.0.0.1:9092, with its data in ./data/1
  lograft start --config server.properties --set log.retention.hours=24
      a file in Kafka's format, and one property that comes before it
  LOGRAFT_LOG_DIRS=/var/lib/lograft lograft start --log-level warn
      the same properties from the environment, as containers like it
`

const QUICKSTART_EXAMPLES = `
Examples:
  lograft quickstart
      serves 127.0.0.1:9092, 9094 and 9096, with its data in ./data/1, 2 and 3
  lograft quickstart --port 19092 --directory /tmp/lograft
      on other ports, with its data elsewhere
  lograft quickstart --set min.insync.replicas=1 --log-level info
      a property of all brokers, and all they have to say
`

const FAULTS_FLAG = 'short for --set fault.switches.enable=true: for tests only'

/** Runs one command line (without node and script) and ends the process when it fails. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  // Whoever read our standard output may be gone (`lograft --help | head`); no reason to fail.
  process.stdout.on('error', () => {})
  try {
    await buildProgram(await propertiesHelp(argv)).parseAsync(argv, { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    // Commander has already said what was wrong. Help and version come this way too, with 0.
    process.exitCode = thrown.exitCode === 0 ? exitCodes.clean.code : exitCodes.usage.code
  }
}

/** Answers a shell that completes a command line. */
export async function completeCommand(words: readonly string[]): Promise<void> {
  await (await import('./completion/complete.ts')).complete(buildProgram(''), words)
}

const MORE_PROPERTIES = `
Properties, for --set or in a file: \`lograft config\` prints them all.
`

/** The list of all properties; empty when this command line is not asking for it. */
async function propertiesHelp(argv: readonly string[]): Promise<string> {
  const asked = argv.some((flag) => ['--help', '-h', 'help'].includes(flag))
  const [command = ''] = argv.filter((word) => !word.startsWith('-') && word !== 'help')
  if (!asked || command !== 'start') return ''
  const { describeOptions } = await import('../config/describe.ts')
  const list = describeOptions(process.stdout.columns ?? 80)
  return `${PROPERTIES}\n${list}\n${backToTheTop(command)}`
}

/** The list is long, and what most people look for has scrolled away when it ends. */
function backToTheTop(command: string): string {
  return `Usage and flags stand above the properties: lograft ${command} --help | head -30`
}

const EXAMPLES = `
Examples:
  lograft quickstart
      three brokers on this machine; then, from another terminal:
  lograft topic create orders --partitions 3
  echo hello | lograft produce orders
  lograft consume orders --exit
  lograft COMMAND --help
      flags and examples of a command; every property of a node: lograft start --help

`

/** Every command, with its flags. `properties`: the list of them, for the help of some. */
export function buildProgram(properties: string): Command {
  const program = new Command('lograft')
    .description('A log broker for Node.js that speaks the Kafka wire protocol.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .addHelpText('after', `${EXAMPLES}${describeExitCodes()}`)
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(lograft --help lists commands)')
    .enablePositionalOptions()
    .exitOverride()

  program
    .commandsGroup('Getting started:')
    .helpCommand('help [command]', 'print what a command does')
  addNodeCommands(program, properties)
  addCompletionCommand(program)
  program.commandsGroup('Data:')
  addTopicCommands(program)
  addProduceCommand(program)
  addConsumeCommand(program)
  addGroupCommands(program)
  program.commandsGroup('Cluster:')
  addClusterCommands(program)
  addBrokerCommands(program)
  addPartitionCommands(program)
  addQuorumCommands(program)
  addConfigCommands(program)
  addPlanCommands(program)
  addWatchCommand(program)
  program.commandsGroup('Tools:')
  addTopCommand(program)
  addDoctorCommand(program)
  addDumpCommand(program)
  addBenchCommand(program)
  addChaosCommands(program)
  return program
}

/** What runs nodes here. */
function addNodeCommands(program: Command, properties: string): void {
  startCommand(program, 'start')
    .description('run one node in the foreground until SIGTERM or SIGINT')
    .addHelpText('after', START_EXAMPLES + properties)
    .action(async (flags: StartFlags) => (await import('./start.ts')).start(flags))

  program
    .command('quickstart')
    .description('run three brokers on this machine and tell what happens (what `npm start` does)')
    .option('-d, --directory <path>', 'where they keep their data, each in a folder', 'data')
    .option(
      '-p, --port <port>',
      'the first of six ports, two for each broker; 0: any that are free',
      '9092',
    )
    .option('-s, --set <key=value>', 'a property of all brokers; may be repeated', collect)
    .option('-l, --log-level <level>', 'what brokers log to standard error', 'error')
    .option('--enable-faults', FAULTS_FLAG)
    .exitOverride()
    .addHelpText('after', QUICKSTART_EXAMPLES + MORE_PROPERTIES)
    .action(async (flags: QuickstartFlags) => (await import('./quickstart.ts')).quickstart(flags))
}

const collect = (value: string, before: readonly string[] = []) => [...before, value]

/** A command that runs a node. */
function startCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .option('-c, --config <file>', 'a .properties file')
    .option('-s, --set <key=value>', 'a property; may be repeated', collect)
    .option('-l, --log-level <level>', 'short for --set log.level=<level>')
    .option('--enable-faults', FAULTS_FLAG)
    .exitOverride()
}
