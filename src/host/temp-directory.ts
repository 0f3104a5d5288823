/** A directory for what nobody needs later, under the system's temporary directory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDirectory {
  readonly path: string
  /** With all that is in it. */
  remove(): Promise<void>
}

export async function tempDirectory(name: string): Promise<TempDirectory> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) }
}
