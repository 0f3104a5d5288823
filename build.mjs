// Installs and builds what is missing or stale, and nothing else; plain Node, so that it runs on a
// fresh clone. `npm start`, `npm test` and `npm run build` all begin here.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const at = (...parts) => join(root, ...parts)

function run(what, command, args) {
  process.stderr.write(`${what} …\n`)
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    // Standard output belongs to the command that follows; a build only ever speaks on stderr.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  process.stderr.write(`${what} failed${error ? `: ${error.message}` : ''}\n`)
  process.exit(1)
}

/** Installs when node_modules was not made from this package-lock.json. */
function install() {
  const stamp = at('node_modules', '.lograft-install')
  const wanted = hash([at('package.json'), at('package-lock.json')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  // --include=dev: the compiler is a development dependency, and NODE_ENV may say "production".
  run('installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])
  writeFileSync(stamp, wanted)
}

/** Compiles when a source is not the one dist/ was built from. */
function build() {
  const stamp = at('dist', '.lograft-build')
  const wanted = hash([at('tsconfig.json'), at('package-lock.json'), ...files(at('src'))])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  rmSync(at('dist'), { recursive: true, force: true })
  run('building', process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', root])
  copyGenerated()
  writeFileSync(stamp, wanted)
}

/** tsc emits no .js that it did not compile, so the generated protobuf modules are copied. */
function copyGenerated() {
  mkdirSync(at('dist', 'gen'), { recursive: true })
  cpSync(at('src', 'gen'), at('dist', 'gen'), { recursive: true })
}

function files(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

function hash(paths) {
  const digest = createHash('sha256')
  for (const path of paths) digest.update(path).update(readFileSync(path))
  return digest.digest('hex')
}

install()
build()
