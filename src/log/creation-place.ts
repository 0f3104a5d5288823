/**
 * The place of a log that is to be created, and what stands there already: nothing is mixed with
 * what is not ours, or deleted for a new log.
 */
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { Creation } from './creations.ts'
import { surveyEntry } from './directory-survey.ts'
import { partitionDirectoryName } from './file-names.ts'

/**
 * Whether an earlier try has come as far as `partition.metadata`. Throws when the place is taken.
 */
export function isBegun(
  { topic, partition, topicId }: Creation,
  { disk, directory }: { readonly disk: Disk; readonly directory: string },
): boolean {
  const name = partitionDirectoryName(topic, partition)
  const found = surveyEntry(disk, directory, name)
  if (found === null || found.type === 'unfinished') return false
  if (found.type === 'partition') {
    if (found.topicId !== topicId)
      throw new LograftError(
        'INCONSISTENT_TOPIC_ID',
        `${directory}/${name} is of topic id ${found.topicId}, not of ${topicId}`,
      )
    if (!found.hasRecords) return true
    // Perhaps a copy that is still under way: what is missing at its end must not be cut off.
    throw new LograftError(
      'DIRECTORY_TAKEN',
      `${directory}/${name} came with records while the node was running. Nothing was changed. ` +
        `Restart the node to have it checked and opened.`,
    )
  }
  const what =
    found.type === 'foreign' ? found.reason : `its partition.metadata is ${found.metadata}`
  throw new LograftError(
    'DIRECTORY_TAKEN',
    `${directory}/${name} is where this partition belongs, and it is not ours (${what}). ` +
      `Nothing was changed. Move it out of ${directory} and restart the node.`,
  )
}
