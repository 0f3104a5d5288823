/**
 * What a page says below its picture: tables of gaps and latencies, anomalies, what was not done.
 * Pure.
 */
import type { Allowed, Anomaly, Findings, Gap } from '../checkers/verdict.ts'
import { tag, type Markup } from './markup.ts'
import { percentile } from './percentile.ts'
import type { FaultBand, Story } from './story.ts'
import { clockTime, count, countOf, duration } from './words.ts'

/** The rest is in results.json. */
const ANOMALIES_SHOWN = 50
const ROWS_SHOWN = 60
const EVIDENCE_SHOWN = 6

export function section(id: string, title: string, ...children: (Markup | null)[]): Markup {
  return tag('section', { id }, tag('h2', {}, title), children)
}

/** What was found wrong, each with the least that shows it; or that nothing was. */
export function anomalies({ anomalies: found, counts, unknowns }: Findings): Markup {
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0)
  const more = Math.max(total, found.length) - Math.min(found.length, ANOMALIES_SHOWN)
  return section(
    'anomalies',
    'Anomalies',
    unknowns.length === 0
      ? null
      : tag(
          'div',
          { class: 'note unknown' },
          tag('p', {}, 'What could not be decided, and so proves nothing:'),
          tag(
            'ul',
            {},
            unknowns.map((sentence) => tag('li', {}, sentence)),
          ),
        ),
    found.length === 0
      ? tag('p', { class: 'quiet' }, 'None.')
      : tag('ol', { class: 'anomalies' }, found.slice(0, ANOMALIES_SHOWN).map(anomaly)),
    more > 0
      ? tag('p', { class: 'quiet' }, `… and ${count(more)} more; results.json has examples.`)
      : null,
  )
}

function anomaly({ kind, sentence, topic, partition, fromMs, toMs, evidence }: Anomaly): Markup {
  const where =
    topic === undefined ? null : `${topic}${partition === undefined ? '' : `-${partition}`}`
  const when =
    fromMs === undefined
      ? null
      : `${clockTime(fromMs)}${toMs === undefined ? '' : ` to ${clockTime(toMs)}`}`
  return tag(
    'li',
    { 'data-kind': kind },
    tag('span', { class: 'kind' }, kind),
    tag('span', { class: 'quiet' }, [where, when].filter((part) => part !== null).join(', ')),
    tag('p', {}, sentence),
    evidence.length === 0
      ? null
      : tag(
          'pre',
          {},
          evidence
            .slice(0, EVIDENCE_SHOWN)
            .map((event) => JSON.stringify(event))
            .join('\n'),
        ),
  )
}

interface PartitionGaps {
  readonly name: string
  readonly lengths: readonly number[]
}

function gapsByPartition(gaps: readonly Gap[]): readonly PartitionGaps[] {
  const byName = new Map<string, number[]>()
  for (const { topic, partition, fromMs, toMs } of gaps) {
    const name = `${topic}-${partition}`
    const lengths = byName.get(name) ?? []
    byName.set(name, lengths)
    lengths.push(toMs - fromMs)
  }
  return [...byName]
    .map(([name, lengths]) => ({ name, lengths: lengths.sort((one, other) => one - other) }))
    .sort((one, other) => (other.lengths.at(-1) ?? 0) - (one.lengths.at(-1) ?? 0))
}

export function unavailability({ gaps, unavailability: all }: Findings): Markup {
  const partitions = gapsByPartition(gaps)
  const longest = partitions[0]?.lengths.at(-1) ?? 0
  return section(
    'unavailability',
    'Unavailability',
    tag(
      'p',
      { class: 'quiet' },
      'How long a partition took no record that was due, by every client that tried. ' +
        `After faults: ${countOf(all.count, 'gap')}, p50 ${duration(all.p50)}, ` +
        `p99 ${duration(all.p99)}, longest ${duration(all.max)}.`,
    ),
    partitions.length === 0
      ? null
      : table(
          ['partition', '#gaps', '#p50', '#p99', '#longest', ''],
          partitions.map(({ name, lengths }) => [
            name,
            lengths.length,
            duration(percentile(lengths, 0.5)),
            duration(percentile(lengths, 0.99)),
            duration(lengths.at(-1) ?? 0),
            meter((lengths.at(-1) ?? 0) / longest),
          ]),
        ),
  )
}

