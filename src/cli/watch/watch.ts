/**
 * What `lograft watch` does: prints every change of metadata, each entry once and whole, and goes
 * on at the next node behind what was printed last.
 */
import { delay } from '../../base/clock.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { hostClock } from '../../host/clock.ts'
import { changeMethods, clusterMethods } from '../../rpc/admin/methods.ts'
import type { RpcError } from '../../rpc/status.ts'
import { isPassing, withPlaces, type AdminPlaces } from '../admin-places.ts'
import { NothingAnswers } from '../explain-quorum.ts'
import type { GrpcFlags } from '../grpc-flags.ts'
import { catchSignals } from '../lifetime.ts'
import type { Output } from '../output.ts'
import { complain, DONE } from '../session.ts'
import { linesOf, plain, printSnapshot } from './change-lines.ts'

const wire = lograft.admin.v1
type WatchEvent = lograft.admin.v1.WatchEvent
type Change = lograft.admin.v1.Change

const PAUSE_MS = 200

export interface WatchFlags extends GrpcFlags {
  readonly after?: number
}

export async function watch(flags: WatchFlags): Promise<void> {
  await withPlaces(flags, async ({ places, output }) => {
    const ended = new AbortController()
    void catchSignals().first.then(() => ended.abort())
    void output.gone.then(() => ended.abort())
    const { signal } = ended
    const printed = new Printed(output, flags)
    if (flags.after !== undefined) await tellBeyond(places, flags.after)
    let heardMs = hostClock.monotonicMs()
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const told = (event: WatchEvent) => {
        heardMs = hostClock.monotonicMs()
        return printed.take(event)
      }
      const error = await places
        .receive(changeMethods.watch, printed.resumption, { told, signal })
        .catch((thrown: unknown) => {
          if (thrown instanceof NothingAnswers && !isFirst) return thrown
          throw thrown
        })
      if (signal.aborted) break
      const isPatient = hostClock.monotonicMs() - heardMs < flags.timeout
      if (error !== null && !(isPatient && mayPass(error, printed))) throw error
      complain(`${error?.message ?? 'the node ended it'}; going on at the next node`)
      places.leave()
      await delay(hostClock, PAUSE_MS, signal).catch(() => undefined)
    }
    return DONE
  })
}

/** Behind the end there is nothing until then, and who waits for a typing error waits long. */
async function tellBeyond(places: AdminPlaces, after: number): Promise<void> {
  const asked = new wire.DescribeClusterRequest()
  const { metadataOffset } = await places.call(clusterMethods.describe, asked)
  if (after > metadataOffset)
    complain(
      `the metadata ends at offset ${metadataOffset}: waiting for what comes behind ${after}`,
    )
}

/** Who is behind what another node has told may be left for a third one. */
function mayPass(error: RpcError | NothingAnswers, { hasBegun }: Printed): boolean {
  if (error instanceof NothingAnswers || isPassing(error)) return true
  return hasBegun && error.code === 'OUT_OF_RANGE'
}

/** What was printed, and what is not yet whole. */
class Printed {
  readonly #output: Output
  readonly #isJson: boolean
  #after: number | null
  /** Something was heard. */
  hasBegun = false
  #clusterId = ''
  #isSnapshot = false
  #pending: Change[] = []

  constructor(output: Output, { after, json }: WatchFlags) {
    this.#output = output
    this.#isJson = json === true
    this.#after = after ?? null
  }

  /** Behind what was printed; what was not whole comes again. */
  get resumption() {
    this.#pending = []
    this.#isSnapshot = false
    const from = this.#after === null ? {} : { afterOffset: this.#after }
    return new wire.WatchRequest({ ...from, clusterId: this.#clusterId })
  }

  async take({ snapshotBegin, entry, snapshotEnd, heartbeat }: WatchEvent): Promise<void> {
    this.hasBegun = true
    if (snapshotBegin) {
      this.#clusterId = snapshotBegin.clusterId
      this.#isSnapshot = true
      this.#pending = []
    }
    if (entry) {
      this.#pending.push(...entry.changes)
      if (!this.#isSnapshot && !entry.more) await this.#print(entry.metadataOffset, 'entry')
    }
    if (snapshotEnd) {
      this.#isSnapshot = false
      await this.#print(snapshotEnd.metadataOffset, 'snapshot')
    }
    if (heartbeat) this.#after = heartbeat.metadataOffset
  }

  async #print(metadataOffset: number, type: 'entry' | 'snapshot'): Promise<void> {
    const changes = this.#pending
    this.#pending = []
    const of = type === 'snapshot' ? { clusterId: this.#clusterId } : {}
    if (this.#isJson)
      await this.#output.printJson({ type, metadataOffset, ...of, changes: plain(changes) })
    else if (type === 'snapshot')
      await this.#output.print(
        `${timeNow()}  ${printSnapshot(this.#clusterId, metadataOffset, changes)}`,
      )
    else {
      const lines = changes.flatMap(linesOf)
      const head = `${timeNow()}  ${metadataOffset}`
      await this.#output.print(lines.map((line) => `${head}  ${line}\n`).join(''))
    }
    this.#after = metadataOffset
  }
}

/** When it was heard of here: `14:03:59`. */
function timeNow(): string {
  return new Date(hostClock.wallMs()).toTimeString().slice(0, 8)
}
