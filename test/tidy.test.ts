/**
 * Goal: the rules of the house that compiler, linter and formatter do not know hold in every file.
 * Method: read every source file as text and as TypeScript's own syntax tree; load every schema and
 * every handler. Each failure names the places and says the cure. Imports (floors, purity, the
 * machine) are .dependency-cruiser.cjs's business.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Handler } from '../src/server/handler.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: readonly string[]
  readonly tree: ts.SourceFile
}

function filesBelow(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll(sep, '/')),
    )
    .sort()
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const sources: readonly SourceFile[] = filesBelow('src', 'test', 'chaos', 'bench')
  .filter((path) => path.endsWith('.ts') && !path.startsWith('src/gen/'))
  .map((path) => {
    const text = read(path)
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
    return { path, text, lines: text.trimEnd().split('\n'), tree }
  })
const inSrc = sources.filter(({ path }) => path.startsWith('src/'))
const outsideHost = inSrc.filter(({ path }) => !path.startsWith('src/host/'))
const prose = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'package.json', 'build.mjs'].concat(
  filesBelow('docs', 'proto'),
)

/** `path:line` of each place, followed by what is there. */
type Offence = string

function at({ path, tree }: SourceFile, node: ts.Node, what = firstLine(node.getText(tree))) {
  const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree))
  return `${path}:${line + 1} ${what}`
}

const firstLine = (text: string) => text.slice(0, 80).split('\n', 1)[0] ?? ''

/** The places where `judge` says something, over all nodes of all `files`. */
function offences(
  files: readonly SourceFile[],
  judge: (node: ts.Node, file: SourceFile) => boolean,
): Offence[] {
  const found: Offence[] = []
  for (const file of files) {
    const visit = (node: ts.Node): void => {
      if (judge(node, file)) found.push(at(file, node))
      ts.forEachChild(node, visit)
    }
    visit(file.tree)
  }
  return found
}

/** Lines where `wrong` says so. */
function badLines(
  files: readonly { readonly path: string; readonly lines: readonly string[] }[],
  wrong: (line: string) => boolean,
): Offence[] {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      wrong(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 80)}`] : [],
    ),
  )
}

/** Fails with all the places at once, and what to do about them. */
function none(found: readonly Offence[], cure: string): void {
  if (found.length > 0) expect.fail(`${cure}\n  ${found.join('\n  ')}`)
}

describe('every file', () => {
  test('opens by saying what it is for', () => {
    const SHORT_LINES = 60
    const wrong = sources.filter(({ path, text, lines }) => {
      const needsMore =
        path.endsWith('.test.ts') || (path.startsWith('src/') && lines.length > SHORT_LINES)
      const body = text.replace(/^#!.*\n/, '').trimStart()
      const header = /^(\/\*[\s\S]*?\*\/|(\/\/.*\n)+)/.exec(body)?.[0].trimEnd().split('\n') ?? []
      return header.length < (needsMore ? 2 : 1)
    })
    none(
      wrong.map(({ path }) => path),
      'Open the file with a comment: what it owns, what it must never do, where the rule comes ' +
        'from. A test opens with its goal and its method.',
    )
  })

  test('is short enough to be read in one sitting', () => {
    const LINES_MAX = 600
    /** One class whose invariants span all of it. A ceiling may be lowered, never raised. */
    const CEILINGS = new Map([
      ['src/log/log.ts', 920],
      ['src/log/log-manager.ts', 700],
    ])
    none(
      sources.flatMap(({ path, lines }) =>
        lines.length > (CEILINGS.get(path) ?? LINES_MAX) ? [`${path}: ${lines.length} lines`] : [],
      ),
      `More than ${LINES_MAX} lines: find the second subject in it and give that a file.`,
    )
  })

  test('keeps to 100 columns', () => {
    const COLUMNS_MAX = 100
    none(
      sources.flatMap((file) =>
        file.lines.flatMap((line, index) =>
          line.length > COLUMNS_MAX && line.length - literalColumns(file, index) > COLUMNS_MAX
            ? [`${file.path}:${index + 1} ${line.trim().slice(0, 80)}`]
            : [],
        ),
      ),
      `Longer than ${COLUMNS_MAX} columns: wrap the comment, or run \`npm run format\`.`,
    )
  })

  test('leaves no note to self behind', () => {
    const MARKS = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`)
    none(
      badLines([...sources, ...proseLines()], (line) => MARKS.test(line)),
      'Do it, or write down in docs/OMISSIONS.md that it is not done and why.',
    )
  })

  test('knows nothing of the machine it was written on', () => {
    const HOME = /(^|[\s'"`(=:])\/(home|Users|root|work)\/\w|[A-Z]:\\\\?Users\\/
    none(
      badLines(
        [...sources, ...proseLines()],
        (line) => HOME.test(line) && !line.includes('HOME ='),
      ),
      'An absolute path of one machine: use os.tmpdir(), import.meta.url or an argument.',
    )
  })

  test('has a name that says something', () => {
    none(
      sources.flatMap(({ path }) =>
        /\/(helpers?|utils?|common|misc|shared|stuff)(\.test)?\.ts$/.test(path) ? [path] : [],
      ),
      'Name the file after what it owns (docs/GLOSSARY.md).',
    )
  })
})

