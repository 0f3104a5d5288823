/** `lograft doctor`: the words and flags. What it does is in doctor/, loaded when it runs. */
import { Option, type Command } from 'commander'
import { GRPC_VARIABLE, clientCommand, readPlaces } from './client-flags.ts'
import type { DoctorFlags } from './doctor/doctor.ts'

const EXAMPLES = `
Examples:
  lograft doctor -b broker-1:9092
      from where clients are, to see what they see
  lograft doctor --directory /var/lib/lograft
      on the machine of a broker: how long an fsync takes on its disk
  lograft doctor --json | jq '.findings[] | select(.verdict == "problem")'

Exit code 0 when there is no problem; a warning is none.
`

export function addDoctorCommand(program: Command): void {
  clientCommand(program, 'doctor')
    .description('examine a cluster: what is broken, what will be, and what to do about it')
    .addOption(
      new Option(
        '-g, --grpc <host:port>',
        'grpc.listener of a node, for what only controllers tell (default: where brokers say)',
      )
        .env(GRPC_VARIABLE)
        .argParser((text) => readPlaces(text, { flag: '--grpc', port: 9093 })),
    )
    .option('-d, --directory <path>', 'measure an fsync there; nothing is left behind')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DoctorFlags) => (await import('./doctor/doctor.ts')).doctor(flags))
}
