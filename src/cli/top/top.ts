/**
 * What `lograft top` does: looks again and again, one look at a time, and shows what changed in
 * between. On a terminal it draws, elsewhere it prints; a cluster that does not answer is told of
 * and looked for again.
 */
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import { BrokerError, ClientError } from '../../client/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { ClientFlags } from '../client-flags.ts'
import { explainClient } from '../explain-client.ts'
import { catchSignals } from '../lifetime.ts'
import type { Output } from '../output.ts'
import { DONE, complain, withCluster, type Session } from '../session.ts'
import { Terminal, terminalSize } from '../terminal.ts'
import type { Look } from './look.ts'
import { lookAt } from './look-at.ts'
import { SORTS, screenOf, type Sort } from './screen.ts'
import { viewOf, type View } from './view.ts'

export interface TopFlags extends ClientFlags {
  /** In milliseconds, between two looks. */
  readonly interval: number
  readonly sort: Sort
  readonly partitions?: true
  readonly once?: true
}

/** Printed where there is no screen that would say how many lines there may be. */
const PRINTED_LINES = 60
const PRINTED_WIDTH = 120
const KEYS = 'q quit   s sort   p partitions or topics   space look now'

export async function top(flags: TopFlags): Promise<void> {
  const signals = catchSignals()
  await withCluster(flags, async (session) => {
    const end = new AbortController()
    void Promise.race([signals.first, session.output.gone]).then(() => end.abort())
    const isDrawn = terminalSize() !== null && !flags.once && !flags.json
    if (isDrawn) await drawAll(session, flags, end)
    else await printAll(session, flags, end.signal)
    return DONE
  })
}

/** A view, or why there is none now. */
type Seen = { readonly view: View } | { readonly failure: string }

/** The views of a cluster, an interval apart. */
class Looking {
  readonly #session: Session
  readonly #flags: TopFlags
  #before: Look | null = null

  constructor(session: Session, flags: TopFlags) {
    this.#session = session
    this.#flags = flags
  }

  /** Throws what is no failure of the cluster. */
  async look(): Promise<Seen> {
    try {
      const look = await lookAt(this.#session.cluster, { groups: true })
      const view = viewOf(look, this.#before)
      this.#before = look
      return { view }
    } catch (thrown) {
      if (!(thrown instanceof ClientError || thrown instanceof BrokerError)) throw thrown
      const { bootstrap } = this.#flags
      return { failure: explainClient(thrown, bootstrap) ?? asError(thrown).message }
    }
  }
}

/** Until the reader leaves; with --once two looks, of which the second is printed. */
async function printAll(session: Session, flags: TopFlags, signal: AbortSignal): Promise<void> {
  const looking = new Looking(session, flags)
  if (flags.once) await looking.look()
  while (!signal.aborted) {
    if (flags.once) await delay(hostClock, flags.interval, signal)
    const seen = await looking.look()
    if ('failure' in seen) complain(seen.failure)
    else if (flags.json) await session.output.printJson(jsonOf(seen.view, flags))
    else await printScreen(session.output, seen.view, flags)
    if (flags.once) return
    await delay(hostClock, flags.interval, signal)
  }
}

async function printScreen(output: Output, view: View, flags: TopFlags): Promise<void> {
  const lines = screenOf(view, {
    ...{ width: terminalSize()?.width ?? PRINTED_WIDTH, height: PRINTED_LINES, footer: null },
    ...{ sort: flags.sort, byPartition: flags.partitions ?? false, time: timeNow() },
  })
  await output.print(`${lines.join('\n')}\n${flags.once ? '' : '\n'}`)
}

/** Single partitions only when they are asked for: there may be ten thousand. */
function jsonOf({ partitions, ...view }: View, flags: TopFlags) {
  const timestamp = new Date(hostClock.wallMs()).toISOString()
  return { timestamp, ...view, ...(flags.partitions && { partitions }) }
}

function timeNow(): string {
  return new Date(hostClock.wallMs()).toTimeString().slice(0, 8)
}

async function drawAll(session: Session, flags: TopFlags, end: AbortController): Promise<void> {
  let { sort, partitions: byPartition = false } = flags
  let seen: View | null = null
  let footer = KEYS
  let again = new AbortController()
  const draw = () => {
    const size = terminalSize()
    if (size === null) return
    const options = { ...size, sort, byPartition, footer, time: timeNow() }
    terminal.draw(seen === null ? [footer] : screenOf(seen, options))
  }
  const onKey = (key: string) => {
    if (key === 'q') end.abort()
    if (key === 's') sort = SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length] ?? sort
    if (key === 'p') byPartition = !byPartition
    if (key === ' ' || key === 'q') again.abort()
    draw()
  }
  const terminal = new Terminal({ key: onKey, resize: draw })
  terminal.open()
  end.signal.addEventListener('abort', () => again.abort())
  try {
    const looking = new Looking(session, flags)
    const left = aborted(end.signal)
    while (!end.signal.aborted) {
      // A look may take a while; whoever wants to leave does not wait for it.
      const found = await Promise.race([looking.look(), left])
      if (found === null) return
      if ('view' in found) seen = found.view
      footer = 'failure' in found ? found.failure : KEYS
      draw()
      again = new AbortController()
      await delay(hostClock, flags.interval, again.signal)
    }
  } finally {
    terminal.close()
  }
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}
