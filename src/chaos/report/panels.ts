/**
 * The panels of the timeline that show numbers: latency on a scale of decades, throughput by what
 * came of the records. Pure.
 */
import { LEFT, logAxis, logScale, RIGHT, roundedUp, type Times } from './axes.ts'
import { tag, type Markup } from './markup.ts'
import type { Moment, Series } from './story.ts'
import { count } from './words.ts'

export interface Box {
  readonly top: number
  readonly bottom: number
}

/** p50, p99 and the worst, of records by when they were due. */
export function latencyPanel({ moments, everyMs }: Series, times: Times, box: Box): Markup {
  const largest = moments.reduce((most, { max }) => Math.max(most, max ?? 0), 1)
  const scale = logScale(largest, box)
  const middle = (moment: Moment) => times.x(moment.atMs + everyMs / 2)
  const line = (of: 'p50' | 'p99') =>
    tag('path', {
      class: `line ${of}`,
      d: linePath(moments.map((one) => [middle(one), valueAt(one[of], scale.y)])),
    })
  const worst = moments.flatMap((one) =>
    one.max === null
      ? []
      : tag('circle', { class: 'max', cx: middle(one), cy: scale.y(one.max), r: 1.6 }),
  )
  return tag('g', { class: 'latency' }, logAxis(scale), worst, line('p50'), line('p99'))
}

const valueAt = (value: number | null, y: (value: number) => number) =>
  value === null ? null : y(value)

/** A line that is broken where nothing is known. */
export function linePath(points: readonly (readonly [number, number | null])[]): string {
  let path = ''
  let isDrawn = false
  for (const [x, y] of points) {
    if (y !== null) path += `${isDrawn ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    isDrawn = y !== null
  }
  return path
}

/** Records a second by what came of them, one upon the other. */
export function throughputPanel({ moments, everyMs }: Series, times: Times, box: Box): Markup {
  const perSecond = 1_000 / everyMs
  const total = ({ ok, fail, unknown }: Moment) => (ok + fail + unknown) * perSecond
  const top = roundedUp(moments.reduce((most, one) => Math.max(most, total(one)), 1))
  const y = (rate: number) => box.bottom - (rate / top) * (box.bottom - box.top)
  const area = (name: string, from: (one: Moment) => number, to: (one: Moment) => number) =>
    tag('path', { class: `area ${name}`, d: areaPath(moments, { times, everyMs, y, from, to }) })
  return tag(
    'g',
    { class: 'throughput' },
    tag(
      'g',
      { class: 'axis' },
      [0, top / 2, top].map((rate) => [
        tag('line', { x1: LEFT, x2: RIGHT, y1: y(rate), y2: y(rate), class: 'grid' }),
        tag('text', { x: LEFT - 8, y: y(rate) + 4, 'text-anchor': 'end' }, `${count(rate)}/s`),
      ]),
    ),
    area(
      'ok',
      () => 0,
      ({ ok }) => ok * perSecond,
    ),
    area(
      'unknown',
      ({ ok }) => ok * perSecond,
      ({ ok, unknown }) => (ok + unknown) * perSecond,
    ),
    area('fail', ({ ok, unknown }) => (ok + unknown) * perSecond, total),
  )
}

interface Area {
  readonly times: Times
  readonly everyMs: number
  readonly y: (rate: number) => number
  readonly from: (one: Moment) => number
  readonly to: (one: Moment) => number
}

/** Steps, for each figure is of a whole interval. Where nothing is, nothing is drawn. */
function areaPath(moments: readonly Moment[], { times, everyMs, y, from, to }: Area): string {
  return moments
    .filter((one) => to(one) > from(one))
    .map((one) => {
      const [left, right] = [times.x(one.atMs), times.x(one.atMs + everyMs)]
      const [low, high] = [y(from(one)).toFixed(1), y(to(one)).toFixed(1)]
      return `M${left.toFixed(1)} ${low}V${high}H${right.toFixed(1)}V${low}Z`
    })
    .join('')
}
