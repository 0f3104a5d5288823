/**
 * `lograft plan …`: the words and flags, and the shape of the file. What each does is in files of
 * its own, loaded when it runs.
 */
import type { Command } from 'commander'
import { plainCommand } from '../client-flags.ts'
import { grpcCommand } from '../grpc-flags.ts'
import type { ApplyFlags } from './apply.ts'
import type { MakeFlags } from './make.ts'

const FILE = `
The file, YAML or JSON, says what there shall be; what it does not name is left alone:
  topics:
    orders:
      partitions: 6
      replication-factor: 3
      configs:
        retention.ms: 86400000
      exact-configs: true              # others that are set are unset
  delete-others-with-prefix: [team-a.] # topics so named that are not above go
  cluster-configs:
    log.retention.ms: 604800000        # for all brokers
`

export function addPlanCommands(program: Command): void {
  const plan = plainCommand(program, 'plan')
    .description('bring topics and configurations to a desired state: first say how, then do it')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  lograft plan make -f topics.yaml
  lograft plan apply -f topics.yaml --yes
${FILE}`,
    )
  makeCommand(plan)
  applyCommand(plan)
}

function makeCommand(plan: Command): void {
  grpcCommand(plan, 'make', { timeout: '30s' })
    .description('print what would have to be done; changes nothing')
    .requiredOption('-f, --file <path>', 'the desired state, YAML or JSON; - is standard input')
    .option('-o, --output <path>', 'a new file to keep the plan in, for apply')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  lograft plan make -f topics.yaml
  lograft plan make -f topics.yaml -o plan.json
      the plan to be looked at, and applied as it is: lograft plan apply plan.json --yes
${FILE}`,
    )
    .action(async (flags: MakeFlags) => (await import('./make.ts')).make(flags))
}

function applyCommand(plan: Command): void {
  grpcCommand(plan, 'apply', {
    timeout: '2m',
    lasts: 'how long it may get no further before it is given up',
  })
    .description('carry a plan out, each step once; without --yes, say what it would do')
    .argument('[plan]', 'a plan that make has kept')
    .option('-f, --file <path>', 'the desired state: makes the plan first; - is standard input')
    .option('-y, --yes', 'carry it out')
    .option('--dry-run', 'have each step examined against the cluster as it is, and do nothing')
    .option('--allow-data-loss', 'also steps by which records are lost')
    .option('--key <key>', 'idempotency key; default: one of the plan')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  lograft plan apply plan.json --yes
      typed again after a crash, it goes on where it was
  lograft plan apply -f topics.yaml --yes --allow-data-loss
  lograft plan apply -f topics.yaml --grpc 10.0.0.1,10.0.0.2,10.0.0.3 --yes
      goes on at the next node when one is gone
`,
    )
    .action(async (path: string | undefined, flags: ApplyFlags) =>
      (await import('./apply.ts')).apply(path ?? null, flags),
    )
}
