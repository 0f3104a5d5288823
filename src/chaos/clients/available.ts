/**
 * Which clients can be had on this machine, how each is run, what each can play; and of those that
 * cannot be had what to do about it. Found out once, when it is first asked.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ClientName } from '../api.ts'
import type { Role } from './protocol.ts'
import { resolveTheirs } from './theirs.ts'

/** A client's command line, and the roles it plays. */
export interface Program {
  readonly client: ClientName
  readonly command: readonly [string, ...string[]]
  readonly roles: ReadonlySet<Role['role']>
  /** Whether its commits carry a note, by which each is known again. */
  readonly notesCommits: boolean
}

export type Found = Program | { readonly missing: string }

/** Programs are run as they are built, wherever this is run from. */
const PROGRAMS = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/chaos/clients/' : './',
  import.meta.url,
)
const path = (name: string) => fileURLToPath(new URL(name, PROGRAMS))

/** The Python that has `confluent_kafka`, where it is not the first one on PATH. */
const PYTHON_VARIABLE = 'LOGRAFT_CHAOS_PYTHON'
const LOOK_MS = 20_000

const ALL: ReadonlySet<Role['role']> = new Set(['produce', 'follow', 'member', 'read'])

const FINDERS: Readonly<Record<ClientName, () => Found>> = {
  lograft: () => ({
    ...{ client: 'lograft', command: [process.execPath, path('lograft.js')] },
    ...{ roles: ALL, notesCommits: true },
  }),
  kafkajs: () =>
    ofNode('kafkajs', 'kafkajs', {
      ...{ roles: new Set(['produce', 'member', 'read'] as const), notesCommits: true },
    }),
  platformatic: () =>
    ofNode('platformatic', '@platformatic/kafka', {
      ...{ roles: new Set(['produce', 'member'] as const), notesCommits: false },
    }),
  librdkafka: () => {
    const python = process.env[PYTHON_VARIABLE] ?? 'python3'
    const asked = { stdio: 'ignore', timeout: LOOK_MS } as const
    if (spawnSync(python, ['-c', 'import confluent_kafka'], asked).status !== 0)
      return {
        missing:
          `${python} has no confluent_kafka: pip install confluent-kafka, ` +
          `or name another Python in ${PYTHON_VARIABLE}`,
      }
    return {
      ...{ client: 'librdkafka', command: [python, path('librdkafka.py')] },
      ...{ roles: ALL, notesCommits: true },
    }
  },
  kcat: () => {
    const asked = { stdio: 'ignore', timeout: LOOK_MS } as const
    const kcat = ['kcat', 'kafkacat'].find((name) => spawnSync(name, ['-V'], asked).status === 0)
    if (kcat === undefined)
      return { missing: 'kcat is not installed (Debian: apt-get install kcat)' }
    return {
      ...{ client: 'kcat', command: [process.execPath, path('kcat.js'), kcat] },
      ...{ roles: new Set(['follow', 'read'] as const), notesCommits: false },
    }
  },
}

function ofNode(
  client: ClientName,
  module: string,
  more: Pick<Program, 'roles' | 'notesCommits'>,
): Found {
  if (resolveTheirs(module) === null)
    return { missing: `${module} is not installed: npm install ${module}` }
  return { client, command: [process.execPath, path(`${client}.js`)], ...more }
}

/** All that the harness knows. */
export const CLIENTS = Object.keys(FINDERS) as readonly ClientName[]

const found = new Map<ClientName, Found>()

export function findClient(client: ClientName): Found {
  const known = found.get(client) ?? FINDERS[client]()
  found.set(client, known)
  return known
}
