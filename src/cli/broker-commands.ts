/**
 * `lograft cluster …` and `lograft broker …`: the words and flags. What each does is loaded when it
 * runs.
 */
import type { Command } from 'commander'
import type { EndFlags, ShutDownFlags } from './broker-end.ts'
import { NODE_ID_MAX, clientCommand, losing, plainCommand, watched, whole } from './client-flags.ts'
import type { ClientFlags } from './client-flags.ts'
import { grpcCommand } from './grpc-flags.ts'
import { addDrainCommand } from './moves/balance-command.ts'

const load = () => import('./cluster.ts')
const loadEnd = () => import('./broker-end.ts')

export function addClusterCommands(program: Command): void {
  const cluster = plainCommand(program, 'cluster')
    .description('what there is: brokers, topics, partitions and what is wrong with them')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft cluster describe
  lograft cluster describe --watch
`,
    )
  watched(clientCommand(cluster, 'describe'))
    .description('print the brokers, and how much of what is where')
    .addHelpText(
      'after',
      `
Examples:
  lograft cluster describe
  lograft cluster describe --json | jq .underReplicated
`,
    )
    .action(async (flags: ClientFlags) => (await load()).describeCluster(flags))
}

export function addBrokerCommands(program: Command): void {
  const broker = plainCommand(program, 'broker')
    .description('list and describe brokers, move everything away from one, let one go')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft broker list
  lograft broker describe 2
  lograft broker drain 4
      which replicas would move, and where; --yes moves them
`,
    )
  watched(clientCommand(broker, 'list'))
    .alias('ls')
    .description('list all brokers, with what they lead, hold and have free')
    .addHelpText(
      'after',
      `
Examples:
  lograft broker list
  lograft broker list --watch 5s

A broker is up, silent (in service, and it did not answer), or gone (it holds replicas, and is not
in service).
`,
    )
    .action(async (flags: ClientFlags) => (await load()).listBrokers(flags))
  watched(clientCommand(broker, 'describe'))
    .description('print the directories of a broker, and what is set for it')
    .argument('<id>', 'its node id', whole(0, NODE_ID_MAX))
    .addHelpText(
      'after',
      `
Examples:
  lograft broker describe 2
  lograft broker describe 2 --json | jq '.directories[].usableBytes'
`,
    )
    .action(async (id: number, flags: ClientFlags) => (await load()).describeBroker(id, flags))
  addDrainCommand(broker)
  shutdownCommand(broker)
  unregisterCommand(broker)
}

function shutdownCommand(broker: Command): void {
  losing(grpcCommand(broker, 'shutdown', { timeout: '30s' }))
    .description('have a broker hand over what it leads, and end its process')
    .argument('<id>', 'its node id', whole(0, NODE_ID_MAX))
    .option('--force', 'also when a majority of controllers is lost by it, or partitions are')
    .addHelpText(
      'after',
      `
Examples:
  lograft broker shutdown 2 --dry-run
      what is left without it, and whether it would be refused
  lograft broker shutdown 2 --grpc 10.0.0.1,10.0.0.3
      goes on at the other node when one is gone

It is refused where no majority of the controllers would be left, or partitions would have no leader
or fewer replicas in sync than min.insync.replicas. What supervises the process must not start it again at exit code 0 (systemd: Restart=on-failure).
`,
    )
    .action(async (id: number, flags: ShutDownFlags) => (await loadEnd()).shutDownBroker(id, flags))
}

function unregisterCommand(broker: Command): void {
  losing(grpcCommand(broker, 'unregister', { timeout: '30s' }))
    .description('forget a broker that is gone for good and holds nothing any more')
    .argument('<id>', 'its node id', whole(0, NODE_ID_MAX))
    .addHelpText(
      'after',
      `
Examples:
  lograft broker drain 4 --yes
  lograft broker shutdown 4
  lograft broker unregister 4
`,
    )
    .action(async (id: number, flags: EndFlags) => (await loadEnd()).unregisterBroker(id, flags))
}
