/**
 * Java for tests: finds a JDK and Maven, resolves what a pom.xml names, compiles and runs programs
 * of ours against it. Where something is missing, a test is skipped and says what: it never passes
 * by not having run. Artefacts are cached where Maven keeps them; class files live in a temporary
 * folder.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'

/** What a pom.xml resolves to, ready to be run; gone from the disk with `dispose`. */
export interface JavaTools {
  readonly classpath: string
  /** Compiles source files, so that `run` finds their classes. */
  compile(...sources: readonly string[]): void
  /** The command line of a main class, for whoever runs it in another way. */
  commandOf(main: string): readonly [string, ...string[]]
  /** Runs a main class to its end. Rejects when it takes too long; the status is for the caller. */
  run(main: string, args?: readonly string[], options?: RunOptions): Promise<JavaResult>
  dispose(): void
}

export interface JavaResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly deadlineMs?: number
  /** System properties. */
  readonly properties?: Readonly<Record<string, string>>
}

const RESOLVE_DEADLINE_MS = 240_000
const COMPILE_DEADLINE_MS = 120_000
const RUN_DEADLINE_MS = 120_000
const COMMANDS = [
  ['java', '-version'],
  ['javac', '-version'],
  ['mvn', '-v'],
] as const

/**
 * The tools for a pom.xml, or a sentence that says what this machine lacks. `properties` are
 * Maven's, e.g. a version that the pom leaves open.
 */
export function javaTools(
  pom: string,
  properties: Readonly<Record<string, string>> = {},
): JavaTools | string {
  const missing = COMMANDS.filter(
    ([command, argument]) => spawnSync(command, [argument], { stdio: 'ignore' }).status !== 0,
  ).map(([command]) => command)
  if (missing.length > 0) return `${missing.join(' and ')} not installed`
  const folder = mkdtempSync(join(tmpdir(), 'lograft-java-'))
  const dispose = () => rmSync(folder, { recursive: true, force: true })
  const resolved = resolveClasspath(pom, join(folder, 'classpath'), properties)
  if (resolved === null) {
    dispose()
    return `Maven cannot resolve ${basename(pom)}`
  }
  const classpath = `${folder}${delimiter}${resolved}`
  return {
    classpath,
    dispose,
    compile(...sources) {
      const args = ['-encoding', 'UTF-8', '-d', folder, '-cp', classpath, ...sources]
      const { status, stderr } = spawnSync('javac', args, {
        encoding: 'utf8',
        timeout: COMPILE_DEADLINE_MS,
      })
      if (status !== 0) throw new Error(`javac: ${stderr}`)
    },
    commandOf: (main) => ['java', ...FLAGS, '-cp', classpath, main],
    run: (main, args = [], options = {}) => run(['-cp', classpath, main, ...args], options),
  }
}

/** What Maven has already is enough; only otherwise is a repository asked. */
function resolveClasspath(
  pom: string,
  output: string,
  properties: Readonly<Record<string, string>>,
): string | null {
  for (const mode of [['-o'], []]) {
    const { status } = spawnSync(
      'mvn',
      [...mode, '-q', '-B', '-f', pom, ...systemProperties(properties)].concat(
        'dependency:build-classpath',
        `-Dmdep.outputFile=${output}`,
      ),
      { stdio: 'ignore', timeout: RESOLVE_DEADLINE_MS },
    )
    if (status === 0) return readFileSync(output, 'utf8').trim()
  }
  return null
}

const FLAGS = [
  // Programs this short are over before the second compiler pays.
  '-XX:TieredStopAtLevel=1',
  '-Dfile.encoding=UTF-8',
  '-Dsun.stdout.encoding=UTF-8',
] as const

const systemProperties = (properties: Readonly<Record<string, string>>) =>
  Object.entries(properties).map(([name, value]) => `-D${name}=${value}`)

function run(
  args: readonly string[],
  { deadlineMs = RUN_DEADLINE_MS, properties = {} }: RunOptions,
): Promise<JavaResult> {
  const flags = [...FLAGS, ...systemProperties(properties)]
  const child = spawn('java', [...flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`java did not end within ${deadlineMs} ms\n${stdout}\n${stderr}`))
    }, deadlineMs)
    child.once('error', reject)
    child.once('close', (status) => {
      clearTimeout(timer)
      resolve({ status, stdout, stderr })
    })
  })
}