/**
 * Columns of a line that belong to literals: those nobody can break, and sentences should not be.
 */
function literalColumns({ tree }: SourceFile, line: number): number {
  const start = tree.getPositionOfLineAndCharacter(line, 0)
  const end = tree.getLineEndOfPosition(start)
  let columns = 0
  const visit = (node: ts.Node): void => {
    if (node.getEnd() <= start || node.getStart(tree) >= end) return
    if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node))
      columns += Math.min(node.getEnd(), end) - Math.max(node.getStart(tree), start)
    else ts.forEachChild(node, visit)
  }
  visit(tree)
  return columns
}

function proseLines() {
  return prose.map((path) => ({ path, lines: read(path).split('\n') }))
}

describe('modules', () => {
  /** Vitest insists on a default export for both. */
  const NEEDS_DEFAULT = new Set(['test/reporter.ts'])

  test('export by name', () => {
    none(
      offences(
        sources.filter(({ path }) => !NEEDS_DEFAULT.has(path)),
        (node) =>
          ts.isExportAssignment(node) ||
          (ts.canHaveModifiers(node) &&
            (ts.getModifiers(node) ?? []).some(
              ({ kind }) => kind === ts.SyntaxKind.DefaultKeyword,
            )),
      ),
      'No default exports: a name that can be searched for.',
    )
  })

  test('are imported where they are, not through barrels', () => {
    none(
      offences(
        sources.filter(({ path }) => path !== 'src/index.ts' && path !== 'src/chaos/index.ts'),
        (node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined,
      ),
      'Only src/index.ts and src/chaos/index.ts re-export; import from the file that declares the name.',
    )
  })

  test('use no enums, namespaces or decorators', () => {
    none(
      offences(
        sources,
        (node) =>
          ts.isEnumDeclaration(node) ||
          ts.isDecorator(node) ||
          (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name)),
      ),
      'Use an `as const` object or a union of strings.',
    )
  })

  test('inherit from nothing but errors', () => {
    const ERROR = /(Error|CloseConnection|Crash|Corrupt|Unusable)(<.*>)?$|^protobuf\.Reader$/
    none(
      offences(
        inSrc,
        (node) =>
          ts.isHeritageClause(node) &&
          node.token === ts.SyntaxKind.ExtendsKeyword &&
          ts.isClassDeclaration(node.parent) &&
          node.types.some((type) => !ERROR.test(type.getText())),
      ),
      'Hold the other object as a field, or share a function.',
    )
  })
})

