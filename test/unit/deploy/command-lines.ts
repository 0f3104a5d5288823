/** Whether the command takes a line as it stands in a file or on a page; nothing is run. */
import type { Command } from 'commander'
import { buildProgram } from '../../../src/cli/program.ts'

/** What is wrong with the words behind `lograft`; null for nothing. */
export function commandFault(words: readonly string[]): string | null {
  let command: Command = buildProgram('')
  let rest = [...words]
  for (;;) {
    const found = command.commands.find((one) => one.name() === rest[0])
    if (found === undefined) break
    command = found
    rest = rest.slice(1)
  }
  if (command.commands.length > 0) return `no command: ${rest[0] ?? 'nothing'}`
  const { operands, unknown } = command.parseOptions(rest)
  if (unknown.length > 0) return `unknown: ${unknown.join(' ')}`
  const { registeredArguments } = command
  const required = registeredArguments.filter((argument) => argument.required).length
  const most = registeredArguments.some(({ variadic }) => variadic)
    ? Infinity
    : registeredArguments.length
  return operands.length < required || operands.length > most
    ? `${operands.length} arguments`
    : null
}

/** The `lograft …` commands in a page's blocks and in its text. */
export function commandsIn(markdown: string): readonly string[] {
  const inBlocks = [...markdown.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .flatMap((line) => /(?:^|.*\s)lograft (\w.*)$/.exec(line.trim())?.[1] ?? []),
  )
  const inText = [...markdown.replaceAll(/```.*?```/gs, '').matchAll(/`lograft\s+(\w[^`]*)`/g)]
  return [...inBlocks, ...inText.map(([, words = '']) => words.replaceAll(/\s+/g, ' '))]
}
