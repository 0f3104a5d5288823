// Goal: docs/OPERATIONS.md is true: whoever types what it says sees what it shows. Method: every
// `console` block in order, in one shell, with real nodes; only ports are replaced, by free ones.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { HeldPort } from '../../src/host/held-port.ts'
import { follow, Shell, stepsOf } from '../support/transcript.ts'
import { tempDir } from '../support/temp-dir.ts'

const PAGE = new URL('../../docs/OPERATIONS.md', import.meta.url)
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const COMMAND_MS = 90_000

/** Of four nodes, each with three, as the page numbers them. */
const PORT = /\b[1-4]909[2-4]\b/g

const hasTools = ['bash', 'curl'].every((tool) => spawnSync(tool, ['--version']).status === 0)

test.skipIf(!hasTools)('what the operations page shows is what happens (bash, curl)', async () => {
  const page = readFileSync(PAGE, 'utf8')
  const ports = new Map<string, HeldPort>()
  for (const port of new Set(page.match(PORT))) ports.set(port, await HeldPort.take())
  await using directory = await tempDir('operations')
  const lograft = join(directory.path, 'lograft')
  writeFileSync(lograft, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`)
  chmodSync(lograft, 0o755)
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('LOGRAFT_'))
  const environment = {
    ...Object.fromEntries(others),
    PATH: `${directory.path}:${process.env['PATH'] ?? ''}`,
  }
  const steps = stepsOf(page.replaceAll(PORT, (port) => `${ports.get(port)?.port ?? port}`))
  expect(steps.length).toBeGreaterThan(20)
  await using shell = new Shell({ directory: directory.path, environment, timeoutMs: COMMAND_MS })
  try {
    await follow(steps, shell)
  } finally {
    for (const port of ports.values()) await port[Symbol.asyncDispose]()
  }
})
