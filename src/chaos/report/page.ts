/**
 * The page of one run: claim, verdict, picture, tables. It stands alone: no file beside it, no
 * network, and nothing but a convenience is lost without scripts. Pure.
 */
import { HOVER } from './hover.ts'
import { colours } from './lanes.ts'
import { tag, verbatim, type Markup } from './markup.ts'
import { judgedOf, type Judged } from './judged.ts'
import * as sections from './sections.ts'
import { drawable } from './series.ts'
import type { Story } from './story.ts'
import { STYLE } from './style.ts'
import { timelineOf } from './timeline.ts'
import { count, countOf, duration } from './words.ts'

/** Nothing from anywhere, whatever a sentence in the page tries. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

const IDLE = 'Point at the picture for the figures of a moment.'

/** `again`: the commands that run the same once more. */
export function pageOf(story: Story, again: readonly string[]): string {
  const { findings, run } = story
  const judged = judgedOf(run, findings)
  const body = tag(
    'main',
    {},
    header(story, judged),
    facts(story),
    picture(story),
    sections.anomalies(findings),
    sections.unavailability(findings),
    sections.faults(story),
    sections.latencies(findings),
    sections.skipped(findings),
    sections.allowed(findings),
    sections.complaints(story),
    again.length === 0
      ? null
      : sections.section('again', 'Once more', tag('pre', {}, again.join('\n'))),
    tag('footer', {}, `Lograft ${run.version}, ${run.startedAt}, ${run.target}, seed ${run.seed}`),
  )
  return documentOf(`${run.scenario}: ${judged.word}`, body, [figures(story), hover()])
}

/** A whole page. */
export function documentOf(title: string, body: Markup, scripts: readonly Markup[] = []): string {
  const head = tag(
    'head',
    {},
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('title', {}, title),
    tag('style', {}, verbatim(STYLE)),
  )
  const html = tag('html', { lang: 'en' }, head, tag('body', {}, body, scripts))
  return `<!doctype html>\n${html.markup}\n`
}

function header({ run }: Story, judged: Judged): Markup {
  return tag(
    'header',
    {},
    tag(
      'div',
      {},
      tag('p', { class: 'eyebrow' }, `lograft chaos · ${run.scenario}`),
      tag('h1', {}, run.claim),
    ),
    tag(
      'div',
      { class: `verdict ${judged.colour}`, id: 'verdict' },
      judged.word,
      tag('small', {}, judged.because),
    ),
  )
}

function facts({ findings, faults, run, phases }: Story): Markup {
  const { records, unavailability } = findings
  const began = phases.find(({ phase }) => phase === 'faults')?.atMs
  const ended = phases.find(({ phase }) => phase === 'heal')?.atMs
  const hurt = began === undefined || ended === undefined ? null : duration(ended - began)
  const fact = (name: string, value: string, more: string | null) =>
    tag('div', {}, tag('dt', {}, name), tag('dd', {}, value, more === null ? null : small(more)))
  const left = `${count(records.unknown)} unknown, ${count(records.fail)} refused`
  return tag(
    'dl',
    { class: 'facts' },
    fact('records acknowledged', count(records.ok), left),
    fact('faults', count(faults.length), hurt === null ? null : `in ${hurt}`),
    fact(
      'longest unavailability',
      unavailability.count === 0 ? 'none' : duration(unavailability.max),
      unavailability.count === 0 ? null : `p50 ${duration(unavailability.p50)}`,
    ),
    fact('brokers', String(run.nodes.length), countOf(Object.keys(run.topics).length, 'topic')),
    fact('seed', String(run.seed), null),
  )
}

const small = (text: string) => tag('small', {}, ` ${text}`)

function picture(story: Story): Markup {
  const { picture: svg, leftOut } = timelineOf(story)
  const more =
    leftOut === 0 ? null : tag('p', { class: 'quiet' }, `${leftOut} partitions are not drawn.`)
  return tag(
    'section',
    { id: 'picture' },
    tag('p', { id: 'readout' }, IDLE),
    tag('div', { class: 'chart' }, svg),
    legend(story),
    more,
  )
}

function legend(story: Story): Markup {
  const entry = (style: string | null, name: string, css: string | null = null) =>
    tag('span', {}, tag('i', { class: css, style }), name)
  const colour = colours(story)
  return tag(
    'div',
    { class: 'legend' },
    entry('background:var(--fault)', 'fault'),
    entry('background:var(--accent);opacity:.5', 'p50', 'thin'),
    entry('background:var(--accent)', 'p99', 'thin'),
    entry(null, 'worst', 'dot'),
    entry('background:var(--accent);opacity:.34', 'acknowledged'),
    entry('background:var(--open)', 'unknown'),
    entry('background:var(--fail)', 'refused'),
    story.run.nodes.map((node) => entry('opacity:.62', `node ${node}`, colour(node))),
    entry('background:var(--gap)', 'took no records'),
  )
}

/** What the script reads. */
function figures({ series, faults }: Story): Markup {
  const { everyMs, moments } = drawable(series)
  const text = JSON.stringify({
    everyMs,
    moments: moments.map((one) => [
      ...[one.atMs, one.ok, one.fail, one.unknown],
      ...[one.p50, one.p99, one.max].map((ms) => (ms === null ? null : Math.round(ms * 10) / 10)),
    ]),
    faults: faults.map(({ fromMs, toMs, text: what }) => [fromMs, toMs, what]),
  })
  // The only way out of a script element.
  return tag(
    'script',
    { type: 'application/json', id: 'figures' },
    verbatim(text.replaceAll('<', '\\u003c')),
  )
}

const hover = () => tag('script', {}, verbatim(HOVER))
