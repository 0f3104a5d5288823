/**
 * The picture of a run: faults as bands over latency, throughput and leadership, all on one axis of
 * time. Pure.
 */
import { LEFT, RIGHT, timeAxis, timesUntil, WIDTH, type Times } from './axes.ts'
import { faultRows } from './fault-rows.ts'
import { lanesOf, type Lanes } from './lanes.ts'
import { tag, type Markup } from './markup.ts'
import { latencyPanel, throughputPanel, type Box } from './panels.ts'
import { drawable } from './series.ts'
import type { FaultBand, Story } from './story.ts'
import { clockTime } from './words.ts'

const LATENCY_HEIGHT = 190
const THROUGHPUT_HEIGHT = 90
const HEADING = 26
const GAP = 14
const AXIS = 26

/** Parts of a run that stand in the picture; `faults` is plain from the bands. */
const PHASES: Readonly<Record<string, string>> = { heal: 'healed', read: 'read' }

export interface Timeline {
  readonly picture: Markup
  /** Partitions that are not drawn. */
  readonly leftOut: number
}

export function timelineOf(story: Story): Timeline {
  const times = timesUntil(story.endMs)
  const series = drawable(story.series)
  const faults = faultRows(story.faults, times, HEADING)
  const latency = below(HEADING + faults.height, LATENCY_HEIGHT)
  const throughput = below(latency.bottom, THROUGHPUT_HEIGHT)
  const lanesTop = throughput.bottom + GAP + HEADING
  const lanes: Lanes = lanesOf(story, times, lanesTop)
  const bottom = lanesTop + lanes.height + 4
  const height = bottom + AXIS
  const all = { top: HEADING, bottom }
  const picture = tag(
    'svg',
    {
      ...{ id: 'timeline', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img' },
      'aria-label': 'faults, latency, throughput and leaders over time',
      ...{ 'data-left': LEFT, 'data-right': RIGHT, 'data-end': times.endMs },
    },
    timeAxis(times, { top: latency.top, bottom }),
    tag(
      'g',
      { class: 'bands' },
      story.faults.map((band) => bandOf(band, times, all)),
    ),
    heading('Faults', 16),
    faults.bars,
    heading('Latency', latency.top - 18),
    latencyPanel(series, times, latency),
    heading('Records', throughput.top - 18),
    throughputPanel(series, times, throughput),
    heading('Who leads', lanesTop - 10),
    lanes.rows,
    phaseMarks(story, times, all),
    tag('line', { id: 'cursor', y1: HEADING, y2: bottom, x1: -9, x2: -9 }),
  )
  return { picture, leftOut: lanes.leftOut }
}

function below(top: number, height: number): Box {
  const from = top + GAP + HEADING
  return { top: from, bottom: from + height }
}

const heading = (text: string, y: number) => tag('text', { class: 'heading', x: 0, y }, text)

function bandOf({ id, text, fromMs, toMs }: FaultBand, times: Times, box: Box): Markup {
  const x = times.x(fromMs)
  const width = Math.max(times.x(toMs) - x, 1.5)
  return tag(
    'rect',
    {
      ...{ class: 'band', 'data-fault': id, x, width },
      ...{ y: box.top, height: box.bottom - box.top },
    },
    tag('title', {}, `${text}, from ${clockTime(fromMs)}`),
  )
}

function phaseMarks({ phases }: Story, times: Times, box: Box): Markup {
  return tag(
    'g',
    { class: 'phases' },
    phases
      .filter(({ phase }) => phase in PHASES)
      .map(({ phase, atMs }) => {
        const x = times.x(atMs)
        return [
          tag('line', { x1: x, x2: x, y1: box.top, y2: box.bottom }),
          tag('text', { x: x + 4, y: 16 }, PHASES[phase]),
        ]
      }),
  )
}
