#!/usr/bin/env node
/**
 * The `lograft` command. Answers --version by itself and loads everything else only when asked for:
 * parsing flags, reading configuration and running a node each cost imports (docs/adr: start-up has
 * a budget). The exit code is what exit-codes.ts says.
 */
import { VERSION } from '../version.ts'

if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  process.stdout.write(`${VERSION}\n`)
} else if (process.argv[2] === '__complete') {
  // Before any flag is parsed: the words are somebody's who is still typing.
  const { completeCommand } = await import('./program.ts')
  await completeCommand(process.argv.slice(3))
} else {
  const { runCommand } = await import('./program.ts')
  await runCommand(process.argv.slice(2))
}
