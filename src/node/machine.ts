/** The machine a node runs on, as its parts see it; tests and simulations exchange it. */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import type { Http } from '../base/http.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import { whyUnsound } from '../coordinator/view/check-store.ts'
import { bootId } from '../host/boot.ts'
import { hostClock } from '../host/clock.ts'
import { hostDisk } from '../host/disk.ts'
import { hostHttp } from '../host/http.ts'
import { lockStore } from '../host/level-store.ts'
import { openFilesLimit } from '../host/limits.ts'
import { hostNet } from '../host/net.ts'
import { hostRandom } from '../host/random.ts'
import type { DirectoryLock } from './directory.ts'

export interface Host {
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly net: Net
  readonly http: Http
  readonly lock: (directory: string) => Promise<DirectoryLock>
  /** Another one after every start of the operating system; null when that cannot be known. */
  readonly bootId: () => string | null
  /** Descriptors this process may have: files and connections together. */
  readonly openFilesLimit: () => number
}

/** The real one. */
export const thisMachine: Host = {
  disk: hostDisk,
  clock: hostClock,
  random: hostRandom,
  net: hostNet,
  http: hostHttp,
  lock: (directory) => lockStore(directory, whyUnsound),
  bootId,
  openFilesLimit,
}
