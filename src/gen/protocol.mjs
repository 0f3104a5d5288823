// Writes docs/PROTOCOL.md: `npm run docs`. With --check it writes nothing and fails when the page
// differs from what would be written. Plain Node over the compiled broker; it is no part of it.
//
// What is served comes from the handlers, the fields from the schemas as data, and the words beside
// them from the comments in src/wire/apis/, which a compiled schema has lost.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { ZERO_UUID } from '../../dist/bytes/uuid.js'
import { handlers } from '../../dist/server/handlers/index.js'

const here = dirname(fileURLToPath(import.meta.url))
const PAGE = join(here, '..', '..', 'docs', 'PROTOCOL.md')
const SCHEMAS = join(here, '..', 'wire', 'apis')

const COLUMNS = 100
/** Where the words of a field begin. */
const WORDS_AT = 48

const INTRODUCTION = `# Protocol

<!-- Written by \`npm run docs\` from src/wire/apis/ and src/server/handlers/. Change those. -->

The requests that this broker answers, and how they look on the wire. What is left out of them, and
what of Kafka's is not served at all, is in [OMISSIONS.md](OMISSIONS.md).

A request is a 4-byte size, a header (\`apiKey int16, apiVersion int16, correlationId int32, clientId
string?\`) and the body; a response is a size, the \`correlationId int32\` and the body. Numbers are
big-endian. In versions that are *flexible*, lengths are unsigned varints of one more than the length
and every struct, both headers included, ends with a section of tagged fields (KIP-482); the client
id stays as it is, and the response header of ApiVersions has no tags. In others a string has an
int16 before it, and arrays and bytes an int32, with -1 for null.

Fields stand in the order of the wire, those with a tag excepted. Behind the name stands the type:
\`?\` may be null (\`?9+\`: from version 9 on), \`[…]\` is an array, and the fields of a struct are
indented below it. Behind \`=\` stands what a field is taken for where it is absent; then the versions
that have it, if that is not all of those served, and its tag.
`

// ---- the schemas as text ------------------------------------------------------------------------

/** The header and the comments of the fields of one schema file. */
function commentsOf(key) {
  const name = readdirSync(SCHEMAS).find((file) => file.startsWith(`${String(key).padStart(2, '0')}-`))
  const text = readFileSync(join(SCHEMAS, name), 'utf8')
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const constants = new Map()
  let definition = null
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name: declared, initializer } of statement.declarationList.declarations) {
      const isApi = ts.isCallExpression(initializer) && initializer.expression.getText() === 'defineApi'
      if (isApi) definition = initializer.arguments[0]
      else constants.set(declared.text, initializer)
    }
  }
  const part = (wanted) =>
    definition.properties.find((property) => property.name.text === wanted).initializer
  const [, header] = /^\/\*\*([\s\S]*?)\*\//.exec(text)
  return {
    header: plain(header),
    request: fieldComments(part('request'), text, constants),
    response: fieldComments(part('response'), text, constants),
  }
}

/** By field name: what is written above it, and the same of the fields inside it. */
function fieldComments(object, text, constants) {
  const found = new Map()
  for (const property of object.properties) {
    const above = (ts.getLeadingCommentRanges(text, property.getFullStart()) ?? []).map(
      ({ pos, end }) => plain(text.slice(pos, end).replace(/^\/\*\*|\*\/$/g, '')),
    )
    const value = property.initializer ?? property.name
    const inner = structIn(value, constants)
    found.set(property.name.text, {
      words: above.join(' '),
      fields: inner ? fieldComments(inner, text, constants) : new Map(),
    })
  }
  return found
}

/** The object literal given to `struct(…)` somewhere in an expression, or null. */
function structIn(node, constants) {
  if (ts.isIdentifier(node)) {
    const constant = constants.get(node.text)
    return constant ? structIn(constant, constants) : null
  }
  if (!ts.isCallExpression(node)) return null
  if (node.expression.getText() === 'struct') return node.arguments[0]
  for (const argument of node.arguments) {
    const found = structIn(argument, constants)
    if (found) return found
  }
  return null
}

/** A comment without its stars and slashes, in one line. */
function plain(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*(\*|\/\/) ?/, '').trim())
    .join(' ')
    .trim()
}

// ---- the schemas as data ------------------------------------------------------------------------

const TYPE_NAMES = { chunks: 'records', saturatingInt64: 'int64' }

function typeText(shape, min) {
  switch (shape.type) {
    case 'primitive':
      return TYPE_NAMES[shape.name] ?? shape.name
    case 'array':
      return `[${typeText(shape.element, min)}]`
    case 'struct':
      return 'struct'
    case 'nullable':
      return `${typeText(shape.inner, min)}?${shape.since > min ? `${shape.since}+` : ''}`
  }
}

