// Goal: the systemd unit starts what there is, with a configuration that a node takes, and restarts
// it only where that helps.
// Method: unit, configuration and page are read and held against the command's own parsers and
// tables; systemd's own checker has a look where there is one.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { readNodeConfig } from '../../../src/config/load.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { commandFault, commandsIn } from './command-lines.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../../deploy/systemd/${name}`, import.meta.url), 'utf8')

const unit = read('lograft.service')
const settings = new Map(
  [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
)
const { config, warnings } = readNodeConfig({
  file: { name: 'server.properties', text: read('server.properties') },
})

test('it starts our command, with flags that it has', () => {
  const [node, main, ...words] = (settings.get('ExecStart') ?? '').split(' ')
  expect(basename(node ?? '')).toBe('node')
  expect(main).toMatch(/^\/opt\/lograft\/dist\/cli\/main\.js$/)
  expect(commandFault(words)).toBeNull()
  expect(words).toEqual(['start', '--config', '/etc/lograft/server.properties'])
})

test('the configuration is one, and keeps its data where the unit lets it', () => {
  expect(warnings).toEqual([])
  expect(config['log.dirs']).toEqual([`/var/lib/${settings.get('StateDirectory')}`])
  const own = config['controller.quorum.voters'].find(({ nodeId }) => nodeId === config['node.id'])
  const { host, port } = config['advertised.grpc.listener']
  expect(own).toMatchObject({ host, port })
  expect(config['grpc.listener'].port).toBe(port)
  expect(config['advertised.listeners'][0]?.port).toBe(config.listeners[0]?.port)
})

test('it is not started again where a person has to act', () => {
  const { usage, damaged, refused } = exitCodes
  const codes = [usage, damaged, refused].map(({ code }) => code)
  expect(settings.get('RestartPreventExitStatus')).toBe(codes.join(' '))
  expect(settings.get('Restart')).toBe('on-failure')
  expect(settings.get('KillMode')).toBe('mixed')
})

test('the page names commands and places that there are', () => {
  const page = read('README.md')
  for (const command of commandsIn(page))
    expect(commandFault(command.split(' ')), command).toBeNull()
  const { port } = config['http.listener'] as { port: number }
  expect(page).toContain(`127.0.0.1:${port}`)
  for (const name of ['lograft.service', 'server.properties']) expect(page).toContain(`cp ${name} `)
})

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0
if (!analyze) process.stderr.write('deploy: no systemd-analyze: SKIPPED\n')

test.skipIf(!analyze)('systemd has nothing to say against it', async () => {
  await using directory = await tempDir()
  const path = join(directory.path, 'lograft.service')
  // It looks whether the program is there.
  writeFileSync(path, unit.replace('/usr/bin/node', process.execPath))
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
    encoding: 'utf8',
  })
  const about = stderr.split('\n').filter((line) => line.includes('lograft'))
  expect([status, about], stderr).toEqual([0, []])
})
