/** Files that commands of plans read, standard input too, and what is wrong with them. */
import { readFile } from '../../base/disk.ts'
import { isLograftError, LograftError } from '../../base/errors.ts'
import { hostDisk } from '../../host/disk.ts'

/** More than any plan that a node takes. */
const INPUT_BYTES_MAX = 16 * 1024 * 1024
const STANDARD_INPUT = '-'

/** What `parse` makes of a file; `-` is standard input. Throws USAGE, which names the file. */
export async function readText<Value>(
  path: string,
  parse: (text: string) => Value,
): Promise<Value> {
  const bytes = path === STANDARD_INPUT ? await readInput() : readFile(hostDisk, path)
  const name = path === STANDARD_INPUT ? 'standard input' : path
  if (bytes === null) throw new LograftError('USAGE', `${name}: there is no such file`)
  try {
    return parse(new TextDecoder().decode(bytes))
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    throw new LograftError('USAGE', `${name}: ${thrown.message}`, { cause: thrown })
  }
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > INPUT_BYTES_MAX)
      throw new LograftError('USAGE', `standard input: more than ${INPUT_BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
