/**
 * `lograft cluster …` and `lograft broker …`: the words and flags. What each does is loaded when it
 * runs.
 */
import type { Command } from 'commander'
import { NODE_ID_MAX, clientCommand, plainCommand, watched, whole } from './client-flags.ts'
import type { ClientFlags } from './client-flags.ts'
import { addDrainCommand } from './moves/balance-command.ts'

const load = () => import('./cluster.ts')

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
    .description('list and describe brokers, move everything away from one')
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
}