function fieldsIn(shape) {
  switch (shape.type) {
    case 'primitive':
      return null
    case 'array':
      return fieldsIn(shape.element)
    case 'struct':
      return shape.fields
    case 'nullable':
      return fieldsIn(shape.inner)
  }
}

function versionsText({ since, until }, [min, max]) {
  const begins = since > min
  const ends = until < max
  if (begins && ends) return since === until ? `v${since}` : `v${since}–${until}`
  return begins ? `v${since}+` : ends ? `v${min}–${until}` : ''
}

function defaultText({ optional, fallback, shape }) {
  if (!optional || fallback === ZERO_UUID) return ''
  const isStruct = fieldsIn(shape) !== null && fallback !== null && !Array.isArray(fallback)
  return isStruct ? '' : ` = ${JSON.stringify(fallback)}`
}

/** The fields as lines, those the served versions do not have left out. */
function tree(fields, comments, versions, depth = 0) {
  const [min, max] = versions
  return fields
    .filter(({ since, until }) => since <= max && until >= min)
    .flatMap((field) => {
      const { words = '', fields: inside = new Map() } = comments.get(field.name) ?? {}
      const tag = field.tag === null ? '' : `tag ${field.tag}`
      const facts = [
        `${'  '.repeat(depth)}${field.name}: ${typeText(field.shape, min)}${defaultText(field)}`,
        versionsText(field, versions),
        tag,
      ]
      const inner = fieldsIn(field.shape)
      return [
        ...withWords(facts.filter((fact) => fact !== '').join('  '), words),
        ...(inner ? tree(inner, inside, versions, depth + 1) : []),
      ]
    })
}

/** Words beside what they are about, or below it where there is no room. */
function withWords(facts, words) {
  if (words === '') return [facts]
  const lines = wrap(words, COLUMNS - WORDS_AT)
  const [first, ...rest] = facts.length < WORDS_AT - 1 ? lines : ['', ...lines]
  const indented = rest.map((line) => ' '.repeat(WORDS_AT) + line)
  return [first === '' ? facts : facts.padEnd(WORDS_AT) + first, ...indented]
}

function wrap(text, width) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

// ---- the page -----------------------------------------------------------------------------------

const range = ([min, max]) => (min === max ? `${min}` : `${min}–${max}`)

function summary() {
  const rows = handlers.map(({ api, versions, advertised }) => {
    const flexible = api.flexibleFrom > versions[1] ? 'none' : `${api.flexibleFrom}`
    const named = range(advertised) === range(versions) ? '' : ` (advertised: ${range(advertised)})`
    const link = `[${api.name}](#${api.key}-${api.name.toLowerCase()})`
    return `| ${api.key} | ${link} | ${range(versions)}${named} | ${flexible} |`
  })
  return [
    '| key | API | versions | flexible from |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** What it is for, and what each version brought, as a list. */
function headerText(header) {
  const at = header.search(/(?<=^|[.)] )v\d+ /i)
  if (at < 0) return wrap(header, COLUMNS).join('\n')
  const notes = header
    .slice(at)
    .split(' · ')
    .map((note) => note.replace(/^v(\d+) /i, '**v$1** '))
  const items = notes.flatMap((note) =>
    wrap(note, COLUMNS - 2).map((line, index) => (index === 0 ? '- ' : '  ') + line),
  )
  const purpose = header.slice(0, at).trim()
  return [...(purpose ? [...wrap(purpose, COLUMNS), ''] : []), ...items].join('\n')
}

/** The name stands in the heading. */
function withoutName(header, name) {
  const rest = header.replace(new RegExp(`^${name}(: |\\. | )`), '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

function section({ api, versions }) {
  const { header, request, response } = commentsOf(api.key)
  const block = (title, fields, comments) => {
    const lines = tree(fields, comments, versions)
    return [`### ${api.name} ${title}`, '', '```', ...(lines.length ? lines : ['(empty)']), '```', '']
  }
  return [
    `## ${api.key} ${api.name}`,
    '',
    headerText(withoutName(header, api.name)),
    '',
    ...block('request', api.requestFields, request),
    ...block('response', api.responseFields, response),
  ].join('\n')
}

const page = [INTRODUCTION, summary(), ...handlers.map(section)].join('\n')

if (process.argv.includes('--check')) {
  if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/PROTOCOL.md differs: run `npm run docs` and commit what it writes')
    process.exitCode = 1
  }
} else writeFileSync(PAGE, page)