/** A bar as long as a share. */
function meter(share: number): Markup {
  const width = `width:${(share * 100).toFixed(1)}%`
  return tag('span', { class: 'meter' }, tag('span', { style: width }))
}

export function latencies({ latencies: byProcess }: Findings): Markup | null {
  const rows = Object.entries(byProcess)
  if (rows.length === 0) return null
  return section(
    'latencies',
    'Latency by client',
    tag(
      'p',
      { class: 'quiet' },
      'From when a record was due, not from when it could be sent: a client that has to wait is slow.',
    ),
    table(
      ['client', '#records', '#p50', '#p99', '#worst'],
      rows.map(([process, { count: records, p50, p99, max }]) => [
        process,
        count(records),
        duration(p50),
        duration(p99),
        duration(max),
      ]),
    ),
  )
}

export function faults({ faults: bands, findings }: Story): Markup | null {
  if (bands.length === 0) return null
  const longest = new Map<number, number>()
  for (const { faultId, fromMs, toMs } of findings.gaps)
    if (faultId !== null) longest.set(faultId, Math.max(longest.get(faultId) ?? 0, toMs - fromMs))
  return section(
    'faults',
    'What was done',
    table(
      ['#', 'fault', '#at', '#for', '#longest gap'],
      bands
        .slice(0, ROWS_SHOWN)
        .map((band) => [
          String(band.id),
          faultText(band),
          clockTime(band.fromMs),
          duration(band.toMs - band.fromMs),
          longest.has(band.id) ? duration(longest.get(band.id) ?? 0) : '–',
        ]),
    ),
    bands.length <= ROWS_SHOWN
      ? null
      : tag(
          'p',
          { class: 'quiet' },
          `… and ${count(bands.length - ROWS_SHOWN)} more, all in schedule.json and history.jsonl.`,
        ),
  )
}

function faultText({ text, error }: FaultBand): string {
  return error === null ? text : `${text} (not taken back: ${error})`
}

export function skipped({ skipped: found }: Findings): Markup | null {
  if (found.length === 0) return null
  return section(
    'skipped',
    'Not done',
    table(
      ['what', 'why'],
      found.map(({ what, why }) => [what, why]),
    ),
  )
}

export function allowed({ allowed: found }: Findings): Markup | null {
  const seen = found.filter((one: Allowed) => one.count > 0)
  if (seen.length === 0) return null
  return section(
    'allowed',
    'Seen, and allowed',
    table(
      ['what', '#times', 'because'],
      seen.map(({ kind, count: times, because }) => [kind, count(times), because]),
    ),
  )
}

export function complaints({ complaints: said }: Story): Markup | null {
  if (said.length === 0) return null
  return section(
    'complaints',
    'What clients said',
    tag(
      'details',
      {},
      tag(
        'summary',
        {},
        `${countOf(said.length, 'sentence')} of clients that had something to say`,
      ),
      table(
        ['client', '#times', 'sentence'],
        said
          .slice(0, ROWS_SHOWN)
          .map(({ process, sentence, count: times }) => [process, count(times), sentence]),
      ),
    ),
  )
}

/** A heading that begins with `#` is of numbers, to the right. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number | Markup)[])[],
): Markup {
  const isNumeric = headings.map((text) => text.startsWith('#') && text.length > 1)
  const cell = (name: 'th' | 'td', column: number, child: string | number | Markup) =>
    tag(name, { class: isNumeric[column] ? 'number' : null }, child)
  return tag(
    'div',
    { class: 'scroll' },
    tag(
      'table',
      {},
      tag(
        'thead',
        {},
        tag(
          'tr',
          {},
          headings.map((text, column) =>
            cell('th', column, isNumeric[column] ? text.slice(1) : text),
          ),
        ),
      ),
      tag(
        'tbody',
        {},
        rows.map((row) =>
          tag(
            'tr',
            {},
            row.map((child, column) => cell('td', column, child)),
          ),
        ),
      ),
    ),
  )
}
