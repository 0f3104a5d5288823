/**
 * Clients in other languages, driven from tests: a program that is started once per command, reads
 * its request as JSON and writes its answer as JSON. What they need is prepared in
 * node_modules/.cache: nothing of the machine is changed, and the next run finds it there.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(ROOT, 'node_modules', '.cache', 'lograft-clients')
const SOURCES = join(ROOT, 'test', 'conformance')

const PREPARE_MS = 300_000
const COMMAND_MS = 120_000

/** A command line, without the command's own arguments. */
export type Program = readonly [string, ...string[]]

/** A program, or why there is none. */
export type Prepared = { readonly program: Program } | { readonly missing: string }

/** Runs `program host:port command`; throws with what it said when its status is not 0. */
export async function ask<Answer>(
  [executable, ...args]: Program,
  { bootstrap, command, request }: { bootstrap: string; command: string; request: object },
): Promise<Answer> {
  const child = spawn(executable, [...args, bootstrap, command])
  const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS)
  let answer = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  // A program may end before it has read everything; its status tells.
  child.stdin.on('error', () => undefined).end(JSON.stringify(request))
  const status = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  clearTimeout(timer)
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${complaint}`)
  return JSON.parse(answer) as Answer
}

/** confluent-kafka from PyPI, whose wheel brings librdkafka compiled, in a virtual environment. */
export const preparePython = (program = 'client.py') => prepareIn('confluent', program)

/** grpcio and its tools from PyPI, and our program on them; its arguments are the test's. */
export const preparePythonGrpc = () => prepareIn('admin-grpc', 'client.py')

/** A program in a folder of the conformance tests, in a virtual environment with what it needs. */
function prepareIn(folder: string, program: string): Prepared {
  const script = join(SOURCES, folder, program)
  const requirements = join(SOURCES, folder, 'requirements.txt')
  const directory = cached(folder, readFileSync(requirements))
  const python = join(directory, 'bin', 'python')
  if (existsSync(python)) return { program: [python, script] }
  const fresh = `${directory}.${process.pid}`
  const failure =
    failureOf('python3', ['-m', 'venv', fresh]) ??
    failureOf(join(fresh, 'bin', 'python'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      // A source package would begin to compile.
      ...['--only-binary', ':all:', '-r', requirements],
    ])
  // Whoever comes first names it: what is used was complete before it got its name.
  if (failure === null && !existsSync(directory)) renameSync(fresh, directory)
  else rmSync(fresh, { recursive: true, force: true })
  return failure === null ? { program: [python, script] } : { missing: failure }
}

/** A program of ours beside the tests, for Node.js, which runs it as it is. */
export function prepareNode(program: string): { readonly program: Program } {
  return { program: [process.execPath, '--import', 'tsx', join(SOURCES, program)] }
}

/** franz-go, built from its sources. A program of ours that does not compile throws. */
export function prepareGo(): Prepared {
  const source = join(SOURCES, 'franz-go')
  const failure = failureOf('go', ['-C', source, 'mod', 'download'])
  if (failure !== null) return { missing: failure }
  const program = cached('franz-go', '')
  const broken = failureOf('go', ['-C', source, 'build', '-mod=readonly', '-o', program, '.'])
  if (broken !== null) throw new Error(`test/conformance/franz-go: ${broken}`)
  return { program: [program] }
}

/** A command of somebody else's, built from its module in a version that is named. */
export function prepareGoCommand(module: string, version: string): Prepared {
  const directory = cached(module.split('/').at(-1) ?? module, version)
  const program = join(directory, module.split('/').at(-1) ?? '')
  if (existsSync(program)) return { program: [program] }
  const env = { ...process.env, GOBIN: directory }
  const failure = failureOf('go', ['install', `${module}@${version}`], env)
  return failure === null ? { program: [program] } : { missing: failure }
}

function cached(name: string, contents: string | Uint8Array): string {
  mkdirSync(CACHE, { recursive: true })
  return join(CACHE, `${name}-${createHash('sha256').update(contents).digest('hex').slice(0, 12)}`)
}

/** Null when it worked, otherwise the end of what it said. */
function failureOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    ...{ encoding: 'utf8', env },
    timeout: PREPARE_MS,
  })
  if (error && 'code' in error && error.code === 'ENOENT') return `${command} is not installed`
  if (status === 0) return null
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-3).join(' ')
  return `${command} ${args[0]} failed: ${said || String(error)}`
}
