/**
 * Java's .properties syntax, as java.util.Properties reads it, which is what Kafka's configuration
 * files are written in. Pure: text in, entries out, each with the line it begins on. What Java
 * swallows in silence and people rarely mean (a lone `\d` in a Windows path) comes back as a
 * warning.
 */

interface Property {
  readonly key: string
  /** White space at its end belongs to the value, as in Java; option types trim it. */
  readonly value: string
  /** Of the line the entry begins on, counted from 1. */
  readonly line: number
}

interface Remark {
  readonly line: number
  readonly message: string
}

export interface Properties {
  /** In the order of the text; a key may come more than once. */
  readonly entries: readonly Property[]
  readonly problems: readonly Remark[]
  readonly warnings: readonly Remark[]
}

/** White space within a line. A line's end is \n, \r or both, and never reaches this. */
const isBlank = (char: string | undefined) => char === ' ' || char === '\t' || char === '\f'

/** Reads every entry of the text. Never throws: what is wrong is among the problems. */
export function parseProperties(text: string): Properties {
  const entries: Property[] = []
  const problems: Remark[] = []
  const warnings: Remark[] = []
  for (const { content, line } of logicalLines(text)) {
    const { key, value } = split(content)
    const unescapeAt = (escaped: string) => unescape(escaped, { line, problems, warnings })
    entries.push({ key: unescapeAt(key), value: unescapeAt(value), line })
  }
  return { entries, problems, warnings }
}

/** Lines with their continuations joined; comments and empty lines left out. */
function* logicalLines(text: string): Iterable<{ content: string; line: number }> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1
    let content = withoutIndent(lines[index]!)
    if (content === '' || content.startsWith('#') || content.startsWith('!')) continue
    while (endsInContinuation(content)) {
      content = content.slice(0, -1)
      index += 1
      if (index === lines.length) break
      // A comment sign at the beginning of a continuation is no comment.
      content += withoutIndent(lines[index]!)
    }
    if (content !== '') yield { content, line }
  }
}

function withoutIndent(line: string): string {
  let from = 0
  while (isBlank(line[from])) from += 1
  return line.slice(from)
}

/** An odd number of backslashes at the end: the last one escapes the line's end. */
function endsInContinuation(line: string): boolean {
  let backslashes = 0
  while (line[line.length - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}

/** Key and value, still escaped. The key ends at the first unescaped `=`, `:` or white space. */
function split(content: string): { key: string; value: string } {
  let end = 0
  while (end < content.length) {
    const char = content[end]
    if (char === '=' || char === ':' || isBlank(char)) break
    end += char === '\\' ? 2 : 1
  }
  let from = end
  while (isBlank(content[from])) from += 1
  if (content[from] === '=' || content[from] === ':') from += 1
  while (isBlank(content[from])) from += 1
  return { key: content.slice(0, end), value: content.slice(from) }
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

interface Remarks {
  readonly line: number
  readonly problems: Remark[]
  readonly warnings: Remark[]
}

function unescape(escaped: string, { line, problems, warnings }: Remarks): string {
  return escaped.replace(/\\(u.{0,4}|[^])?/g, (whole: string, what: string | undefined) => {
    if (what === undefined) return ''
    if (what.startsWith('u')) {
      if (/^u[0-9a-fA-F]{4}$/.test(what)) return String.fromCharCode(parseInt(what.slice(1), 16))
      problems.push({
        line,
        message: `${whole} is no character; \\u wants four hexadecimal digits`,
      })
      return whole
    }
    const named = NAMED_ESCAPES[what]
    if (named === undefined && /[a-zA-Z0-9]/.test(what))
      warnings.push({
        line,
        message: `the backslash of ${whole} is dropped; write \\\\ where one is meant`,
      })
    return named ?? what
  })
}

/** One entry as Java would read it back; for tests and for files we write. */
export function formatProperty(key: string, value: string): string {
  const escape = (text: string) =>
    text.replace(/[\\=:#!\t\n\r\f]|[^\x20-\x7e]/g, (char) => {
      const named = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' }[char]
      if (named !== undefined) return named
      if (char >= ' ' && char <= '~') return `\\${char}`
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  return `${escape(key).replaceAll(' ', '\\ ')}=${escape(value).replace(/^ /, '\\ ')}`
}
