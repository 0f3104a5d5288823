// Goal: whatever the program has can be completed, and nothing else, wherever the line is cut.
// Method: a small program with every kind of word; then the real one, all of it.
import { Argument, Command, Option } from 'commander'
import { describe, expect, test } from 'vitest'
import { completionOf } from '../../../../src/cli/completion/candidates.ts'
import { buildProgram } from '../../../../src/cli/program.ts'

const program = new Command('lograft').version('1')
const topic = program.command('topic').description('topics')
topic
  .command('create <name>')
  .option('-p, --partitions <count>', 'how many')
  .option('--json', 'print JSON')
topic.command('delete <topics...>').alias('rm')
program
  .command('consume <topic>')
  .option('-g, --group <group>')
  .addOption(new Option('--isolation <level>').choices(['committed', 'uncommitted']))
program.command('dump <paths...>')
program.command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh']))

const wordsOf = (...words: string[]) =>
  completionOf(program, words).candidates.map(({ word }) => word)
const lookupOf = (...words: string[]) => completionOf(program, words).lookup

describe('nouns and verbs', () => {
  test.each([
    [[''], ['topic', 'consume', 'dump', 'completion', 'help']],
    [['co'], ['consume', 'completion']],
    [
      ['topic', ''],
      ['create', 'delete', 'help'],
    ],
    [['topic', 'd'], ['delete']],
    [['nonsense', ''], []],
    [['topic', 'create', ''], []],
    [['completion', 'z'], ['zsh']],
  ])('%j', (words, expected) => {
    expect(wordsOf(...words)).toEqual(expected)
  })
})

describe('flags', () => {
  test.each([
    [
      ['topic', 'create', '-'],
      ['--partitions', '--json', '--help'],
    ],
    [['topic', 'create', 'x', '--p'], ['--partitions']],
    [['topic', 'create', '--partitions', ''], []],
    [['consume', '--isolation', 'c'], ['committed']],
    [['consume', '--isolation=u'], ['--isolation=uncommitted']],
    [['consume', '--isolation', '=', 'u'], ['uncommitted']],
    [
      ['consume', '--isolation', '='],
      ['committed', 'uncommitted'],
    ],
    [['consume', '--', '--'], []],
  ])('%j', (words, expected) => {
    expect(wordsOf(...words)).toEqual(expected)
  })

  test('say what they are for', () => {
    expect(completionOf(program, ['topic', 'create', '--j']).candidates).toEqual([
      { word: '--json', about: 'print JSON' },
    ])
  })
})

describe('what a cluster or a disk knows', () => {
  test.each([
    [['consume', ''], 'topics'],
    [['consume', '-g', ''], 'groups'],
    [['consume', '--group=b'], 'groups'],
    [['consume', 'orders', ''], null],
    [['topic', 'rm', 'orders', 'p'], 'topics'],
    [['topic', 'create', ''], null],
    [['dump', ''], 'files'],
  ] as const)('%j is of %s', (words, expected) => {
    expect(lookupOf(...words)).toBe(expected)
  })

  test('is put behind the flag that stands already', () => {
    expect(completionOf(program, ['consume', '--group=b'])).toMatchObject({
      ...{ prefix: '--group=', typed: 'b' },
    })
  })
})

test('every command of the real program is reached, with its flags', () => {
  const real = buildProgram('')
  const visit = (command: Command, path: readonly string[]) => {
    const { candidates } = completionOf(real, [...path, ''])
    for (const below of command.commands) {
      expect(candidates.map(({ word }) => word)).toContain(below.name())
      visit(below, [...path, below.name()])
    }
    const flags = completionOf(real, [...path, '--']).candidates.map(({ word }) => word)
    for (const { long } of command.options) expect(flags).toContain(long)
  }
  visit(real, [])
})

test.each([
  [
    ['produce', 'orders', '--acks', ''],
    ['all', '1', '0'],
  ],
  [['produce', 'orders', '--compression', 'l'], ['lz4']],
  [['consume', 'orders', '--isolation', 'c'], ['committed']],
  [['group', 'list', '--state', 'st'], ['stable']],
])('the real program has values for %j', (words, expected) => {
  expect(completionOf(buildProgram(''), words).candidates.map(({ word }) => word)).toEqual(expected)
})

test.each([
  [['broker', 'describe', '']],
  [['broker', 'shutdown', '']],
  [['config', 'get', '--broker', '']],
  [['quorum', 'transfer', '']],
  [['quorum', 'remove', '1', '']],
])('the real program completes ids of brokers for %j', (words) => {
  expect(completionOf(buildProgram(''), words).lookup).toBe('brokers')
})
