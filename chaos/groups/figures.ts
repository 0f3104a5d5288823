/** What the rounds of a run say together, as lines. Pure. */
import { printGaps, type Gap } from '../replication/outages.ts'
import type { GroupRound } from './run.ts'

/** Of one round. */
export function sentenceOf(round: GroupRound | undefined): string {
  if (round === undefined) return 'nothing was done'
  const { fault, group, churn, wasController, probes, joinedMs } = round
  const parts = [
    `${fault} of ${group}${wasController ? ' (active controller)' : ''}`,
    ...(churn === null ? [] : [`with a ${churn}`]),
    ...(fault === 'member' ? [] : [`commits again: ${printGaps(probes.gaps)}`]),
    `stable again ${shown(round.stableMs)}`,
    ...(joinedMs === null ? [] : [`whole again ${shown(joinedMs)}`]),
  ]
  return parts.join(', ')
}

/** Of all rounds. */
export function figuresOf(rounds: readonly GroupRound[]): readonly string[] {
  const probes = rounds.flatMap((round) => round.probes.gaps)
  const groups = [...new Set(rounds.flatMap(({ members }) => [...members.keys()]))]
  const membersOf = (group: string) =>
    rounds.flatMap(({ members }) => members.get(group)?.gaps ?? [])
  const of = (wanted: string) => rounds.filter(({ fault }) => fault === wanted)
  const faults = [...new Set(rounds.map(({ fault }) => fault))]
  return [
    'until a commit is acknowledged again, after the coordinator was killed (wanted: p99 1 s):',
    ...apart('probe', probes),
    ...groups.flatMap((group) => apart(group, membersOf(group))),
    'until the group is stable again, all its members at work (at most its session timeout and 1 s',
    'from the beginning of its last coordinator on; each gives every member a whole session):',
    ...faults.map((fault) => line(fault, timesOf(of(fault).map(({ stableMs }) => stableMs)))),
    'the same from the fault on:',
    ...faults.map((fault) =>
      line(fault, timesOf(of(fault).map(({ stableAfterFaultMs }) => stableAfterFaultMs))),
    ),
    'until who joined is in it, from its first request on:',
    line('join', timesOf(rounds.map(({ joinedMs }) => joinedMs))),
  ]
}

const timesOf = (times: readonly (number | null)[]) =>
  times.flatMap((gapMs) => (gapMs === null ? [] : [{ gapMs }]))

/** Of faults that hit the active controller, too, apart. */
function apart(name: string, gaps: readonly Gap[]): readonly string[] {
  return [false, true].flatMap((wanted) => {
    const some = gaps.filter(({ wasController }) => wasController === wanted)
    return some.length === 0 ? [] : [line(`${name}${wanted ? ' +ctl' : ''}`, some)]
  })
}

const line = (name: string, gaps: readonly Pick<Gap, 'gapMs'>[]) =>
  `  ${name.padEnd(26)} ${printGaps(gaps)}`

const shown = (ms: number | null) => (ms === null ? 'never' : `after ${ms.toFixed(0)} ms`)
