// Installs and compiles what is missing or stale, and nothing else; plain Node, so that it runs on a
// fresh clone. `npm start`, `npm test` and `npm run build` all begin here. It speaks on stderr only:
// stdout belongs to the command that follows. Two at once are fine: the second waits for the first.
//
//   node build.mjs                       install and compile
//   node build.mjs --then FILE ARGS…     … and go on as `node FILE ARGS…`, in this same process, so
//                                        that a signal meant for the node reaches the node
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const at = (...parts) => join(root, ...parts)
const say = (text) => process.stderr.write(`${text}\n`)

function fail(text) {
  say(text)
  process.exit(1)
}

function requireNode() {
  const wanted = JSON.parse(readFileSync(at('package.json'), 'utf8')).engines.node
  const [major, minor] = wanted.match(/\d+/g).map(Number)
  const [isMajor, isMinor] = process.versions.node.split('.').map(Number)
  if (isMajor > major || (isMajor === major && isMinor >= minor)) return
  fail(`Lograft needs Node ${wanted}; this is ${process.versions.node} (${process.execPath})`)
}

function run(what, command, args) {
  say(`${what} …`)
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Only a bare `npm` on Windows is a script that wants a shell.
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (status === 0) return
  fail(`${what} failed${error ? `: ${error.message}` : signal ? `: killed by ${signal}` : ''}`)
}

// ---- install ------------------------------------------------------------------------------------

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own lockfile there as
 * the last step, so an interrupted install shows, and an `npm install x` by hand is noticed too.
 */
function installed() {
  const inside = at('node_modules', '.package-lock.json')
  if (!existsSync(inside)) return false
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
  const present = packagesOf(inside)
  return Object.entries(packagesOf(at('package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true
    const found = present[path]
    // Binaries of other platforms are optional, and rightly absent.
    if (!found) return wanted.optional === true
    const same = found.version === wanted.version && found.integrity === wanted.integrity
    return same && existsSync(at(path, 'package.json'))
  })
}

function install() {
  // The npm that runs us, if one does; `npm_execpath` may also be another package manager.
  const cli = process.env.npm_execpath ?? ''
  const npm = /npm-cli\.[cm]?js$/.test(cli) ? [process.execPath, cli] : ['npm']
  const [command, ...before] = npm
  // --include=dev: the compiler is a development dependency, and NODE_ENV may say "production".
  // --ignore-scripts: nothing we depend on needs its install script (they look for compilers).
  // --loglevel=error: some libraries of clients under test ask for a newer Node.js than they need.
  const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  run('installing packages', command, [...before, 'ci', ...flags])
  if (!installed())
    fail('node_modules still differs from package-lock.json: remove node_modules and try again')
}

// ---- compile ------------------------------------------------------------------------------------

const STAMP = '.lograft-build'

/** What dist/ is made from, as one hash. Paths are relative, so a moved folder is not stale. */
function sourceHash() {
  const digest = createHash('sha256')
  for (const path of [
    at('build.mjs'),
    at('tsconfig.json'),
    at('package-lock.json'),
    ...files(at('src')),
  ])
    digest.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  return digest.digest('hex')
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function built(hash) {
  const stamp = at('dist', STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

/** Compiles beside dist/ and swaps: a node that runs from dist/ never sees half of it. */
function build(hash) {
  const fresh = at('dist.new')
  const old = at('dist.old')
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc')
  run('building', process.execPath, [tsc, '-p', root, '--outDir', fresh])
  copyGenerated(fresh)
  copyPrograms(fresh)
  // npm does so when it links the command, and only then; a later build would be dead to npx.
  chmodSync(join(fresh, 'cli', 'main.js'), 0o755)
  writeFileSync(join(fresh, STAMP), hash)
  if (existsSync(at('dist'))) renameSync(at('dist'), old)
  renameSync(fresh, at('dist'))
  rmSync(old, { recursive: true, force: true })
}

/** tsc emits no .js that it did not compile, so the generated protobuf modules are copied. */
function copyGenerated(target) {
  const gen = at('src', 'gen')
  if (!existsSync(gen)) return
  for (const path of files(gen))
    if (/\.(js|d\.ts)$/.test(path)) {
      const copy = join(target, 'gen', relative(gen, path))
      mkdirSync(dirname(copy), { recursive: true })
      cpSync(path, copy)
    }
}

/** What other processes are given to run as it is. */
function copyPrograms(target) {
  const chaos = at('src', 'chaos')
  for (const path of files(chaos))
    if (/\.(mjs|py)$/.test(path)) {
      const copy = join(target, 'chaos', relative(chaos, path))
      mkdirSync(dirname(copy), { recursive: true })
      cpSync(path, copy)
    }
}

// ---- one at a time ------------------------------------------------------------------------------

const LOCK = at('.build.lock')

/** Runs `action` while no other build.mjs of this folder does. */
function alone(action) {
  let told = false
  while (!take()) {
    if (ownerIsGone()) continue
    if (!told) say('waiting for another build of this folder …')
    told = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
  const release = () => rmSync(LOCK, { force: true })
  process.once('exit', release)
  action()
  process.removeListener('exit', release)
  release()
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Clears away the lock of a process that no longer runs; true when it is worth trying again. */
function ownerIsGone() {
  let owner
  try {
    owner = readFileSync(LOCK, 'utf8')
    const ageMs = Date.now() - statSync(LOCK).mtimeMs
    // An empty lock is one being written; an hour-old one names a number that was given out again.
    const held = owner === '' ? ageMs < 10_000 : ageMs < 3_600_000 && runs(Number(owner))
    if (held) return false
    // By renaming, only one of several that wait removes the stale lock.
    const stale = `${LOCK}.${process.pid}`
    renameSync(LOCK, stale)
    // Another may have been faster, and this is its new lock: give it back.
    if (readFileSync(stale, 'utf8') !== owner) renameSync(stale, LOCK)
    else rmSync(stale)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return true
}

function runs(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// -------------------------------------------------------------------------------------------------

requireNode()
if (!installed() || !built(sourceHash()))
  alone(() => {
    if (!installed()) install()
    const hash = sourceHash()
    if (!built(hash)) build(hash)
  })

const [, , option, file, ...args] = process.argv
if (option === '--then') {
  const path = resolve(root, file)
  process.argv.splice(1, process.argv.length, path, ...args)
  await import(pathToFileURL(path).href)
} else if (option !== undefined) {
  fail(`unknown argument ${option}`)
}
