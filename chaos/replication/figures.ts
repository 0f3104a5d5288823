/**
 * What the rounds of a run say together, as lines: how long partitions took no records after a
 * fault of their leader, for each kind of fault, client and partition. Faults that hit the active
 * controller, too, are told apart. Pure.
 */
import { printGaps, type Gap, type Outage } from './outages.ts'
import type { Round } from './run.ts'

/** Of one round. */
export function sentenceOf(round: Round | undefined): string {
  if (round === undefined) return 'nothing was done'
  const { fault, victim, wasController, led, followed } = round
  const whom = `node ${victim}${wasController ? ' (active controller)' : ''}`
  return (
    `${fault} of ${whom}, led: ${printGaps(led.get('probe')?.gaps ?? [])}; ` +
    `followed: ${printGaps(followed.gaps)}`
  )
}

/** Of all rounds. */
export function figuresOf(rounds: readonly Round[]): readonly string[] {
  const gapsOf = (client: string) => rounds.flatMap(({ led }) => led.get(client)?.gaps ?? [])
  const probe = gapsOf('probe')
  const clients = [...new Set(rounds.flatMap(({ led }) => [...led.keys()]))]
  const faults = [...new Set(rounds.map(({ fault }) => fault))]
  const followed = rounds.flatMap((round) => round.followed.gaps)
  return [
    'until a record is acknowledged again, in partitions whose leader was hurt:',
    ...faults.flatMap((fault) =>
      clients.flatMap((client) =>
        apart(
          `${fault} ${client}`,
          gapsOf(client).filter((gap) => gap.fault === fault),
        ),
      ),
    ),
    'by fault, the worst partition of each, for the probe:',
    ...apart('worst', worst(rounds)),
    'in partitions that the victim only followed, for the probe:',
    ...apart('followed', followed),
    'by partition, for the probe:',
    ...[...new Set(probe.map(({ partition }) => partition))]
      .sort((a, b) => a - b)
      .map((index) => line(`partition ${index}`, ofPartition(probe, index))),
  ]
}

/** Without those that hit the active controller, and those alone. */
function apart(name: string, gaps: readonly Gap[]): readonly string[] {
  const [alone, both] = [false, true].map((is) => gaps.filter((gap) => gap.wasController === is))
  return [
    ...(alone && alone.length > 0 ? [line(name, alone)] : []),
    ...(both && both.length > 0 ? [line(`${name} +ctl`, both)] : []),
  ]
}

/** Each round's longest gap of the probe. */
function worst(rounds: readonly Round[]): readonly Gap[] {
  const longest = (outage: Outage | undefined) =>
    [...(outage?.gaps ?? [])].sort((a, b) => b.gapMs - a.gapMs).slice(0, 1)
  return rounds.flatMap(({ led }) => longest(led.get('probe')))
}

const ofPartition = (gaps: readonly Gap[], index: number) =>
  gaps.filter(({ partition }) => partition === index)

const line = (name: string, gaps: readonly Gap[]) => `  ${name.padEnd(20)} ${printGaps(gaps)}`
