/**
 * How a quorum begins (SAFETY S1). A node with an empty directory neither campaigns nor votes
 * before it has met every configured voter, all of them empty, has bound itself, durably, to that
 * set of (node id, directory id), and knows that each of them is bound to the same. A disk that is
 * lost meanwhile can so never found a second cluster with those that come later; at worst nobody
 * founds anything, and the log says whose directory is in the way. An empty node that meets a
 * founded quorum without it waits to be added as a learner; one that meets a quorum with it has
 * lost its log, and stops.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { isTransient } from '../base/disk.ts'
import { asError, LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { FoundingPeers, Introduction, VoterAddress } from './ports.ts'
import { replicaIdOf } from './replica-key.ts'
import type { Storage } from './storage.ts'
import { MetadataUnusable } from './unusable.ts'

export interface FoundingOptions {
  readonly self: ReplicaKey
  /** `controller.quorum.voters`. */
  readonly voters: readonly VoterAddress[]
  readonly storage: Pick<Storage, 'state' | 'bind' | 'found'>
  readonly peers: FoundingPeers
  /** What this node says of itself now. */
  readonly introduction: () => Introduction
  readonly clock: Clock
  readonly logger: Logger
}

/** Between two rounds of asking everybody. */
const ROUND_MS = 50
const ROUND_MAX_MS = 1_000
/** How long one answer may take. */
const ANSWER_MS = 2_000
/** How often it is said who is awaited. */
const SAY_EVERY_MS = 10_000

/** `founded`: this node is one of the founders. `apart`: it waits to be added to what is there. */
export type FoundingResult = 'founded' | 'apart' | 'stopped'

/** Whether `proposed` are founders to whom this node may be bound. */
export function mayBind(
  { self, voters, storage }: Pick<FoundingOptions, 'self' | 'voters' | 'storage'>,
  proposed: readonly ReplicaKey[],
): boolean {
  if (storage.state.founders !== null || !proposed.includes(self)) return false
  return areNamed(proposed, voters)
}

function areNamed(founders: readonly ReplicaKey[], voters: readonly VoterAddress[]): boolean {
  const ids = founders.map((key) => replicaIdOf(key).nodeId)
  return ids.length === voters.length && voters.every(({ nodeId }) => ids.includes(nodeId))
}

/**
 * Throws INVALID_CONFIG when this node is bound to found a quorum with others than it is told to
 * now: those may have founded it already, and count on this node.
 */
export function refuseOtherVoters({
  voters,
  storage,
}: Pick<FoundingOptions, 'voters' | 'storage'>): void {
  const { founders } = storage.state
  if (founders === null || areNamed(founders, voters)) return
  throw new LograftError(
    'INVALID_CONFIG',
    `This node is bound to found the quorum with ${founders.join(' ')}, and ` +
      'controller.quorum.voters names others. Name the same nodes until the quorum is founded, or ' +
      'let this node begin again in an empty directory.',
  )
}

/**
 * Resolves when it is known whether this node founds; rejects with MetadataUnusable, or what the
 * disk throws.
 */
export async function foundQuorum(
  options: FoundingOptions,
  signal: AbortSignal,
): Promise<FoundingResult> {
  const { self, voters, clock } = options
  const ownId = replicaIdOf(self).nodeId
  if (!voters.some(({ nodeId }) => nodeId === ownId)) return 'apart'
  const said = new Said(options)
  for (let pauseMs = ROUND_MS; !signal.aborted; pauseMs = Math.min(ROUND_MAX_MS, pauseMs * 1.5)) {
    const others = await Promise.all(
      voters.filter(({ nodeId }) => nodeId !== ownId).map((voter) => ask(options, voter, signal)),
    )
    if (signal.aborted) break
    const result = conclude(options, others)
    if (result !== 'wait') return result
    said.wait(others)
    await delay(clock, pauseMs, signal)
  }
  return 'stopped'
}

interface Asked {
  readonly voter: VoterAddress
  readonly answer: Introduction | null
  readonly why: string
}

