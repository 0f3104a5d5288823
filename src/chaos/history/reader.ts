/**
 * Reads a history, line by line, whoever wrote it: what cannot be understood is refused with the
 * number of its line. Only the last line may be cut, as it is when the writer was killed; that is
 * told, for a history that was cut proves nothing.
 */
import { createReadStream } from 'node:fs'
import { LograftError } from '../../base/errors.ts'
import type { HistoryEvent } from './events.ts'
import { faultIn } from './shape.ts'

/** A partition that is read in the end is one line, if whoever reads it does not cut it up. */
const LINE_MAX_CHARACTERS = 256 << 20

export interface HistoryEnd {
  readonly lines: number
  /** What is wrong with the last line; null when it is whole. */
  readonly cut: string | null
}

/** Hands every event to `take`, with its line, from 1 on. Rejects with BAD_HISTORY. */
export async function readHistory(
  path: string,
  take: (event: HistoryEvent, line: number) => void,
): Promise<HistoryEnd> {
  let line = 0
  let cut: string | null = null
  for await (const { texts, isWhole } of linesIn(path))
    for (const text of texts) {
      line += 1
      const parsed = parse(text)
      if (parsed === null) continue
      if (!isWhole && 'fault' in parsed) {
        cut = `the last line, ${line}, is cut: whoever wrote it was ended`
        continue
      }
      if ('fault' in parsed) throw badLine(line, parsed.fault)
      if (line === 1 && parsed.event.type !== 'run')
        throw badLine(line, `a history begins with an event of type run, not ${parsed.event.type}`)
      take(parsed.event, line)
    }
  if (line === 0) throw new LograftError('BAD_HISTORY', 'the history is empty')
  return { lines: line, cut }
}

function badLine(line: number, fault: string): LograftError {
  return new LograftError('BAD_HISTORY', `line ${line}: ${fault}`)
}

/** Null for a line without anything. */
function parse(line: string): { readonly event: HistoryEvent } | { readonly fault: string } | null {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  if (text === '') return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fault: `no JSON: ${text.slice(0, 60)}` }
  }
  const fault = faultIn(value)
  return fault === null ? { event: value as HistoryEvent } : { fault }
}

interface Lines {
  readonly texts: readonly string[]
  /** They end as lines do. */
  readonly isWhole: boolean
}

async function* linesIn(path: string): AsyncGenerator<Lines> {
  /** Of a line that goes on in the next chunk. */
  let pieces: string[] = []
  let characters = 0
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })
  for await (const chunk of stream as AsyncIterable<string>) {
    const texts = chunk.split('\n')
    const rest = texts.pop() ?? ''
    if (texts.length > 0) {
      texts[0] = pieces.join('') + (texts[0] ?? '')
      pieces = []
      characters = 0
      yield { texts, isWhole: true }
    }
    pieces.push(rest)
    characters += rest.length
    if (characters > LINE_MAX_CHARACTERS)
      throw new LograftError(
        'BAD_HISTORY',
        `a line of more than ${LINE_MAX_CHARACTERS} characters: this is no history`,
      )
  }
  const text = pieces.join('')
  if (text !== '') yield { texts: [text], isWhole: false }
}
