/** What a disk takes for the files of so many empty logs, made one after the other. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** Of an empty log. */
const FILES = ['00000000000000000000.log', 'partition.metadata']

/** Milliseconds. */
export function makeDirectories(parent: string, count: number): number {
  const beganMs = performance.now()
  for (let index = 0; index < count; index += 1) {
    const directory = join(parent, `bare-${index}`)
    mkdirSync(directory)
    for (const file of FILES) closeSync(openSync(join(directory, file), 'w'))
  }
  return performance.now() - beganMs
}
