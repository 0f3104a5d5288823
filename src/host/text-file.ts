/** A text file that a person named, such as a configuration. System errors stay as they are. */
import fs from 'node:fs'

/** The whole text; reads a pipe to its end too, whose size nobody knows before. */
export function readTextFile(path: string): string {
  return fs.readFileSync(path, 'utf8')
}
