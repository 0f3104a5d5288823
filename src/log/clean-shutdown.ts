/**
 * `.kafka_cleanshutdown`: everything in this directory was flushed and closed, so nothing needs to
 * be scanned, but for logs that it names because they could not be opened (KAFKA-13773). It exists
 * only when that is true, and it is taken away, durably, before anything is touched (invariant D3);
 * a crash while loading therefore counts as an unclean stop.
 */
import type { Disk } from '../base/disk.ts'
import { readFile, writeFileAtomically } from '../base/disk.ts'

const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown'

export interface CleanShutdown {
  readonly brokerEpoch: number
  /** Directories of logs for which it does not vouch. */
  readonly notOpened: readonly string[]
}

/** What the marker says, if there is one; it stays. */
export function readCleanShutdownMarker(disk: Disk, directory: string): CleanShutdown | null {
  const bytes = readFile(disk, `${directory}/${CLEAN_SHUTDOWN_FILE}`)
  return bytes === null ? null : parse(new TextDecoder().decode(bytes))
}

/** Takes the marker away. Null: there was none, or none that says anything. */
export function takeCleanShutdownMarker(disk: Disk, directory: string): CleanShutdown | null {
  const path = `${directory}/${CLEAN_SHUTDOWN_FILE}`
  if (!disk.exists(path)) return null
  const marker = readCleanShutdownMarker(disk, directory)
  disk.remove(path)
  disk.syncDirectory(directory)
  return marker
}

/** Durable when it returns. Everything it vouches for must be so already. */
export function leaveCleanShutdownMarker(
  disk: Disk,
  directory: string,
  { brokerEpoch, notOpened }: CleanShutdown,
): void {
  const unless = notOpened.length === 0 ? {} : { notOpened }
  const text = JSON.stringify({ version: 0, brokerEpoch, ...unless })
  writeFileAtomically(disk, `${directory}/${CLEAN_SHUTDOWN_FILE}`, new TextEncoder().encode(text))
}

function parse(text: string): CleanShutdown | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    if (!('version' in value) || value.version !== 0 || !('brokerEpoch' in value)) return null
    const { brokerEpoch } = value
    const notOpened = 'notOpened' in value ? value.notOpened : []
    if (!Number.isSafeInteger(brokerEpoch) || !Array.isArray(notOpened)) return null
    return { brokerEpoch: brokerEpoch as number, notOpened: notOpened.map(String) }
  } catch {
    return null
  }
}
