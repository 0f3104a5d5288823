/**
 * Who led each partition, who was controller, and when no record was taken: a lane each, on the
 * axis of time of the whole picture. Pure.
 */
import type { Gap } from '../checkers/verdict.ts'
import { LEFT, type Times } from './axes.ts'
import { tag, type Markup } from './markup.ts'
import type { Lane, Reign, Story } from './story.ts'
import { clockTime, duration } from './words.ts'

const ROW = 16
/** More would be a page of their own. */
const LANES_MAX = 40
/** How many colours there are; then they come again. */
const COLOURS = 7

export interface Lanes {
  readonly height: number
  readonly rows: Markup
  /** Partitions that are not drawn. */
  readonly leftOut: number
}

export function lanesOf(story: Story, times: Times, top: number): Lanes {
  const shown = shownLanes(story)
  const colour = colours(story)
  const gapsOf = (lane: Lane) =>
    story.findings.gaps.filter(
      ({ topic, partition }) => topic === lane.topic && partition === lane.partition,
    )
  const rows = [
    row('controller', story.controllers, [], { times, colour, y: top }),
    ...shown.map((lane, index) =>
      row(`${lane.topic}-${lane.partition}`, lane.reigns, gapsOf(lane), {
        ...{ times, colour, y: top + (index + 1) * ROW + 4 },
      }),
    ),
  ]
  return {
    height: (shown.length + 1) * ROW + 4,
    rows: tag('g', { class: 'lanes' }, rows),
    leftOut: story.lanes.length - shown.length,
  }
}

/** Those that took no records for a while come first, when not all can be shown. */
function shownLanes({ lanes, findings }: Story): readonly Lane[] {
  if (lanes.length <= LANES_MAX) return lanes
  const longest = new Map<string, number>()
  for (const { topic, partition, fromMs, toMs } of findings.gaps) {
    const key = `${topic}-${partition}`
    longest.set(key, Math.max(longest.get(key) ?? 0, toMs - fromMs))
  }
  const rank = ({ topic, partition }: Lane) => longest.get(`${topic}-${partition}`) ?? -1
  const kept = new Set([...lanes].sort((a, b) => rank(b) - rank(a)).slice(0, LANES_MAX))
  return lanes.filter((lane) => kept.has(lane))
}

/** Class of a node's colour. */
export function colours({ run }: Story): (node: number) => string {
  return (node) => {
    const index = run.nodes.indexOf(node)
    return index < 0 ? 'nobody' : `n${(index % COLOURS) + 1}`
  }
}

interface Place {
  readonly times: Times
  readonly colour: (node: number) => string
  readonly y: number
}

function row(name: string, reigns: readonly Reign[], gaps: readonly Gap[], place: Place): Markup {
  const { times, colour, y } = place
  return tag(
    'g',
    { class: 'lane' },
    tag('text', { x: LEFT - 8, y: y + 12, 'text-anchor': 'end' }, name),
    reigns.map(({ atMs, node }, index) => {
      const toMs = reigns[index + 1]?.atMs ?? times.endMs
      const [x, end] = [times.x(atMs), times.x(toMs)]
      return tag(
        'rect',
        {
          ...{ x, y: y + 2, width: Math.max(end - x, 0.5), height: ROW - 4 },
          class: `reign ${colour(node)}`,
        },
        tag('title', {}, `${name}: ${node < 0 ? 'nobody' : `node ${node}`}, ${clockTime(atMs)}`),
      )
    }),
    gaps.map((gap) => gapMark(name, gap, place)),
  )
}

function gapMark(name: string, gap: Gap, { times, y }: Place): Markup {
  const x = times.x(gap.fromMs)
  const lasted = duration(gap.toMs - gap.fromMs)
  return tag(
    'rect',
    {
      ...{ x, y: y + 5, height: ROW - 10, width: Math.max(times.x(gap.toMs) - x, 2), rx: 2 },
      ...{ class: 'gap', 'data-partition': name, 'data-fault': gap.faultId },
    },
    tag('title', {}, `${name} took no record for ${lasted}, from ${clockTime(gap.fromMs)}`),
  )
}
