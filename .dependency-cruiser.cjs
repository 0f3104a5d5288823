// The building (docs/ARCHITECTURE.md): a folder of src/ imports from lower floors only, folders of
// one floor never import each other, and host/ is the only place that touches the machine. Types
// count as imports: a floor that needs a higher floor's type declares its own in ports.ts.

const FLOORS = [
  ['bytes', 'base'],
  ['wire', 'raft', 'config'],
  ['records', 'metadata'],
  ['log', 'quorum', 'client'],
  ['controller', 'replication', 'coordinator', 'security', 'quota'],
  ['server', 'rpc', 'http', 'metrics'],
  ['node'],
  ['embed'],
  ['chaos'],
  ['cli', 'console'],
]
const FOLDERS = FLOORS.flat()

/** The first floor that may read generated protobuf code: metadata/ and what stands on it. */
const GEN_FROM = 2
/** The first floor that may know the real machine; below it arrives as an argument. */
const HOST_FROM = 6

/** Modules that reach outside the process or give a different answer every time. */
const MACHINE =
  '^(node:)?(child_process|cluster|crypto|dgram|dns|fs|http|http2|https|inspector|net|os|perf_hooks|process|readline|repl|sqlite|timers|tls|tty|v8|vm|wasi|worker_threads)(/|$)'

const folder = (...names) => `^src/(${names.join('|')})/`

const floorRules = FLOORS.flatMap((names, floor) =>
  names
    .map((name) => ({
      name: `floor-${floor}-${name}`,
      severity: 'error',
      comment: `src/${name}/ stands on floor ${floor}. Import from lower floors only; for what a neighbour or a higher floor offers, declare an interface in src/${name}/ports.ts and let node/ plug it in.`,
      from: { path: folder(name) },
      to: {
        path: folder(
          ...FLOORS.slice(floor)
            .flat()
            .filter((other) => other !== name),
        ),
      },
    }))
    .filter(({ to }) => to.path !== folder()),
)

// A pure file returns what should happen; its driver makes it happen (that lets a seed replay a bug).
const PURE = [
  folder('bytes', 'wire', 'raft', 'records', 'metadata', 'config'),
  '^src/controller/(?!controller\\.ts)',
  '^src/coordinator/(?!runtime|view)',
  '^src/.*/([^/]+-state|isr|reconcile)\\.ts$',
]

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'known-folder',
      severity: 'error',
      comment: 'A new folder gets its floor in .dependency-cruiser.cjs and docs/ARCHITECTURE.md.',
      from: { path: '^src/.+/', pathNot: folder(...FOLDERS, 'host', 'gen') },
      to: {},
    },
    {
      name: 'host-from-above',
      severity: 'error',
      comment:
        'host/ is the real machine. Take a Disk, Clock, Random … of base/ as an argument; node/ passes the real one.',
      from: { path: '^src/', pathNot: folder('host', ...FLOORS.slice(HOST_FROM).flat()) },
      to: { path: folder('host') },
    },
    {
      name: 'host-knows-interfaces',
      severity: 'error',
      comment: 'host/ implements the interfaces of base/; it knows nothing of the broker.',
      from: { path: folder('host') },
      to: { path: folder(...FOLDERS.filter((name) => !FLOORS[0].includes(name)), 'gen') },
    },
    {
      name: 'gen-from-metadata-up',
      severity: 'error',
      comment: 'Generated protobuf code is a detail of metadata/ and of the floors above it.',
      from: {
        path: '^src/',
        pathNot: folder('metadata', ...FLOORS.slice(GEN_FROM + 1).flat(), 'gen'),
      },
      to: { path: folder('gen') },
    },
    {
      name: 'gen-stands-alone',
      severity: 'error',
      comment: 'Generated code imports its runtime library and nothing of ours.',
      from: { path: folder('gen') },
      to: { path: folder(...FOLDERS, 'host') },
    },
    {
      name: 'machine-through-host',
      severity: 'error',
      comment:
        'Only host/ touches the machine. Add what you need to an interface of base/. (chaos/ hurts the machine: its subject, and nothing that a seed would replay.)',
      from: {
        path: '^src/',
        pathNot: ['^src/host/', '^src/(cli/)?chaos/', '^src/gen/[a-z]+\\.mjs$'],
      },
      to: { dependencyTypes: ['core'], path: MACHINE },
    },
    {
      name: 'pure-without-node',
      severity: 'error',
      comment:
        'Pure code computes; node:assert is all it needs of Node (node:zlib in records/compression/).',
      from: { path: PURE, pathNot: '^src/records/compression/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?assert(/|$)' },
    },
    {
      name: 'raft-stands-alone',
      severity: 'error',
      comment:
        'The Raft core can be read, tested and simulated without the rest: it imports its own files and node:assert.',
      from: { path: folder('raft') },
      to: { pathNot: [folder('raft'), '^(node:)?assert$'] },
    },
    {
      name: 'pure-compression',
      severity: 'error',
      comment: 'The codecs may use zlib and nothing else of Node.',
      from: { path: '^src/records/compression/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(assert|zlib)(/|$)' },
    },
    {
      name: 'pure-packages',
      severity: 'error',
      comment:
        'Packages a pure floor may use: the native CRC (bytes/), the codecs (records/compression/), zod (config/).',
      from: { path: PURE, pathNot: ['^src/bytes/crc32c\\.ts$', '^src/records/compression/'] },
      to: { path: 'node_modules', pathNot: 'node_modules/(zod|protobufjs)/' },
    },
    {
      name: 'grpc-through-rpc',
      severity: 'error',
      comment:
        'grpc-js has traps that rpc/ knows: declare a method with rpc/service.ts, call it through an RpcChannel.',
      from: { path: '^src/', pathNot: folder('rpc') },
      to: { path: 'node_modules/@grpc/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or want a third below both.',
      from: { path: '^src/', pathNot: '^src/gen/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      comment:
        'src/ runs where development dependencies are not installed. (Programs of chaos/clients/ take types of the clients that they load from the project that has them.)',
      from: {
        path: '^src/',
        pathNot: ['^src/gen/[a-z]+\\.mjs$', '^src/chaos/clients/(kafkajs|platformatic)\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'deprecated'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
