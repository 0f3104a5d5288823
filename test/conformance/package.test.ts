// Goal: whoever installs the package can use `startCluster`: compiled, under vitest and under
// node:test, with kafkajs as the client. Method: the tarball that would be published, installed in
// a project of its own, with the packages that npm has at hand; without those it is skipped.
import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CONSUMER = fileURLToPath(new URL('package', import.meta.url))
const COMMAND_MS = 200_000
/** What npm says when it has to ask a registry and cannot. */
const NO_REGISTRY = /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/

interface Outcome {
  readonly code: number | null
  readonly output: string
}

let project: TempDir
let missing: string | null = null
beforeAll(async () => {
  project = await tempDir('package')
  const packed = await run(
    ['npm', 'pack', '--ignore-scripts', '--pack-destination', project.path],
    ROOT,
  )
  expect(packed).toMatchObject({ code: 0 })
  const tarball = packed.output.trim().split('\n').at(-1) ?? ''
  cpSync(CONSUMER, project.path, { recursive: true })
  writeFileSync(join(project.path, 'package.json'), JSON.stringify(consumerOf(tarball)))
  const flags = [
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const installed = await run(['npm', 'install', ...flags])
  if (NO_REGISTRY.test(installed.output)) missing = installed.output
  else expect(installed).toMatchObject({ code: 0 })
}, COMMAND_MS)
afterAll(() => project[Symbol.asyncDispose]())

describe('the packed package', () => {
  test('type-checks in a strict project', async () => {
    if (isMissing()) return
    const flags = [
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ]
    expect(await run(['npx', 'tsc', ...flags, 'typed.ts'])).toEqual({ code: 0, output: '' })
  })

  test.each([
    ['vitest', ['npx', 'vitest', 'run', 'cluster.vitest.test.mjs']],
    ['node:test', [process.execPath, '--test', 'cluster.node.test.mjs']],
  ])('serves kafkajs under %s', async (_, command) => {
    if (isMissing()) return
    const { code, output } = await run(command)
    expect(code, output).toBe(0)
  })
})

/** Says aloud what is not tested. */
function isMissing(): boolean {
  if (missing !== null) console.warn(`SKIPPED: npm cannot install what is needed: ${missing}`)
  return missing !== null
}

/** A project with the versions that are tested here, so that npm has them already. */
function consumerOf(tarball: string) {
  const versionOf = (name: string) => {
    const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  }
  const names = ['kafkajs', 'vitest', 'typescript', '@types/node']
  const versions = Object.fromEntries(names.map((name) => [name, versionOf(name)]))
  return {
    private: true,
    type: 'module',
    dependencies: { lograft: `file:${tarball}`, ...versions },
  }
}

async function run(command: readonly string[], cwd = project.path): Promise<Outcome> {
  const [program = '', ...args] = command
  const { VITEST: _, NODE_ENV: __, ...env } = process.env
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  try {
    return { code: await within(COMMAND_MS, command.join(' '), ended), output }
  } finally {
    child.kill('SIGKILL')
  }
}
