/**
 * The file that a plan is kept in while it is carried out, and afterwards: every move with the
 * replicas before and after, and what the throttle replaced. It is on disk before anything is asked
 * of the cluster, so that whoever was killed in the middle can go on, and all of it can be taken
 * back to exactly what it was. How far it is, only the cluster knows.
 */
import { readFile, writeFileAtomically, type Disk } from '../../base/disk.ts'
import { LograftError } from '../../base/errors.ts'

export interface PlannedMove {
  readonly topic: string
  /** So that a topic made again under its name is not taken for it. */
  readonly topicId: string
  readonly partition: number
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly bytes: number
  readonly why: string
}

export interface KeptPlan {
  readonly version: 1
  readonly clusterId: string | null
  /** Of each broker; null: there is no throttle. */
  readonly throttleBytesPerSecond: number | null
  /** What all brokers had, by option; put back afterwards. */
  readonly ratesBefore: Readonly<Record<string, string>>
  readonly moves: readonly PlannedMove[]
}

export function writePlan(disk: Disk, path: string, plan: KeptPlan): void {
  const text = `${JSON.stringify(plan, null, 1)}\n`
  writeFileAtomically(disk, path, new TextEncoder().encode(text))
}

/** Throws USAGE for what is no plan. */
export function readPlan(disk: Disk, path: string): KeptPlan {
  const bytes = readFile(disk, path)
  if (bytes === null) throw new LograftError('USAGE', `--plan ${path}: there is no such file`)
  const fault = (why: string) => new LograftError('USAGE', `--plan ${path}: ${why}`)
  let plan: unknown
  try {
    plan = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw fault('it is no JSON')
  }
  if (!isPlan(plan)) throw fault('it is no plan of this version')
  return plan
}

function isPlan(value: unknown): value is KeptPlan {
  const { version, throttleBytesPerSecond: rate, ratesBefore, moves } = fields(value)
  return (
    version === 1 &&
    (rate === null || typeof rate === 'number') &&
    Object.values(fields(ratesBefore)).every((text) => typeof text === 'string') &&
    Array.isArray(moves) &&
    moves.every(isMove)
  )
}

function isMove(value: unknown): boolean {
  const { topic, topicId, partition, from, to, bytes, why } = fields(value)
  return (
    [topic, topicId, why].every((text) => typeof text === 'string') &&
    [partition, bytes].every((number) => Number.isSafeInteger(number)) &&
    [from, to].every((ids) => Array.isArray(ids) && ids.length > 0 && ids.every(Number.isInteger))
  )
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
