/** Interim: until faults/ has them. */
import { writeFile } from 'node:fs/promises'
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { Draw, Scenario, Step } from '../api.ts'
import type { Target } from '../cluster/target.ts'
import type { ClusterView } from '../cluster/view.ts'
import type { FaultSpec } from '../faults/spec.ts'
import type { HistoryEvent } from '../history/events.ts'

export function drawOf(seed: number, _what: string, durationMs = 0): Draw {
  let a = seed | 0
  const random = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(random() * (max - min + 1))
  return {
    durationMs,
    random,
    int,
    pick: (items) => {
      const item = items[int(0, items.length - 1)]
      if (item === undefined) throw new Error('nothing to pick')
      return item
    },
  }
}

export type Unset = FaultSpec & { readonly forMs?: number }

export const every =
  ({ ms, of }: { readonly ms: number; readonly of: readonly Unset[] }) =>
  (draw: Draw): readonly Step[] =>
    Array.from({ length: Math.floor(draw.durationMs / ms) }, (_, index) => ({
      ...draw.pick(of),
      atMs: index * ms + draw.int(0, Math.floor(ms / 10)),
    }))

export function stepsOf(
  { faults }: Scenario,
  { seed, durationMs }: { seed: number; durationMs: number },
): readonly Step[] {
  const steps = typeof faults === 'function' ? faults(drawOf(seed, 'steps', durationMs)) : faults
  return steps.filter(({ atMs }) => atMs < durationMs)
}

export const writeSchedule = (path: string, of: object) => writeFile(path, JSON.stringify(of))

async function nodesOf(
  selector: string,
  view: ClusterView,
  draw: Draw,
): Promise<readonly number[]> {
  const all = selector.split('+').map((one) => {
    const [, topic = '', index = ''] = /^leader-of\((.*)-(\d+|\*)\)$/.exec(one) ?? []
    if (topic) {
      const of = view.partitions.filter(
        (p) => p.topic === topic && p.leader > 0 && (index === '*' || p.partition === +index),
      )
      return of.length > 0 ? [draw.pick(of).leader] : []
    }
    if (one === 'active-controller') return view.controller ? [view.controller] : []
    const [, id] = /^broker\((\d+)\)$/.exec(one) ?? []
    return [id ? +id : draw.int(1, 3)]
  })
  return [...new Set(all.flat())]
}

export interface Making {
  readonly target: Target
  readonly view: ClusterView
  readonly steps: readonly Step[]
  readonly durationMs: number
  readonly draw: Draw
  readonly nowMs: () => number
  readonly write: (event: HistoryEvent) => void
  readonly signal: AbortSignal
}

export async function makeFaults(making: Making): Promise<void> {
  const { target, view, steps, durationMs, draw, nowMs, write, signal } = making
  const began = nowMs()
  const undos: Promise<void>[] = []
  for (const [id, step] of steps.entries()) {
    await delay(hostClock, began + step.atMs - nowMs(), signal)
    if (signal.aborted) break
    const nodes = await nodesOf('on' in step ? step.on : 'random', view, draw)
    const text = `${step.fault} of ${nodes.join()}`
    const undo: (() => Promise<void>)[] = []
    try {
      for (const node of nodes) {
        if (step.fault === 'kill') {
          await target.signal(node, 'SIGKILL')
          undo.push(() => target.start(node))
        } else if (step.fault === 'pause') {
          await target.signal(node, 'SIGSTOP')
          undo.push(() => target.signal(node, 'SIGCONT'))
        } else if (step.fault === 'cut') {
          for (const other of target.nodes)
            if (other.id !== node) undo.push(target.damageLink(other.id, node, { type: 'stall' }))
        } else throw new Error('not yet')
      }
    } catch (thrown) {
      write({ type: 'skipped', atMs: nowMs(), what: text, why: asError(thrown).message })
      continue
    }
    write({ type: 'fault', id, atMs: nowMs(), step, nodes, text })
    const back = async () => {
      await delay(hostClock, step.forMs ?? durationMs, signal)
      let error: string | null = null
      await Promise.all(undo.map((one) => one())).catch((thrown: unknown) => {
        error = asError(thrown).message
      })
      write({ type: 'healed', id, atMs: nowMs(), error })
    }
    undos.push(back())
  }
  await delay(hostClock, began + durationMs - nowMs(), signal)
  await Promise.all(undos)
}
