/**
 * How the broker's process before this one ended, as far as its disk tells (SAFETY S11). *Clean*:
 * it left its marker. *Killed*: the machine is up since then, so that what was written is in the
 * page cache or on the disk. *Unclean*: anything else; unsynced records may be lost.
 */
import type { Disk } from '../base/disk.ts'
import { readFile, writeFileAtomically } from '../base/disk.ts'
import type { RestartKind } from '../controller/requests.ts'
import { readCleanShutdownMarker } from '../log/clean-shutdown.ts'

const FILE_NAME = 'broker-life'

export interface LastLife {
  readonly restart: RestartKind
  /** Of its registration; -1 when the disk does not say. */
  readonly previousBrokerEpoch: number
}

/** Before the logs are opened, which takes the marker away. */
export function readLastLife(disk: Disk, directory: string, bootId: string | null): LastLife {
  const marker = readCleanShutdownMarker(disk, directory)
  const life = parse(readFile(disk, `${directory}/${FILE_NAME}`))
  if (marker) {
    // A later process that was registered and left the marker where it was has opened no log.
    const previousBrokerEpoch = Math.max(marker.brokerEpoch, life?.brokerEpoch ?? -1)
    return { restart: 'clean', previousBrokerEpoch }
  }
  if (life === null) return { restart: 'unclean', previousBrokerEpoch: -1 }
  const isSameBoot = bootId !== null && life.bootId === bootId
  return {
    restart: isSameBoot ? 'killed' : 'unclean',
    previousBrokerEpoch: life.brokerEpoch,
  }
}

/** After registering and before serving; durable when it returns. */
export function noteLife(
  disk: Disk,
  directory: string,
  life: { readonly bootId: string | null; readonly brokerEpoch: number },
): void {
  const bytes = new TextEncoder().encode(JSON.stringify({ version: 0, ...life }))
  writeFileAtomically(disk, `${directory}/${FILE_NAME}`, bytes)
}

function parse(
  bytes: Uint8Array | null,
): { readonly bootId: string | null; readonly brokerEpoch: number } | null {
  if (bytes === null) return null
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    const { version, bootId, brokerEpoch } = value
    if (version !== 0 || !Number.isSafeInteger(brokerEpoch)) return null
    return {
      bootId: typeof bootId === 'string' ? bootId : null,
      brokerEpoch: brokerEpoch as number,
    }
  } catch {
    return null
  }
}
