// Goal: the tab key completes commands, flags, files, topics and groups in the shells themselves,
// and never waits for a cluster that is not there. Method: real shells with the printed scripts,
// against a node; a shell that is not installed is skipped, visibly.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTopic } from '../support/calls.ts'
import { run } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const WAIT_MS = 30_000

let node: LocalNode
let directory: TempDir
beforeAll(async () => {
  node = await LocalNode.start()
  const client = await node.connect()
  for (const topic of ['orders', 'order-lines', 'payments']) await createTopic(client, topic)
  await run(['produce', 'orders'], { bootstrap: node.address, input: 'one\n' })
  await run(['consume', 'orders', '--group', 'billing', '--exit'], { bootstrap: node.address })
  directory = await tempDir('completion')
  const command = join(directory.path, 'lograft')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`)
  chmodSync(command, 0o755)
  writeFileSync(join(directory.path, 'some-file'), '')
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await run(['completion', shell])
    expect(code).toBe(0)
    writeFileSync(join(directory.path, `script.${shell}`), stdout)
  }
})
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

/** What a shell prints that runs this. */
async function printedBy(shell: string, script: string): Promise<string> {
  const environment = {
    ...process.env,
    ...{ PATH: `${directory.path}:${process.env['PATH'] ?? ''}`, HOME: directory.path },
    LOGRAFT_BOOTSTRAP: `${node.address.host}:${node.address.port}`,
  }
  const flags = { bash: ['--norc', '-c'], zsh: ['-f', '-c'], fish: ['--no-config', '-c'] }[shell]
  const child = spawn(shell, [...(flags ?? ['-c']), script], {
    ...{ cwd: directory.path, env: environment, stdio: ['ignore', 'pipe', 'inherit'] },
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const end = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    await within(WAIT_MS, `the end of ${shell}`, end)
    return text
  } finally {
    child.kill('SIGKILL')
  }
}

const isThere = (shell: string) => spawnSync(shell, ['--version']).status === 0

describe.skipIf(!isThere('bash'))('bash', () => {
  const completed = async (...words: string[]) => {
    const line = ['lograft', ...words].map((word) => `'${word}'`).join(' ')
    const text = await printedBy(
      'bash',
      `source ./script.bash
       COMP_WORDS=(${line}); COMP_CWORD=${words.length}
       _lograft
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
    return text.split('\n').filter((word) => word !== '')
  }

  test('knows whom to ask', async () => {
    expect(await printedBy('bash', 'source ./script.bash; complete -p lograft')).toBe(
      'complete -F _lograft lograft\n',
    )
  })

  test.each([
    [
      ['topic', 'de'],
      ['describe', 'delete'],
    ],
    [['topic', 'list', '--w'], ['--watch']],
    [['top', '--sort', '=', 'r'], ['rate']],
    [
      ['consume', 'ord'],
      ['order-lines', 'orders'],
    ],
    [['topic', 'describe', 'orders', 'pay'], ['payments']],
    [['group', 'describe', ''], ['billing']],
    [['broker', 'describe', ''], ['1']],
    [['consume', 'orders', '--group', 'b'], ['billing']],
    [['config', 'get', '--topic', 'p'], ['payments']],
  ])('%j', async (words, expected) => {
    expect(await completed(...words)).toEqual(expected)
  })

  test('asks the cluster that the line names, which may be none', async () => {
    expect(await completed('consume', '-b', '127.0.0.1', ':', '1', '')).toEqual([])
  })
})

describe.skipIf(!isThere('fish'))('fish', () => {
  const completed = async (line: string) => {
    const text = await printedBy('fish', `source ./script.fish; complete -C '${line}'`)
    return text.split('\n').filter((word) => word !== '')
  }

  test.each([
    [
      'lograft topic des',
      ['describe\tprint partitions, leaders, offsets and the configuration that is not default'],
    ],
    ['lograft consume ord', ['order-lines', 'orders']],
    ['lograft dump some', ['some-file']],
  ])('%s', async (line, expected) => {
    expect((await completed(line)).sort()).toEqual(expected)
  })
})

describe.skipIf(!isThere('zsh'))('zsh', () => {
  /**
   * What stands on the line of an interactive shell once the tab key was pressed. `wanted` is what
   * is added: what was typed may be drawn before it, or together with it.
   */
  const completed = (line: string, wanted: string) =>
    printedBy(
      'zsh',
      `zmodload zsh/zpty
       zpty shell zsh -f -i
       zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./script.zsh; PS1=REA""DY'
       zpty -r shell answer '*READY*'
       zpty -w -n shell $'${line}\\t'
       zpty -r shell answer '*${wanted}*' && echo "$answer"
       zpty -d shell`,
    )

  test.each([
    ['lograft topic desc', 'ribe'],
    ['lograft topic list --wat', 'ch'],
    ['lograft consume pay', 'ments'],
    ['lograft dump some', '-file'],
  ])('%s', async (line, expected) => {
    expect(await completed(line, expected)).toContain(expected)
  })
})
