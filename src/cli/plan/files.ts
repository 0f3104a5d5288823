/** Files that commands of plans read and write, and what is wrong with them. */
import { readFile } from '../../base/disk.ts'
import { isLograftError, LograftError } from '../../base/errors.ts'
import { hostDisk } from '../../host/disk.ts'

/** What `parse` makes of a file. Throws USAGE, which names the file. */
export function readText<Value>(path: string, parse: (text: string) => Value): Value {
  const bytes = readFile(hostDisk, path)
  if (bytes === null) throw new LograftError('USAGE', `${path}: there is no such file`)
  try {
    return parse(new TextDecoder().decode(bytes))
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    throw new LograftError('USAGE', `${path}: ${thrown.message}`, { cause: thrown })
  }
}
