/**
 * The frame of a client program in JavaScript: it reads its order, runs its roles until its input
 * ends, and ends when each has answered for what it has under way.
 */
import { setMaxListeners } from 'node:events'
import { createInterface } from 'node:readline'
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock, machineMs } from '../../host/clock.ts'
import { idOf, keyOf } from '../history/values.ts'
import type {
  FollowRole,
  Line,
  MemberRole,
  Order,
  ProduceRole,
  ReadRole,
  Role,
} from './protocol.ts'

/** What is under way when the order ends takes no longer, unless the client hangs. */
const END_WITHIN_MS = 30_000
const COMPLAINT_CHARACTERS = 300

type Rest<L> = L extends readonly [infer What, number, number, ...infer More]
  ? readonly [What, ...More]
  : never
/** A line without its role and its time. */
export type Saying = Rest<Line>

/** What a role has to work with. */
export interface Stage {
  readonly bootstrap: readonly HostPort[]
  /** Aborts when nothing new is to be asked. */
  readonly signal: AbortSignal
  /** On the run's clock. */
  readonly nowMs: () => number
  readonly say: (saying: Saying) => void
  /** Of what the client throws or logs. */
  readonly complain: (thrown: unknown) => void
  /** Resolves early when the order ends. */
  readonly sleep: (ms: number) => Promise<void>
}

/** Which roles a client can play. Each resolves when it has nothing more to tell. */
export interface Client {
  produce?(role: ProduceRole, stage: Stage): Promise<void>
  follow?(role: FollowRole, stage: Stage): Promise<void>
  member?(role: MemberRole, stage: Stage): Promise<void>
  read?(role: ReadRole, stage: Stage): Promise<void>
}

export async function runProgram(client: Client): Promise<never> {
  const lines = createInterface({ input: process.stdin })
  const order = await new Promise<Order>((resolve) =>
    lines.once('line', (line) => resolve(JSON.parse(line) as Order)),
  )
  const ending = new AbortController()
  // Every partition waits for it.
  setMaxListeners(0, ending.signal)
  const ended = new Promise<void>((resolve) =>
    lines.once('close', () => {
      ending.abort()
      resolve()
    }),
  )
  const stages = order.roles.map((_, index) => stageOf(order, index, ending.signal))
  // A client that throws where nobody can catch it says why before it dies.
  process.on('uncaughtException', (thrown) => {
    stages[0]?.complain(thrown)
    process.exit(1)
  })
  const plays = order.roles.map(async (role, index) => {
    const stage = stages[index] as Stage
    try {
      await play(client, role, stage)
    } catch (thrown) {
      stage.complain(thrown)
      process.exitCode = 1
    }
  })
  const over = Promise.all(plays)
  await Promise.race([over, ended])
  const inTime = over.then(() => true)
  const late = delay(hostClock, END_WITHIN_MS).then(() => false)
  if (!(await Promise.race([inTime, late]))) {
    stages[0]?.complain(`it neither answers nor gives up within ${END_WITHIN_MS} ms`)
    process.exitCode = 1
  }
  process.exit()
}

async function play(client: Client, role: Role, stage: Stage): Promise<void> {
  const cannot = () => Promise.reject(new Error(`this client does not play the role ${role.role}`))
  switch (role.role) {
    case 'produce':
      return client.produce?.(role, stage) ?? cannot()
    case 'follow':
      return client.follow?.(role, stage) ?? cannot()
    case 'member':
      return client.member?.(role, stage) ?? cannot()
    case 'read':
      return client.read?.(role, stage) ?? cannot()
  }
}

function stageOf({ bootstrap, originMs }: Order, role: number, signal: AbortSignal): Stage {
  const nowMs = () => Math.round((machineMs() - originMs) * 1_000) / 1_000
  const say = ([what, ...rest]: Saying) =>
    // A pipe is written before this returns: what is said is heard even if the process dies.
    void process.stdout.write(`${JSON.stringify([what, role, nowMs(), ...rest])}\n`)
  return {
    ...{ bootstrap, signal, nowMs, say },
    complain: (thrown) => {
      const text = typeof thrown === 'string' ? thrown : String(asError(thrown))
      say(['log', text.slice(0, COMPLAINT_CHARACTERS)])
    },
    sleep: (ms) => delay(hostClock, ms, signal),
  }
}

const utf8 = new TextDecoder()

/**
 * Which record a client was given, as events name it: null for a tombstone, and for bytes that
 * nobody sent; `?` for those where there may be tombstones.
 */
export function idIn(
  value: Uint8Array | null | undefined,
  key: Uint8Array | null | undefined,
): string | null {
  if (value === null || value === undefined) return null
  const id = idOf(utf8.decode(value))
  if (id !== null) return keyOf(id)
  return key === null || key === undefined ? null : '?'
}

export const keyIn = (key: Uint8Array | null | undefined): string | null =>
  key === null || key === undefined ? null : utf8.decode(key)
