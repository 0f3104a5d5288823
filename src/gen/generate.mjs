// Turns proto/ into static code here: `npm run gen`. With --check it writes nothing and fails when
// what is committed differs from what would be written. Plain Node; it is not part of the broker.
//
// What pbjs gets wrong for us is mended on the way: its ES6 wrapper imports a CommonJS module as a
// namespace (a default import works), and its 64-bit defaults are Long objects, although
// --force-number promises numbers. Reads of 64-bit fields are checked in src/metadata/codec.ts.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from './descriptors.mjs'

/** The files of a module, as paths below proto/ without `.proto`; each module has its own root. */
const MODULES = {
  'google/rpc/status': ['google/rpc/status', 'google/rpc/error_details'],
  'grpc/health/v1/health': ['grpc/health/v1/health'],
  'grpc/reflection/v1/reflection': ['grpc/reflection/v1/reflection'],
  'lograft/admin/v1/admin': [
    'lograft/admin/v1/common',
    'lograft/admin/v1/cluster',
    'lograft/admin/v1/quorum',
    'lograft/admin/v1/topics',
    'lograft/admin/v1/groups',
    'lograft/admin/v1/changes',
    'lograft/admin/v1/plans',
    'lograft/admin/v1/faults',
  ],
  'lograft/controller/v1/controller': ['lograft/controller/v1/controller'],
  'lograft/metadata/v1/records': ['lograft/metadata/v1/records'],
  'lograft/metadata/v1/watch': ['lograft/metadata/v1/watch'],
  'lograft/raft/v1/raft': ['lograft/raft/v1/raft'],
}

/** Whose services everybody may call: what reflection tells of. */
const PUBLIC = ['google/rpc/', 'grpc/', 'lograft/admin/']

/** Older clients ask for the same service in another package. */
const ALPHA = {
  path: 'grpc/reflection/v1/reflection.proto',
  from: 'grpc/reflection/v1',
  to: 'grpc/reflection/v1alpha',
}

const here = dirname(fileURLToPath(import.meta.url))
const project = join(here, '..', '..')
const tool = (name) => join(project, 'node_modules', 'protobufjs-cli', 'bin', name)

function run(script, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${script} failed:\n${stdout}${stderr}`)
  return stdout
}

/** Replaces `from` everywhere and insists that it was there. */
function mend(text, from, to) {
  if (!text.includes(from)) throw new Error(`pbjs no longer writes: ${from}`)
  return text.replaceAll(from, to)
}

function generate(module, files, scratch) {
  const options = [
    ...['--target', 'static-module', '--wrap', 'es6', '--path', 'proto', '--alt-comment'],
    ...['--dependency', 'protobufjs/minimal.js', '--root', module.replaceAll('/', '_')],
    ...['--null-semantics', '--force-number', '--no-create', '--no-verify', '--no-convert'],
    ...['--no-delimited', '--no-service', '--no-typeurl'],
    ...files.map((file) => `${file}.proto`),
  ]
  // pbts reads the types from the comments, which the code itself does not need to carry.
  const commented = join(scratch, 'commented.js')
  writeFileSync(commented, run(tool('pbjs'), ...options))
  const types = run(tool('pbts'), commented)
  const code = run(tool('pbjs'), '--no-comments', ...options)

  const long = /\$util\.Long \? \$util\.Long\.fromBits\([^)]*\) : 0/g
  return {
    [`${module}.js`]: mend(
      code.replaceAll(long, '0'),
      'import * as $protobuf from',
      'import $protobuf from',
    ),
    [`${module}.d.ts`]: mend(types, 'import Long = require("long");\n', ''),
  }
}

function descriptors() {
  const isPublic = (path) => PUBLIC.some((folder) => path.startsWith(folder))
  const paths = Object.values(MODULES).flat().filter(isPublic)
  const files = describe(
    join(project, 'proto'),
    paths.map((path) => `${path}.proto`),
    [ALPHA],
  )
  const list = files.map((file) => JSON.stringify(file, null, 2))
  const fields = [
    ...['name: string', 'dependencies: readonly string[]', 'symbols: readonly string[]'],
    ...['services: readonly string[]', 'descriptor: string'],
  ]
  return {
    'descriptors.js': `export const files = [${list.join(', ')}]\n`,
    'descriptors.d.ts':
      '/** Files of `proto/` as reflection tells of them; `descriptor` in base64. */\n' +
      `export const files: readonly {\n${fields.map((field) => `  readonly ${field}\n`).join('')}}[]\n`,
  }
}

const check = process.argv.includes('--check')
const scratch = mkdtempSync(join(tmpdir(), 'lograft-gen-'))
const stale = []
try {
  const modules = Object.entries(MODULES).map(([module, files]) => generate(module, files, scratch))
  for (const [name, text] of [...modules, descriptors()].flatMap((files) => Object.entries(files))) {
    const path = join(here, name)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    stale.push(name)
    if (check) continue
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

for (const name of stale) console.error(`${check ? 'differs from proto/' : 'written'}: ${name}`)
if (check && stale.length > 0) {
  console.error('run `npm run gen` and commit what it writes')
  process.exitCode = 1
}
