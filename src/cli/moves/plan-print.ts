/** How a plan is shown: each move with its reason, and what brokers hold before and after it. */
import type { MovePlan } from '../../controller/moves.ts'
import { countOf, printBytes, table } from '../table.ts'

export function printPlan({ moves, leftAlone, before, after }: MovePlan): string {
  const parts: string[] = []
  if (moves.length > 0)
    parts.push(
      table(
        ['TOPIC', 'PARTITION', 'REPLICAS', 'THEN', 'COPIES', 'WHY'],
        moves.map(({ topic, partition, from, to, bytes, why }) => [
          ...[topic, partition, from.join(), to.join()],
          ...[to.every((id) => from.includes(id)) ? null : printBytes(bytes), why],
        ]),
      ),
    )
  if (leftAlone.length > 0)
    parts.push(
      table(
        ['LEFT ALONE', 'PARTITION', 'WHY'],
        leftAlone.map(({ topic, partition, why }) => [topic, partition, why]),
      ),
    )
  parts.push(
    table(
      ['BROKER', 'REPLICAS', 'THEN', 'LEADERS', 'THEN'],
      before.map(({ nodeId, replicas, leaders }, at) => [
        ...[nodeId, replicas, after[at]?.replicas ?? null],
        ...[leaders, after[at]?.leaders ?? null],
      ]),
    ),
  )
  const copied = moves.reduce((sum, { bytes }) => sum + bytes, 0)
  parts.push(
    moves.length === 0
      ? 'There is nothing to move.\n'
      : `${countOf(moves.length, 'move')}, ${printBytes(copied)} to copy.\n`,
  )
  return parts.join('\n')
}

/** For machines. */
export const summaryOf = ({ leftAlone, before, after }: MovePlan) => ({ leftAlone, before, after })