async function ask(
  { peers, introduction, storage, clock }: FoundingOptions,
  voter: VoterAddress,
  signal: AbortSignal,
): Promise<Asked> {
  const abort = new AbortController()
  const timer = clock.timer(ANSWER_MS, () => abort.abort(new Error('no answer')))
  const forward = () => abort.abort()
  signal.addEventListener('abort', forward, { once: true })
  try {
    const { founders } = storage.state
    const answer = await peers.introduce(voter, introduction(), founders, abort.signal)
    const { nodeId } = replicaIdOf(answer.replica)
    if (nodeId !== voter.nodeId)
      return { voter, answer: null, why: `node ${nodeId} answers at its address` }
    return { voter, answer, why: '' }
  } catch (thrown) {
    return { voter, answer: null, why: asError(thrown).message }
  } finally {
    timer.cancel()
    signal.removeEventListener('abort', forward)
  }
}

type Conclusion = 'founded' | 'apart' | 'wait'

/** Judges, and remembers what comes of it. A full disk is waited for (S18). */
function conclude(options: FoundingOptions, others: readonly Asked[]): Conclusion {
  try {
    const result = judge(options, others)
    if (result === 'founded') options.storage.found()
    return result
  } catch (thrown) {
    if (!isTransient(thrown)) throw thrown
    options.logger.error({ err: thrown }, 'no space left to found the quorum')
    return 'wait'
  }
}

/** Binds this node when it is time to. */
function judge({ self, voters, storage }: FoundingOptions, others: readonly Asked[]): Conclusion {
  const answers = others.map(({ answer }) => answer).filter((answer) => answer !== null)
  for (const { founders, founded } of answers) {
    const includesSelf = founders?.includes(self) === true
    if (founded && !includesSelf) return 'apart'
    if (founded && storage.state.founders === null) throw forgotten(self)
    if (founders && includesSelf && mayBind({ self, voters, storage }, founders))
      storage.bind(founders)
    // A quorum of which this node is a founder runs: hence everybody was bound.
    if (founded && storage.state.founders !== null) return 'founded'
  }
  if (answers.length < others.length) return 'wait'
  const bound = storage.state.founders
  if (bound === null) {
    if (answers.some(({ founders }) => founders !== null)) return 'wait'
    storage.bind([self, ...answers.map(({ replica }) => replica)].sort(byNodeId))
  }
  return answers.every(({ founders }) => isSameSet(founders, storage.state.founders))
    ? 'founded'
    : 'wait'
}

/** Nobody founds before all are bound: what this node promised and acknowledged is gone (S2). */
function forgotten(self: ReplicaKey): MetadataUnusable {
  return new MetadataUnusable(
    `The quorum that runs counts on this node as ${self}, but its directory holds no metadata log.`,
  )
}

function byNodeId(one: ReplicaKey, other: ReplicaKey): number {
  return replicaIdOf(one).nodeId - replicaIdOf(other).nodeId
}

function isSameSet(
  some: readonly ReplicaKey[] | null,
  others: readonly ReplicaKey[] | null,
): boolean {
  if (some === null || others === null || some.length !== others.length) return false
  return some.every((key) => others.includes(key))
}

/** Says whom this node waits for: at once, when it changes, and now and then. */
class Said {
  readonly #options: FoundingOptions
  #last = ''
  #atMs = 0

  constructor(options: FoundingOptions) {
    this.#options = options
  }

  wait(others: readonly Asked[]): void {
    const { clock, logger, storage } = this.#options
    const awaited = others.flatMap((asked) => reasonToWait(asked, storage.state.founders))
    const text = awaited.map(({ nodeId }) => nodeId).join()
    const nowMs = clock.monotonicMs()
    if (awaited.length === 0) return
    if (text === this.#last && nowMs - this.#atMs < SAY_EVERY_MS) return
    this.#last = text
    this.#atMs = nowMs
    logger.info({ awaited }, 'waiting for voters to found the quorum with')
  }
}

function reasonToWait(
  { voter, answer, why }: Asked,
  bound: readonly ReplicaKey[] | null,
): readonly { readonly nodeId: number; readonly address: string; readonly why: string }[] {
  const address = `${voter.host}:${voter.port}`
  const { nodeId } = voter
  if (answer === null) return [{ nodeId, address, why }]
  const { founders, replica } = answer
  if (founders === null && bound !== null && !bound.includes(replica))
    return [{ nodeId, address, why: 'its directory is another than the one that was met before' }]
  if (founders !== null && !isSameSet(founders, bound))
    return [{ nodeId, address, why: `its directory is bound to found with ${founders.join(' ')}` }]
  return []
}
