// Goal: the command as a shell sees it: what it prints where, and its exit codes.
// Method: run src/cli/main.ts as a child process, as `lograft` runs.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { nodeOptionNames } from '../../../src/config/node-options.ts'
import { VERSION } from '../../../src/version.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

function lograft(...args: string[]) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('LOGRAFT_'))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/cli/main.ts', ...args],
    { cwd: root, encoding: 'utf8', env: Object.fromEntries(environment) },
  )
  return { status, stdout, stderr }
}

test('--version prints the version of package.json', () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  expect(VERSION).toBe(version)
  expect(lograft('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test.runIf(process.platform !== 'win32')('what the build made can be run as it is', () => {
  const built = path.join(root, 'dist/cli/main.js')
  expect(spawnSync(built, ['--version'], { encoding: 'utf8' }).stdout).toBe(`${VERSION}\n`)
})

test.each([[['start', '--help']], [['help', 'start']], [['config']]])(
  '%j lists every property on standard output',
  (args) => {
    const { status, stdout, stderr } = lograft(...args)
    expect([status, stderr]).toEqual([0, ''])
    for (const name of nodeOptionNames) expect(stdout).toContain(`\n  ${name}\n`)
  },
)

test('config --markdown is the page of the documentation', () => {
  const page = fs.readFileSync(path.join(root, 'docs/CONFIGURATION.md'), 'utf8')
  expect(lograft('config', '--markdown')).toEqual({ status: 0, stdout: page, stderr: '' })
})

test('config --json is every property, for programs', () => {
  const properties = JSON.parse(lograft('config', '--json').stdout) as { name: string }[]
  expect(properties.map(({ name }) => name)).toEqual(nodeOptionNames)
})

test('an unknown property ends with 2 and the nearest right name', () => {
  const { status, stdout, stderr } = lograft('start', '--set', 'log.dris=/tmp/x')
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    'lograft: The configuration has a problem:\n' +
      '  --set log.dris: there is no property log.dris; did you mean log.dirs?\n',
  )
})

test('a file is read, and its problems are told with its name and line', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lograft-cli-'))
  try {
    const file = path.join(directory, 'server.properties')
    fs.writeFileSync(file, '# mine\nnum.partitions=none\n')
    const { status, stderr } = lograft('start', '--config', file)
    expect(status).toBe(2)
    expect(stderr).toContain(
      `  ${file} line 2: Invalid value none for configuration num.partitions`,
    )
  } finally {
    fs.rmSync(directory, { recursive: true })
  }
})

test.each([
  [['start', '--config', 'no/such/file'], '--config: there is no file no/such/file'],
  [['start', '--config', '.'], '--config: . is a directory; name the file in it'],
  [['start', '--log-level', 'loud'], 'Invalid value loud for configuration log.level'],
  [['start', '--sett', 'a=b'], "unknown option '--sett'"],
  [['start', 'extra'], 'too many arguments'],
  [['frobnicate'], "unknown command 'frobnicate'"],
  [[], 'Usage: lograft'],
])('%j is a usage error', (args, message) => {
  const { status, stdout, stderr } = lograft(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})

test('help begins with usage, flags and examples, and ends by saying so', () => {
  const lines = lograft('start', '--help').stdout.trimEnd().split('\n')
  const firstProperty = lines.indexOf('  node.id')
  expect(
    lines.slice(0, firstProperty).filter((line) => /^ {2}(-c|-s|-l|.*lograft start)/.test(line)),
  ).toHaveLength(6)
  expect(firstProperty).toBeLessThan(24)
  expect(lines.at(-1)).toBe(
    'Usage and flags stand above the properties: lograft start --help | head -30',
  )
})

test('help begins with what to do first, and fits two screens', () => {
  const { stdout } = lograft('--help')
  const groups = [...stdout.matchAll(/^(Getting started|Data|Cluster|Tools|Commands):$/gm)]
  expect(groups.map(([, name]) => name)).toEqual(['Getting started', 'Data', 'Cluster', 'Tools'])
  expect(stdout).not.toContain('log.retention')
  expect(stdout.split('\n').length).toBeLessThan(75)
})

test('a reader that leaves early is no error', () => {
  const command = `"${process.execPath}" --import tsx src/cli/main.ts --help | head -1`
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' })
  expect([stdout, stderr]).toEqual(['Usage: lograft [options] [command]\n', ''])
})

test.each([
  ['quickstart'],
  ['config'],
  ['topic'],
  ['topic', 'create'],
  ['topic', 'list'],
  ['topic', 'describe'],
  ['topic', 'alter'],
  ['topic', 'delete'],
  ['group', 'delete'],
  ['cluster'],
  ['cluster', 'describe'],
  ['broker', 'list'],
  ['broker', 'describe'],
  ['config', 'get'],
  ['config', 'set'],
  ['config', 'unset'],
  ['completion'],
  ['top'],
  ['doctor'],
  ['produce'],
  ['consume'],
  ['dump'],
  ['bench'],
])('%s %s: help has examples, and no properties', (...words) => {
  const { status, stdout, stderr } = lograft(...words, '--help')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('\nExamples:\n')
  expect(stdout).not.toContain('\n  log.retention')
  expect(stdout.split('\n').length).toBeLessThan(65)
})

test.each([
  [['produce', 't', '--ack', '1'], 'Did you mean --acks?'],
  [['produce', 't', '--acks', '2'], 'Expected one of all, 1, 0.'],
  [['produce', 't', '-z', 'brotli'], 'Expected one of none, gzip, snappy, lz4, zstd.'],
  [['produce', 't', '-b', 'no place'], 'expected host:port'],
  [['produce', 't', '-K', '\\q'], 'There is no escape \\q'],
  [['produce', 't', '--linger', '5'], 'Expected a duration'],
  [['produce'], "missing required argument 'topic'"],
  [['consume', 't', '--from', 'tuesday'], 'Expected beginning, end, an offset'],
  [['consume', 't', '--format', '%q'], 'There is no %q'],
  [['consum', 't'], 'Did you mean consume?'],
])('%j is a usage error before anything is dialled', (args, hint) => {
  const { status, stdout, stderr } = lograft(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(hint)
})
