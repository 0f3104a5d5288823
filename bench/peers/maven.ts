/** The class path of Apache Kafka, resolved by Maven from pom.xml; null where it cannot be had. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const POM = fileURLToPath(new URL('pom.xml', import.meta.url))
/** The first time, a hundred megabytes are fetched. */
const RESOLVE_TIMEOUT_MS = 600_000

export type Found<Value> = { readonly found: Value } | { readonly missing: string }

const runs = (command: string, flag: string) =>
  spawnSync(command, [flag], { stdio: 'ignore' }).status === 0

/** Resolves it anew each time: Maven keeps what it has fetched. */
export function kafkaClassPath(): Found<string> {
  if (!runs('java', '-version')) return { missing: 'there is no Java here' }
  if (!runs('mvn', '--version')) return { missing: 'there is no Maven here' }
  const directory = mkdtempSync(join(tmpdir(), 'lograft-maven-'))
  const output = join(directory, 'class-path')
  try {
    const { status, stdout } = spawnSync(
      'mvn',
      ['-q', '-B', '-f', POM, 'dependency:build-classpath', `-Dmdep.outputFile=${output}`],
      { encoding: 'utf8', timeout: RESOLVE_TIMEOUT_MS },
    )
    if (status !== 0) return { missing: `Maven could not resolve Kafka: ${lastLine(stdout)}` }
    return { found: readFileSync(output, 'utf8').trim() }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''
