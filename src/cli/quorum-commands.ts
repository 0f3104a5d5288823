/**
 * `lograft quorum …`: the words and flags. What each does is in quorum.ts, loaded when it runs.
 */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { Voter } from '../config/addresses.ts'
import { voter } from '../config/addresses.ts'
import { NODE_ID_MAX, losing, plainCommand, repeated, watched, whole } from './client-flags.ts'
import { GRPC_PORT, grpcCommand } from './grpc-flags.ts'
import type { QuorumFlags, RemoveFlags } from './quorum.ts'

interface AddFlags extends QuorumFlags {
  readonly replaces?: number
}

const load = () => import('./quorum.ts')

export function addQuorumCommands(program: Command): void {
  const quorum = plainCommand(program, 'quorum')
    .description('describe and change the controllers that agree on metadata')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft quorum status
  lograft quorum replace 3 4@10.0.0.4:9093
  lograft quorum add --help
      what a subcommand takes
`,
    )
  statusCommand(quorum)
  transferCommand(quorum)
  addCommand(quorum)
  replaceCommand(quorum)
  removeCommand(quorum)
}

function subcommand(
  quorum: Command,
  usage: string,
  { description, timeout, examples }: { description: string; timeout: string; examples: string },
): Command {
  return grpcCommand(quorum, usage, { timeout })
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples}`)
}

function statusCommand(quorum: Command): void {
  const command = subcommand(quorum, 'status', {
    description: 'print who leads, who votes, and how far each of them is',
    timeout: '30s',
    examples: `  lograft quorum status
  lograft quorum status --json | jq .leaderId
  lograft quorum status --watch
`,
  })
  watched(command).action(async (flags: QuorumFlags) => (await load()).status(flags))
}

function transferCommand(quorum: Command): void {
  subcommand(quorum, 'transfer', {
    description: 'let another voter lead: that one, or the one that is best prepared',
    timeout: '30s',
    examples: `  lograft quorum transfer
      before the machine of the leader goes down
  lograft quorum transfer 2
`,
  })
    .argument('[node]', 'its node.id', whole(0, NODE_ID_MAX))
    .option('--json', 'print JSON')
    .action(async (node: number | undefined, flags: QuorumFlags) =>
      (await load()).transfer(node ?? null, flags),
    )
}

function addCommand(quorum: Command): void {
  subcommand(quorum, 'add', {
    description: 'let a node vote that was started with an empty directory and waits to be added',
    timeout: '10m',
    examples: `  lograft quorum add 4@10.0.0.4:9093
      it catches up first, which may take a while; then it votes
  lograft quorum add 4@10.0.0.4:9093 --replaces 3
      and 3, which may be gone for good, votes no more: in one step
`,
  })
    .argument('<id@host:port>', 'its node.id and grpc.listener', readVoter)
    .option('-r, --replaces <node>', 'a voter that goes', whole(0, NODE_ID_MAX))
    .option('--json', 'print JSON')
    .action(async (node: Voter, flags: AddFlags) =>
      (await load()).add(node, flags.replaces ?? null, flags),
    )
}

function replaceCommand(quorum: Command): void {
  subcommand(quorum, 'replace', {
    description: 'let one node vote in the place of another (add --replaces)',
    timeout: '10m',
    examples: `  lograft quorum replace 3 4@10.0.0.4:9093
      while 3 is gone
  lograft quorum replace 3 3@10.0.0.3:9093
      3 has lost its disk and was started with an empty one
`,
  })
    .argument('<old>', 'node.id of the voter that goes', whole(0, NODE_ID_MAX))
    .argument('<id@host:port>', 'node.id and grpc.listener of the one that comes', readVoter)
    .option('--json', 'print JSON')
    .action(async (old: number, node: Voter, flags: QuorumFlags) =>
      (await load()).add(node, old, flags),
    )
}

function removeCommand(quorum: Command): void {
  const command = subcommand(quorum, 'remove', {
    description: 'let nodes vote no more; refused when too few would be left',
    timeout: '30s',
    examples: `  lograft quorum remove 3
  lograft quorum remove 4 5
      both in one step
  lograft quorum remove 3 --dry-run
      how many of how many would be left
`,
  }).argument('<nodes...>', 'their node.ids', repeated(whole(0, NODE_ID_MAX)))
  losing(command).action(async (nodes: readonly number[], flags: RemoveFlags) =>
    (await load()).remove(nodes, flags),
  )
}

function readVoter(text: string): Voter {
  const withPort = /:\d+$/.test(text.trim()) ? text : `${text.trim()}:${GRPC_PORT}`
  const parsed = voter.parse(withPort, 'node')
  if ('problem' in parsed || parsed.value.port === 0 || parsed.value.nodeId > NODE_ID_MAX)
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no node: expected id@host:port, such as 4@10.0.0.4:9093.`,
    )
  return parsed.value
}
