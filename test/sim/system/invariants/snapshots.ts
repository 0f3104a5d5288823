/**
 * Group 11 for real files: a snapshot that takes its name, whoever made it, can be read as a whole
 * and holds the committed state of its index, and who voted then.
 */
import type { MetadataRecord } from '../../../../src/metadata/records.ts'
import { imageOf } from '../../../../src/metadata/snapshot.ts'
import type { Configuration } from '../../../../src/raft/configuration.ts'
import type { SnapshotMark } from '../../../../src/raft/entry.ts'
import { SnapshotStore } from '../../../../src/quorum/snapshot-store.ts'
import { asError } from '../../../../src/base/errors.ts'
import { check, Violation } from '../../invariants/violation.ts'
import type { History } from '../history.ts'
import { isSameImage } from '../history.ts'
import type { MachineDisk } from '../machine-disk.ts'
import { readOnly } from '../read-only.ts'

/** Returns the mark that the file's name and content give. */
export function checkSnapshot(
  disk: MachineDisk,
  directory: string,
  path: string,
  history: History,
): SnapshotMark {
  const [, index = '', term = ''] = /(\d{20})-(\d{10})\.checkpoint$/.exec(path) ?? []
  const id = { endOffset: Number(index), epoch: Number(term) }
  const { records, configuration } = contentOf(disk, directory, id)
  check(
    id.endOffset <= history.end,
    '11-snapshot',
    () => `${path} holds more than is committed: ${history.end}`,
  )
  const image = imageOf({ records, ...id })
  check(
    isSameImage(image, history.imageAt(id.endOffset)),
    '11-snapshot',
    () => `${path} holds another state than the committed one`,
  )
  return { index: id.endOffset, term: id.epoch, configuration }
}

function contentOf(disk: MachineDisk, directory: string, id: { endOffset: number; epoch: number }) {
  const store = new SnapshotStore({ disk: readOnly(disk), directory })
  const records: MetadataRecord[] = []
  let voters: Configuration | null = null
  try {
    for (const part of store.read(id)) {
      records.push(...part.records)
      voters ??= part.configuration
    }
  } catch (thrown) {
    throw new Violation('11-snapshot-unreadable', asError(thrown).message)
  }
  if (voters === null) throw new Violation('11-snapshot-unreadable', 'no part says who votes')
  return { records, configuration: voters }
}
