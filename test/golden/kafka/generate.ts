/**
 * `npm run golden`: writes messages.txt and records.txt anew, with Kafka's own Java code. Run by
 * hand when the codec gets a key or a version; tests only read the files. Needs a JDK and Maven.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apisByKey } from '../../../src/wire/registry.ts'
import { javaTools } from '../../support/java.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const java = javaTools(here('pom.xml'))
if (typeof java === 'string') throw new Error(java)

const ABOUT = `# Made by \`npm run golden\` with kafka-clients 4.1.1: see README.md. Never edited.\n`

async function generate(main: string, args: readonly string[], file: string): Promise<void> {
  if (typeof java === 'string') throw new Error(java)
  const { status, stdout, stderr } = await java.run(main, args)
  if (status !== 0) throw new Error(`${main}: ${stderr}`)
  writeFileSync(here(file), ABOUT + stdout)
}

try {
  java.compile(here('GoldenMessages.java'), here('GoldenRecords.java'))
  const wanted = [...apisByKey.values()].map(({ key, versions }) => `${key}:${versions.join('-')}`)
  await generate('GoldenMessages', wanted, 'messages.txt')
  await generate('GoldenRecords', [], 'records.txt')
} finally {
  java.dispose()
}
