/**
 * A copy of the built package with one of the simulator's bugs in it, to be run as real processes.
 * The text of the source is replaced, the file compiled, and put in its place in the copy. That is
 * done once for each checkout, build and bug; copies are where the machine keeps what is temporary.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { filesWith, PLANTED } from '../../test/sim/planted.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
/** Written by build.mjs: what the build was made from. */
const STAMP = join(ROOT, 'dist/.lograft-build')

/** The program of a node that has the bug; throws for one that nobody knows. */
export function plantedProgram(name: string): string {
  const bug = PLANTED.find((known) => known.name === name)
  if (bug === undefined) throw new Error(`no planted bug is called '${name}'`)
  const place = join(tmpdir(), 'lograft-planted', digestOf(name))
  const program = join(place, 'dist/cli/main.js')
  if (existsSync(program)) return program
  mkdirSync(dirname(place), { recursive: true })
  const fresh = mkdtempSync(`${place}.`)
  cpSync(join(ROOT, 'dist'), join(fresh, 'dist'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(fresh, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(fresh, 'node_modules'))
  for (const [file, text] of filesWith(bug)) compile(fresh, file, text)
  try {
    renameSync(fresh, place)
  } catch (thrown) {
    // Another process was faster.
    if (!existsSync(program)) throw thrown
    rmSync(fresh, { recursive: true, force: true })
  }
  return program
}

function digestOf(name: string): string {
  const digest = createHash('sha256').update(ROOT).update(readFileSync(STAMP)).update(name)
  return digest.digest('hex').slice(0, 20)
}

function compile(place: string, file: string, text: string): void {
  const target = join(place, file.replace(/^src/, 'dist').replace(/\.ts$/, '.js'))
  if (!existsSync(target)) throw new Error(`${target} is not in the build`)
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ES2022,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  const [wrong] = diagnostics
  if (wrong) throw new Error(ts.flattenDiagnosticMessageText(wrong.messageText, '\n'))
  writeFileSync(target, outputText)
}
