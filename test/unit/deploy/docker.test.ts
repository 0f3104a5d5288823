// Goal: the image is made of files that there are, runs our command as an ordinary user, and tells
// rightly whether it is healthy.
// Method: the Dockerfile is read line by line and held against the working copy, the tables of
// options and the command's parser; its health check is run. No engine is needed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readNodeConfig } from '../../../src/config/load.ts'
import { commandFault, commandsIn } from './command-lines.ts'

const root = new URL('../../../', import.meta.url)
const read = (name: string) => readFileSync(new URL(`deploy/docker/${name}`, root), 'utf8')

const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const at = line.indexOf(' ')
    return { name: line.slice(0, at), rest: line.slice(at + 1).trim() }
  })
const all = (name: string) =>
  instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest)
const last = (name: string) => all(name).at(-1) ?? ''
const wordsOf = (name: string) => JSON.parse(last(name)) as string[]

const environment = Object.fromEntries(
  all('ENV').flatMap((rest) =>
    rest.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string]),
  ),
)
const { config, warnings } = readNodeConfig({ environment })

test('what is copied is there, and not kept from it', () => {
  const stages = all('FROM').flatMap((rest) => / AS (\w+)$/.exec(rest)?.[1] ?? [])
  const kept = read('Dockerfile.dockerignore').split('\n')
  for (const copy of all('COPY')) {
    const words = copy.split(/\s+/)
    const from = /^--from=(\w+)$/.exec(words[0] ?? '')?.[1]
    if (from !== undefined) {
      expect(stages, copy).toContain(from)
      continue
    }
    for (const source of words.slice(0, -1)) {
      expect(existsSync(fileURLToPath(new URL(source, root))), source).toBe(true)
      expect(kept, `${source} in Dockerfile.dockerignore`).toContain(`!${source}`)
    }
  }
  expect(kept.filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*')
})

test('nothing of the stages before is in it but what is copied', () => {
  const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    files: string[]
  }
  const copied = all('COPY').slice(-4).join(' ')
  for (const shipped of ['dist', 'proto', 'LICENSE']) {
    expect(files).toContain(shipped)
    expect(copied).toContain(shipped)
  }
})

test('it runs our command, as nobody in particular', () => {
  expect(wordsOf('ENTRYPOINT')).toEqual(['lograft'])
  expect(commandFault(wordsOf('CMD'))).toBeNull()
  expect(last('USER')).toBe('node')
  expect(last('VOLUME')).toBe(config['log.dirs'][0])
  expect(all('RUN').join('\n')).toContain(`install -d -o node -g node -m 0750 ${last('VOLUME')}`)
})

test('it listens on the ports that it exposes, and is one node that needs nobody', () => {
  expect(warnings).toEqual([])
  const http = config['http.listener']
  const ports = [config.listeners[0]?.port, config['grpc.listener'].port]
  if (http !== 'none') ports.push(http.port)
  expect(last('EXPOSE').split(' ').map(Number)).toEqual(ports)
  for (const place of [config.listeners[0], config['grpc.listener'], http])
    expect(place).toMatchObject({ host: '0.0.0.0' })
  const shipped = Object.keys(environment).sort()
  expect(shipped).toEqual([
    'LOGRAFT_ADVERTISED_LISTENERS',
    'LOGRAFT_GRPC_LISTENER',
    'LOGRAFT_HTTP_LISTENER',
    'LOGRAFT_LISTENERS',
    'LOGRAFT_LOG_DIRS',
  ])
})

describe('its health check', () => {
  const [, command = ''] = last('HEALTHCHECK').split(' CMD ')
  const words = JSON.parse(command) as string[]

  async function check(port: number): Promise<number | null> {
    const [program, ...args] = words.map((word) => word.replace(':9094/', `:${port}/`))
    expect(program).toBe('node')
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    const [code] = (await once(child, 'close')) as [number | null]
    return code
  }

  test('asks the port that the image listens on', () => {
    const http = config['http.listener']
    expect(words.join(' ')).toContain(`127.0.0.1:${http === 'none' ? 0 : http.port}/healthz`)
  })

  test('is healthy for 200, and for nothing else', async () => {
    let status = 200
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.writeHead(status).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await check(port)).toBe(0)
    status = 503
    expect(await check(port)).toBe(1)
    expect(asked).toEqual(['/healthz', '/healthz'])
    server.close()
    await once(server, 'close')
    expect(await check(port)).toBe(1)
  })
})

test('the page names commands and properties that there are', () => {
  const page = read('README.md')
  const commands = commandsIn(page)
  expect(commands.length).toBeGreaterThan(1)
  for (const command of commands) expect(commandFault(command.split(' ')), command).toBeNull()
  const variables = [...page.matchAll(/\b(LOGRAFT_\w+)=([^\s`]+)/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('$i', '1')],
  )
  expect(variables.length).toBeGreaterThan(3)
  const set = Object.fromEntries(variables) as Record<string, string>
  const told = readNodeConfig({ environment: { ...environment, ...set } })
  expect(told.warnings).toEqual([])
})
