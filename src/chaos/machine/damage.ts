/**
 * Damages files of a node that does not run, as bad disks and careless people do: a bit flips, a
 * file ends too early, a page of it is zeros, it is gone, or an older copy of it is put back. Which
 * file is of which kind: docs/DATA_DIR.md. What a node makes of each: `damage-table.ts`.
 */
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DamagedFile, Manner } from '../faults/spec.ts'
import type { Chance } from './power-cut.ts'

const METADATA_LOG = '__cluster_metadata-0'
/** A page of zeros is what a power cut leaves of a file whose size came before its content. */
const PAGE_BYTES = 4096

/** Where files of a kind are: beside each other in the directory, or in each partition's. */
interface Place {
  readonly of: 'directory' | 'partition' | 'metadata' | 'store'
  readonly name: RegExp
  /** Of several segments of one log: the last one, or all but the last. */
  readonly which?: 'last' | 'not-last'
}

const LOG = /^\d{20}\.log$/

const PLACES: Readonly<Record<DamagedFile, Place>> = {
  segment: { of: 'partition', name: LOG, which: 'not-last' },
  'active-segment': { of: 'partition', name: LOG, which: 'last' },
  'offset-index': { of: 'partition', name: /^\d{20}\.index$/ },
  'time-index': { of: 'partition', name: /^\d{20}\.timeindex$/ },
  'producer-snapshot': { of: 'partition', name: /^\d{20}\.snapshot$/, which: 'last' },
  'leader-epochs': { of: 'partition', name: /^leader-epoch-checkpoint$/ },
  'partition-metadata': { of: 'partition', name: /^partition\.metadata$/ },
  'recovery-points': { of: 'directory', name: /^recovery-point-offset-checkpoint$/ },
  'log-starts': { of: 'directory', name: /^log-start-offset-checkpoint$/ },
  'high-watermarks': { of: 'directory', name: /^replication-offset-checkpoint$/ },
  'cleaned-offsets': { of: 'directory', name: /^cleaner-offset-checkpoint$/ },
  'compaction-gaps': { of: 'directory', name: /^compaction-gaps-offset-checkpoint$/ },
  'partition-creations': { of: 'directory', name: /^partition-creations$/ },
  'broker-life': { of: 'directory', name: /^broker-life$/ },
  'clean-shutdown': { of: 'directory', name: /^\.kafka_cleanshutdown$/ },
  'meta-properties': { of: 'directory', name: /^meta\.properties$/ },
  'metadata-log': { of: 'metadata', name: LOG, which: 'last' },
  'metadata-snapshot': { of: 'metadata', name: /\.checkpoint$/, which: 'last' },
  'quorum-state': { of: 'metadata', name: /^quorum-state$/ },
  'offsets-view': { of: 'store', name: /\.(ldb|log)$|^MANIFEST-/, which: 'last' },
}

/**
 * Files of a kind that are there and hold something, as paths. `partition`: a directory's name,
 * without which those of all partitions are found.
 */
export function filesOf(directory: string, file: DamagedFile, partition?: string): string[] {
  const { of, name, which } = PLACES[file]
  return foldersOf(directory, of, partition).flatMap((folder) => {
    const names = readdirSync(folder)
      .filter((entry) => name.test(entry))
      .sort()
    const wanted =
      which === undefined ? names : which === 'last' ? names.slice(-1) : names.slice(0, -1)
    return wanted
      .map((entry) => join(folder, entry))
      .filter((path) => readFileSync(path).length > 0)
  })
}

function foldersOf(directory: string, of: Place['of'], partition: string | undefined): string[] {
  const folders =
    of === 'directory'
      ? ['']
      : of === 'metadata'
        ? [METADATA_LOG]
        : of === 'store'
          ? [join('store', 'views')]
          : partition !== undefined
            ? [partition]
            : readdirSync(directory).filter((name) => /-\d+$/.test(name) && name !== METADATA_LOG)
  return folders.map((name) => join(directory, name)).filter((path) => existsSync(path))
}

/** Does it to one file. Returns what was done, for people. `copy`: of `old-copy`, where it lies. */
export function damage(
  path: string,
  how: Manner,
  { random, copy }: { readonly random: Chance; readonly copy?: string },
): string {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const at = Math.floor(random() * bytes.byteLength)
  switch (how) {
    case 'flip': {
      const bit = 1 << Math.floor(random() * 8)
      bytes.writeUInt8(bytes.readUInt8(at) ^ bit, at)
      writeFileSync(path, bytes)
      return `bit ${bit} of byte ${at} of ${bytes.byteLength} flipped`
    }
    case 'truncate':
      writeFileSync(path, bytes.subarray(0, at))
      return `cut to ${at} of ${bytes.byteLength} bytes`
    case 'zero': {
      const from = at - (at % PAGE_BYTES)
      bytes.fill(0, from, Math.min(from + PAGE_BYTES, bytes.byteLength))
      writeFileSync(path, bytes)
      return `zeros in the page at byte ${from} of ${bytes.byteLength}`
    }
    case 'delete':
      rmSync(path)
      return 'deleted'
    case 'old-copy':
      if (copy === undefined || !existsSync(copy)) throw new Error(`there is no copy of ${path}`)
      copyFileSync(copy, path)
      return 'an old copy put back'
  }
}
