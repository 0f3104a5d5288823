// Goal: docs/CLI.md names every command there is, and no other. Method: its table against the
// program.
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { buildProgram } from '../../../src/cli/program.ts'

const page = readFileSync(new URL('../../../docs/CLI.md', import.meta.url), 'utf8')

/** `topic create`, for everything that does something. */
function commandsBelow(command: Command, path: readonly string[] = []): readonly string[] {
  return command.commands.flatMap((one) => {
    const own = [...path, one.name()]
    return one.commands.length > 0 ? commandsBelow(one, own) : [own.join(' ')]
  })
}

/** A row is "`topic create`, `list`": the noun stands once. */
function documented(): readonly string[] {
  const table = page.slice(0, page.indexOf('\n## '))
  return [...table.matchAll(/^\| (`[a-z].*?) \|/gm)].flatMap(([, cell = '']) => {
    const [first = '', ...verbs] = [...cell.matchAll(/`([^`]+)`/g)].map(([, words = '']) =>
      words.replace(/ [A-Z[-].*$/, ''),
    )
    const [noun = ''] = first.split(' ')
    return [first, ...verbs.map((verb) => `${noun} ${verb}`)]
  })
}

test('the table of commands has every one of them, and no other', () => {
  const commands = ['config', ...commandsBelow(buildProgram(''))]
  expect([...new Set(documented())].sort()).toEqual(commands.sort())
})