describe('time, chance and waiting', () => {
  /** Called by name, whatever the object in front. */
  const GLOBALS = new Set(['setTimeout', 'setInterval'])
  const MEMBERS = new Set([
    'Date.now',
    'Math.random',
    'performance.now',
    'process.hrtime',
    'process.uptime',
    'crypto.randomUUID',
    'crypto.getRandomValues',
    'AbortSignal.timeout',
    'Atomics.wait',
  ])

  test('come from base/clock.ts and base/random.ts, everywhere but in host/', () => {
    none(
      offences(outsideHost, (node, { tree }) => {
        if (ts.isPropertyAccessExpression(node)) return MEMBERS.has(node.getText(tree))
        if (ts.isNewExpression(node))
          return node.expression.getText(tree) === 'Date' && (node.arguments ?? []).length === 0
        return ts.isCallExpression(node) && GLOBALS.has(node.expression.getText(tree))
      }),
      'Take a Clock or a Random as an argument; only host/ asks the machine, so that a seed can ' +
        'replay everything else.',
    )
  })

  /** Floors that compute and never wait (docs/ARCHITECTURE.md). */
  const PURE =
    /^src\/((bytes|wire|raft|records|metadata|config)\/|controller\/(?!(?:controller|broker-liveness|leader-upkeep|lost-brokers)\.ts)|coordinator\/(?!runtime|view)|.*-state\.ts$)/
  /** What must load WebAssembly once, and what hands images to publishers that may wait. */
  const MAY_AWAIT = new Set([
    'src/metadata/loader.ts',
    'src/records/compression/index.ts',
    'src/records/compression/zstd.ts',
  ])

  test('pure code does not await', () => {
    none(
      offences(
        inSrc.filter(({ path }) => PURE.test(path) && !MAY_AWAIT.has(path)),
        (node) => ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword,
      ),
      'Return what should happen; the driver one floor up makes it happen.',
    )
  })

  test('no test is focused', () => {
    none(
      offences(
        sources,
        (node) =>
          ts.isPropertyAccessExpression(node) &&
          node.name.text === 'only' &&
          /^(test|it|describe|suite|bench)\b/.test(node.expression.getText()),
      ),
      'Run one test by name instead: `npm test -- -t "name"`.',
    )
  })
})

describe('functions', () => {
  test('fit on a screen', () => {
    const LINES_MAX = 75
    const linesOf = (node: ts.Node, { tree }: SourceFile) =>
      tree.getLineAndCharacterOfPosition(node.getEnd()).line -
      tree.getLineAndCharacterOfPosition(node.getStart(tree)).line +
      1
    none(
      offences(inSrc, (node, file) => ts.isFunctionLike(node) && linesOf(node, file) > LINES_MAX),
      `Aim for 60 lines, ${LINES_MAX} at most: the parent decides, pure leaves below it compute.`,
    )
  })
})

describe('the protocol', () => {
  /** Loaded here, so that a broken module does not silence the rules above. */
  const served = async () => (await import('../src/server/handlers/index.ts')).handlers

  const kebab = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
  const fileOf = ({ key, name }: Handler['api']) =>
    `${String(key).padStart(2, '0')}-${kebab(name)}.ts`
  const numbered = (folder: string) =>
    readdirSync(join(ROOT, folder)).filter((name) => /^\d\d-.*\.ts$/.test(name))

  /** The one API that a schema file declares. */
  async function apiIn(name: string): Promise<Handler['api'][]> {
    const path = join(ROOT, 'src/wire/apis', name)
    const module = (await import(path)) as Record<string, unknown>
    return Object.values(module).filter(
      (value): value is Handler['api'] =>
        typeof value === 'object' && value !== null && 'key' in value && 'versions' in value,
    )
  }

  test('a schema file is called after the key and the name of its API', async () => {
    for (const name of numbered('src/wire/apis'))
      expect((await apiIn(name)).map(fileOf), 'rename the file, or correct the key').toEqual([name])
  })

  test('a handler has the number and the name of its schema, and is in the table', async () => {
    const handlers = await served()
    expect(
      numbered('src/server/handlers'),
      'one file per handler, named as its schema and listed in src/server/handlers/index.ts',
    ).toEqual(handlers.map(({ api }) => fileOf(api)).sort())
  })

  test('what is served and advertised, the schema has', async () => {
    for (const { api, versions, advertised } of await served())
      for (const [min, max] of [versions, advertised])
        expect(
          min >= api.versions[0] && max <= api.versions[1],
          `${api.name}: ${min}-${max} is more than its schema knows`,
        ).toBe(true)
  })

  test('docs/OMISSIONS.md names every API that is served, with its versions', async () => {
    const range = ([min, max]: readonly [number, number]) =>
      min === max ? `${min}` : `${min}–${max}`
    const rows = read('docs/OMISSIONS.md').matchAll(/^\| (\d+) \| (\w+) \| ([\d–]+) \|/gm)
    const documented = [...rows].map(([, key, name, versions]) => `${key} ${name} ${versions}`)
    const actual = (await served()).map(
      ({ api, versions }) => `${api.key} ${api.name} ${range(versions)}`,
    )
    expect(documented, 'correct the table "Served" in docs/OMISSIONS.md').toEqual(actual)
  })
})

test('package-lock.json names no registry', () => {
  none(
    badLines(
      [{ path: 'package-lock.json', lines: read('package-lock.json').split('\n') }],
      (line) => /"resolved":/.test(line),
    ),
    'Run `npm config set omit-lockfile-registry-resolved true` and install again.',
  )
})
