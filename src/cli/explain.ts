/**
 * Errors of the operating system that keep a node from starting, in words that say what to do. They
 * arrive as they are, as the `cause` of a DiskError, or as LevelDB's text. What is explained where
 * it was thrown already, and what nobody foresaw, is left alone. Pure.
 */
import { DiskError } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import { formatHostPort } from '../config/addresses.ts'

export interface Circumstances {
  /** `log.dirs`, absolute. */
  readonly directory: string
  /** Who runs the process: `user deb (uid 1000)`. */
  readonly user: string
}

/** What Node says of a failed system call. */
interface SystemError {
  readonly code: string
  readonly message: string
  readonly path: string | null
  readonly address: string | null
  readonly port: number | null
}

/** What to do about an error of the operating system; null for any other. */
export function explain(error: Error, circumstances: Circumstances): string | null {
  const system = systemErrorOf(error)
  if (error instanceof DiskError || isStoreFailure(error))
    return explainDisk(error, system, circumstances)
  return system && (explainLimit(system.code) ?? explainNetwork(system))
}

function isStoreFailure(error: Error): boolean {
  return error instanceof LograftError && error.code === 'STORE_FAILED'
}

/** What LevelDB says where Node gives a code: the C library's words for it. */
const WORDS = [
  ['EACCES', /permission denied/i],
  ['ENOSPC', /no space left/i],
  ['EDQUOT', /quota exceeded/i],
  ['EROFS', /read-only file system/i],
  ['EMFILE', /too many open files/i],
  ['ENOTDIR', /not a directory/i],
] as const

/** The innermost error that carries a code of the system. */
function systemErrorOf(error: Error): SystemError | null {
  let found: SystemError | null = null
  let next: unknown = error
  for (let depth = 0; next instanceof Error && depth < 8; depth++) {
    const { code, message, path, address, hostname, port } = next as NodeJS.ErrnoException & {
      address?: string
      hostname?: string
      port?: number
    }
    const where = { path: path ?? null, address: address ?? hostname ?? null, port: port ?? null }
    const [inWords] = WORDS.find(([, words]) => words.test(message)) ?? []
    if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) found = { code, message, ...where }
    else if (inWords) found = { code: inWords, message, ...where }
    next = next.cause
  }
  return found
}

function explainDisk(
  error: Error,
  system: SystemError | null,
  { directory, user }: Circumstances,
): string {
  const named = `log.dirs=${directory}`
  const place = system?.path ?? pathWithin(system?.message ?? error.message, directory)
  const within = place?.startsWith(`${directory}/`) ? place : null
  switch (system?.code ?? ('code' in error ? error.code : null)) {
    case 'EACCES':
    case 'EPERM':
      return within === null
        ? `${named} cannot be written by ${user}: chown it or choose another directory.`
        : `${named} cannot be used by ${user}, who has no right to ${within}: chown -R it or choose another directory.`
    case 'EROFS':
      return `${named} is on a read-only file system: mount it writable or choose another directory.`
    case 'EEXIST':
      return `${named} cannot be used, because ${place ?? directory} is a file: choose another directory.`
    case 'ENOTDIR':
      return `${named} cannot be used, because ${place ?? directory} lies below a file: choose another directory.`
    case 'ENOSPC':
    case 'EDQUOT':
    case 'DISK_FULL':
      return `no space is left for ${named}: make some or choose another directory.`
    default:
      // All above it is there, and still it cannot be made.
      if (system?.code === 'ENOENT' && system.message.includes('mkdir'))
        return `${named} cannot be created: its file system makes no directories, or a link on the way leads nowhere. Choose another directory.`
      return explainLimit(system?.code ?? '') ?? `${named} cannot be used: ${error.message}`
  }
}

/** A path below the directory that a message names. */
function pathWithin(message: string, directory: string): string | null {
  const from = message.indexOf(`${directory}/`)
  if (from < 0) return null
  const rest = message.slice(from + directory.length)
  return directory + (/^[^\s:']+/.exec(rest)?.[0] ?? '')
}

function explainLimit(code: string): string | null {
  return code === 'EMFILE' || code === 'ENFILE'
    ? 'too many files are open: raise the limit (ulimit -n, or LimitNOFILE= of a systemd unit).'
    : null
}

function explainNetwork({ code, address, port }: SystemError): string | null {
  const where = formatHostPort({ host: address ?? '', port: port ?? 0 })
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is taken by another program. Stop that one, or choose another port: --set listeners=PLAINTEXT://127.0.0.1:0 takes any free one.`
    case 'EADDRNOTAVAIL':
      return `${where} is no address of this machine. Correct the host in listeners.`
    case 'EACCES':
      return port === null
        ? null
        : `${where} may not be listened on by this user. Choose a port above 1023 in listeners.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${address ?? 'a host'} is a name without an address. Correct the host in listeners.`
    default:
      return null
  }
}
