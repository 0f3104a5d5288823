/** `lograft completion`: the words. The scripts are in completion/. */
import { Argument, type Command } from 'commander'
import { plainCommand } from './client-flags.ts'
import { SHELLS, scriptOf, type Shell } from './completion/scripts.ts'

const EXAMPLES = `
Examples:
  source <(lograft completion bash)
      in this shell; for every shell, append the line to ~/.bashrc
  source <(lograft completion zsh)
      in ~/.zshrc, behind compinit
  lograft completion fish > ~/.config/fish/completions/lograft.fish

Names of topics and groups are asked of the cluster, for a second at most, where --bootstrap or
LOGRAFT_BOOTSTRAP says.
`

export function addCompletionCommand(program: Command): void {
  plainCommand(program, 'completion')
    .description('print what a shell needs to complete commands, flags, topics and groups')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action((shell: Shell) => void process.stdout.write(scriptOf(shell)))
}
