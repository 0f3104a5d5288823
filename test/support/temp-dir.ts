/**
 * A directory of a test's own, under the system's temporary directory, gone when the test is over.
 * Never a path of this machine, never inside the checkout.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDir extends AsyncDisposable {
  readonly path: string
}

/** Creates it. `await using` removes it with all that is in it. */
export async function tempDir(name = 'lograft'): Promise<TempDir> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  }
}
