/**
 * The tables in words: for a terminal (`lograft start --help`) and for docs/CONFIGURATION.md, which
 * `npm run docs` writes and a unit test compares. Pure: returns text.
 */
import { loadNodeConfig, variableName } from './load.ts'
import { nodeOptionGroups, nodeOptionNames, nodeOptions } from './node-options.ts'
import type { Option } from './option.ts'
import { resolveTopicConfig, topicOptionNames, topicOptions } from './topic-options.ts'
import { agreeingNames, unsupportedNodeOptions, unsupportedTopicOptions } from './unsupported.ts'

/** The default as one would write it, or in words where it depends on something else. */
function defaultText(row: Option<unknown>): string {
  if (row.inherited) return row.inherited.doc
  if (row.default === null || row.default === undefined) return row.unsetDoc ?? 'not set'
  return row.type.print(row.default)
}

/** What kind of value it is: `INT, bytes, [14,...]`. */
function kindText({ type, unit }: Pick<Option<unknown>, 'type' | 'unit'>): string {
  return [type.kafkaType, unit, type.valid].filter(Boolean).join(', ')
}

/** Every node property, wrapped to the terminal's width in columns. */
export function describeOptions(columns: number): string {
  const width = Math.max(40, Math.min(columns, 100))
  const lines: string[] = []
  for (const { title, options } of nodeOptionGroups) {
    lines.push(`${title}:`)
    for (const [name, row] of Object.entries(options) as [string, Option<unknown>][]) {
      lines.push(`  ${name}`)
      const kind = `${kindText(row)}; default: ${defaultText(row)}`
      for (const text of [kind, row.doc]) lines.push(...wrap(text, { width, indent: 6 }))
    }
    lines.push('')
  }
  return lines.join('\n')
}

/** The same for programs. */
export function optionsAsData() {
  return nodeOptionNames.map((name) => {
    const row = nodeOptions[name] as Option<unknown>
    const { type, unit = null, update, doc } = row
    return {
      name,
      type: type.kafkaType,
      unit,
      valid: type.valid,
      default: defaultText(row),
      update,
      doc,
    }
  })
}

/**
 * Words in lines of at most `width` columns, each behind `indent` spaces; a long word stays whole.
 */
export function wrap(
  text: string,
  { width, indent }: { readonly width: number; readonly indent: number },
): string[] {
  const margin = ' '.repeat(indent)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(margin + line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, margin + line]
}

const INTRODUCTION = `# Configuration

<!-- Written by \`npm run docs\` from src/config/. Change the tables there, not this page. -->

A node's properties have Kafka's names, types and bounds. They are looked for in four places; a later
one comes before an earlier one:

1. the default below;
2. the file of \`lograft start --config FILE\`, in Java's \`.properties\` syntax;
3. the environment: \`${variableName('log.dirs')}\` is \`log.dirs\`, and so with all others;
4. the flag \`--set log.dirs=/var/lib/lograft\`, as often as needed.

A name that does not exist, and a value that does not fit, is an error: all of them are listed with the
place they stand in, and the node does not start (exit code 2). A property set twice in one place is a
warning, and the later value counts. Of Kafka's other properties, those that only tune what Lograft does
not have are a warning too; the rest are errors. Both lists are at the end of this page.

\`9223372036854775807\` means never, or without limit; so does \`-1\` where the bounds permit it. Port 0
takes any free port, and clients are told the real one.

The update mode says what requests may change while nodes run (\`kafka-configs --entity-type brokers\`):
\`cluster-wide\` properties can be set for all brokers (an empty name), or for one (its node id), which
counts more; both count more than the file. \`read-only\` ones are read at the start, so a change takes a
restart.
`

const TOPICS_INTRODUCTION = `## Topic properties

A topic sets these for itself, when it is created or later. Until it does, it has what its node property
says; the first of several that is set counts. They mean what the node property means. A change takes
effect before it is answered.
`

/** The text of docs/CONFIGURATION.md. */
export function configurationPage(): string {
  const groups = nodeOptionGroups.map(({ title, options }) =>
    [
      `## ${title}\n`,
      ...Object.entries(options).map(([name, row]) => section(name, row as Option<unknown>)),
    ].join('\n'),
  )
  return [INTRODUCTION, ...groups, topics(), differences(), unsupported()].join('\n')
}

function section(name: string, row: Option<unknown>): string {
  const remarks = [
    row.lograftOnly ? 'Kafka has no such property.' : null,
    row.seedsMetadata
      ? 'Kept in the committed metadata, which the value seeds when the cluster is founded; the same for every broker.'
      : null,
  ].filter((remark) => remark !== null)
  return [
    `### \`${name}\`\n`,
    `${[row.doc, ...remarks].join(' ')}\n`,
    `- Type: ${kindText(row)}`,
    `- Default: ${defaultInMarkdown(row)}`,
    `- Update mode: ${row.update}`,
    '',
  ].join('\n')
}

function defaultInMarkdown(row: Option<unknown>): string {
  const isLiteral = !row.inherited && row.default !== null && row.default !== undefined
  // Words may hold a <placeholder>, which Markdown would take for a tag.
  return isLiteral ? `\`${defaultText(row)}\`` : defaultText(row).replaceAll('<', '\\<')
}

function topics(): string {
  const defaults = resolveTopicConfig(loadNodeConfig(), new Map())
  const rows = topicOptionNames.map((name) => {
    const row = topicOptions[name]
    const type = row.type as Option<unknown>['type']
    const from = row.synonyms.map(({ option }) => `\`${option}\``).join(', ')
    return `| \`${name}\` | ${kindText({ ...row, type })} | \`${type.print(defaults[name])}\` | ${from} |`
  })
  return [
    TOPICS_INTRODUCTION,
    '| Topic property | Type | Default | Node property |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function differences(): string {
  const rows = nodeOptionNames
    .map((name) => [name, nodeOptions[name] as Option<unknown>] as const)
    .filter(([, row]) => row.differsFromKafka !== undefined)
    .map(
      ([name, row]) =>
        `| \`${name}\` | ${defaultInMarkdown(row)} | ${row.differsFromKafka ?? ''} |`,
    )
  return [
    '## Where the defaults are not those of Kafka 4\n',
    '| Property | Default | Why |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Two bounds differ too: `log.segment.bytes` may be as small as 14 (Kafka 4: 1048576), and',
    '`log.index.size.max.bytes` is at least 24, two entries (Kafka: 4).',
    '',
  ].join('\n')
}

function unsupported(): string {
  const rows = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, why]) => `| \`${name}\` | ${why} |`)
  return [
    "## Kafka's properties that Lograft does not honour\n",
    'Silence about one of these would change what the node does, or how safe it is: setting one is an',
    `error that says so. ${agreeingNames.map((name) => `\`${name}\``).join(', ')} are`,
    'errors only where they ask for something else than what is so.\n',
    '| Node property | Why |',
    '| --- | --- |',
    ...rows(unsupportedNodeOptions('refused')),
    '',
    '| Topic property | Why |',
    '| --- | --- |',
    ...rows(unsupportedTopicOptions()),
    '',
    "## Kafka's properties that have no effect\n",
    'A file may set these; one warning at the start lists all that it sets.\n',
    '| Node property | Why |',
    '| --- | --- |',
    ...rows(unsupportedNodeOptions('none')),
    '',
  ].join('\n')
}
