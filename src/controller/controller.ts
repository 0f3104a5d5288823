/**
 * The active controller's loop. A command reads the pending image (what holds once everything
 * appended so far commits) and returns records; replaying them makes the next pending image, the
 * quorum commits them, and only then is the answer given (invariant A17). Losing leadership drops
 * the pending image. It does not know how many nodes the quorum has.
 */
import assert from 'node:assert'
import { EventLoop } from '../base/event-loop.ts'
import { LograftError, asError, isLograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import { uuidFromRandom } from '../bytes/uuid.ts'
import { applyEntries, applyEntry } from '../metadata/delta.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { EMPTY_IMAGE } from '../metadata/image.ts'
import type { CommittedEntry, MetadataRecord, PartitionChangeRecord } from '../metadata/records.ts'
import { RECORDS_PER_ENTRY_MAX } from '../metadata/records.ts'
import type {
  AppendOutcome,
  AppendRefusal,
  Leadership,
  MetadataQuorum,
  QuorumListener,
} from '../quorum/ports.ts'
import type { ErrorName } from '../wire/errors.ts'
import {
  beginShutdown,
  brokerToShutDown,
  fenceBrokerInPart,
  registerBroker,
  registerController,
  requireBroker,
  unfenceBroker,
  unregisterBroker,
} from './cluster-control.ts'
import { alterConfigs } from './alter-configs.ts'
import { applyChanges } from './apply-changes.ts'
import type { ApplyChangesRequest } from './changes.ts'
import { alterPartition } from './alter-partition.ts'
import { alterReassignments } from './alter-reassignments.ts'
import { foundingRecords } from './config-control.ts'
import { createPartitions } from './create-partitions.ts'
import { electLeaders } from './elect-leaders.ts'
import { balanceLeaders } from './leader-balance.ts'
import { leaveIsr } from './leave-isr.ts'
import { LogEnds, type PartitionId } from './log-ends.ts'
import { electionRecords } from './partition-control.ts'
import { allocateProducerIds } from './producer-id-control.ts'
import type { ControllerCommands } from './commands.ts'
import type {
  AlterConfigsRequest,
  AlterPartitionRequest,
  BrokerRequest,
  ConfigRules,
  ControllerSettings,
  CreatePartitionsRequest,
  CreateTopicsRequest,
  DeletableTopic,
  ElectLeadersRequest,
  LeaveIsrRequest,
  LogEndsRequest,
  Reassignment,
  RegisterBrokerRequest,
  RegisterControllerRequest,
  Reply,
} from './requests.ts'
import type { CommandResult } from './result.ts'
import { refusal } from './result.ts'
import { createTopics, deleteTopics } from './topic-control.ts'

export interface ControllerOptions {
  /** The controller subscribes to it, and so is made before it starts. */
  readonly quorum: MetadataQuorum
  readonly random: Random
  readonly logger: Logger
  readonly settings: ControllerSettings
  readonly configRules: ConfigRules
  /** The node must stop: a command met a bug, or the cluster it leads cannot be founded. */
  readonly onFatal: (error: Error) => void
}

/** Commands that wait for their turn at most; more are refused as OVERLOADED. */
const QUEUED_COMMANDS_MAX = 1_000
/** Entries that wait for their commitment at most, before the next command has its turn. */
const UNCOMMITTED_ENTRIES_MAX = 500
/**
 * In an entry, of records that may be cut anywhere: a replica that is slow to take in a large entry
 * hears no heartbeat behind it, and of small ones each shows that its leader is there.
 */
const RECORDS_PER_CUT = 1_000
/** The last of them does all that is left: leaders may take the broker back into ISRs meanwhile. */
const PARTS_OF_FENCE_MAX = 20
/** Elections of one entry that are logged each at most. */
const RISKS_TOLD_MAX = 20

interface InFlight {
  readonly offset: number
  /** What holds once this entry is committed. */
  readonly image: MetadataImage
  readonly outcome: Promise<AppendOutcome>
}

/** What is true only while this node leads. */
interface Active {
  readonly epoch: number
  /** What holds once everything in flight is committed. */
  pending: MetadataImage
  readonly inFlight: InFlight[]
  readonly logEnds: LogEnds
  /** Brokers whose processes are to end, by their epochs. */
  readonly toShutDown: Set<number>
}

/** What a command makes of what is pending; `nextOffset` is that of its first entry. */
type Decide<Value> = (
  pending: MetadataImage,
  beside: { readonly nextOffset: number } & Pick<Active, 'logEnds' | 'toShutDown'>,
) => CommandResult<Value>

/** Commands reject as `ControllerCommands` says. */
export class Controller implements QuorumListener, ControllerCommands {
  readonly #options: ControllerOptions
  readonly #logger: Logger
  readonly #loop = new EventLoop({ name: 'controller', capacity: QUEUED_COMMANDS_MAX })
  #committed: MetadataImage = EMPTY_IMAGE
  #active: Active | null = null

  constructor(options: ControllerOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'controller' })
    options.quorum.subscribe(this)
  }

  get isActive(): boolean {
    return this.#active !== null
  }

  get committedImage(): MetadataImage {
    return this.#committed
  }

  /** Commands that wait for their turn. */
  get queued(): number {
    return this.#loop.length
  }

  /** Entries that wait for their commitment. */
  get inFlight(): number {
    return this.#active?.inFlight.length ?? 0
  }

  /**
   * Resolves when the cluster is founded, with its id: the first thing to wait for after a start.
   */
  founded(): Promise<{ readonly clusterId: string | null } & Reply> {
    return this.#command('founded', ({ clusterId }) => ({
      records: [],
      reply: { clusterId },
      atomic: true,
    }))
  }

  registerBroker(request: RegisterBrokerRequest) {
    return this.#command('registerBroker', (image, { nextOffset }) =>
      registerBroker(image, request, nextOffset),
    )
  }

  /** STALE_BROKER_EPOCH. Elects leaders where this broker was waited for. */
  unfenceBroker(request: BrokerRequest): Promise<Reply> {
    return this.#command('unfenceBroker', (image) => unfenceBroker(image, request))
  }

  /**
   * STALE_BROKER_EPOCH. In as many parts as it takes; nothing happens, or no more of it, when it is
   * not wanted any more once its turn has come. The broker stays in service then, and leads again
   * what nobody else can.
   */
  async fenceBroker(request: BrokerRequest, isStillWanted = () => true): Promise<Reply> {
    for (let part = 1; ; part += 1) {
      const { isLast, ...reply } = await this.#command('fenceBroker', (image) => {
        if (isStillWanted())
          return fenceBrokerInPart(image, request, { isLast: part === PARTS_OF_FENCE_MAX })
        return standing(part === 1 ? [] : electionRecords(image), { isLast: true })
      })
      if (isLast) return reply
    }
  }

  /** STALE_BROKER_EPOCH. What the broker leads is moved to others where they may lead. */
  beginShutdown(request: BrokerRequest): Promise<Reply> {
    return this.#command('beginShutdown', (image) => beginShutdown(image, request))
  }

  /** BROKER_ID_NOT_REGISTERED. */
  unregisterBroker(nodeId: NodeId): Promise<Reply> {
    return this.#command('unregisterBroker', (image) => unregisterBroker(image, nodeId))
  }

  shutDownBroker(nodeId: NodeId): Promise<Reply> {
    return this.#command('shutDownBroker', (image, { toShutDown }) => {
      toShutDown.add(brokerToShutDown(image, nodeId).brokerEpoch)
      return standing([], {})
    })
  }

  /** Somebody asked this broker's process to end. */
  mustShutDown({ brokerEpoch }: BrokerRequest): boolean {
    return this.#active?.toShutDown.has(brokerEpoch) ?? false
  }

  registerController(request: RegisterControllerRequest): Promise<Reply> {
    return this.#command('registerController', (image) => registerController(image, request))
  }

  createTopics(request: CreateTopicsRequest) {
    return this.#command('createTopics', (image) =>
      named('topics', createTopics(image, request, this.#options)),
    )
  }

  createPartitions(request: CreatePartitionsRequest) {
    return this.#command('createPartitions', (image) =>
      named('topics', createPartitions(image, request, this.#options.random)),
    )
  }

  deleteTopics(topics: readonly DeletableTopic[]) {
    return this.#command('deleteTopics', (image) => named('topics', deleteTopics(image, topics)))
  }

  alterConfigs(request: AlterConfigsRequest) {
    return this.#command('alterConfigs', (image) =>
      named('resources', alterConfigs(image, request, this.#options.configRules)),
    )
  }

  alterReassignments(partitions: readonly Reassignment[]) {
    return this.#command('alterReassignments', (image) =>
      named('partitions', alterReassignments(image, partitions)),
    )
  }

  electLeaders(request: ElectLeadersRequest) {
    return this.#command('electLeaders', (image) =>
      named('partitions', electLeaders(image, request)),
    )
  }

  applyChanges(request: ApplyChangesRequest) {
    return this.#command('applyChanges', (image, { nextOffset }) =>
      applyChanges(image, request, { ...this.#options, nextOffset }),
    )
  }

  allocateProducerIds(request: BrokerRequest) {
    return this.#command('allocateProducerIds', (image) => allocateProducerIds(image, request))
  }

  alterPartition(request: AlterPartitionRequest) {
    return this.#command('alterPartition', (image) =>
      named('partitions', alterPartition(image, request)),
    )
  }

  leaveIsr(request: LeaveIsrRequest) {
    return this.#command('leaveIsr', (image) => named('partitions', leaveIsr(image, request)))
  }

  tellLogEnds(request: LogEndsRequest): Promise<Reply> {
    return this.#command('tellLogEnds', (image, { logEnds }) => {
      requireBroker(image, request)
      logEnds.tell(image, request)
      return standing(logEnds.elections(image, request.partitions), {})
    })
  }

  /** These partitions have waited long enough for all of their replicas (S11). */
  electFarthest(overdue: readonly PartitionId[]): Promise<Reply> {
    return this.#command('electFarthest', (image, { logEnds }) => {
      logEnds.giveUpWaiting(overdue)
      return standing(logEnds.elections(image, overdue), {})
    })
  }

  /** One round of moving leadership back to preferred replicas. */
  balanceLeaders(): Promise<{ readonly moved: number } & Reply> {
    return this.#command('balanceLeaders', (image) => {
      const records = balanceLeaders(image)
      return standing(records, { moved: records.length })
    })
  }

  /** Wherever nobody leads and somebody may. */
  electLeaderless(): Promise<Reply> {
    return this.#command('electLeaderless', (image) => standing(electionRecords(image), {}))
  }

  /** Refuses everything from now on; what is committed meanwhile is still answered. */
  close(): void {
    this.#loop.close(refusal('NOT_CONTROLLER', 'this controller is stopping'))
  }

  onSnapshot(image: MetadataImage): void {
    assert(this.#active === null, 'the active controller is never given a snapshot')
    this.#committed = image
  }

  /**
   * While this node leads, what is committed is what it appended, and its images are known; between
   * them stand only entries that concern the quorum and change nothing.
   */
  onCommitted(entries: readonly CommittedEntry[]): void {
    const inFlight = this.#active?.inFlight ?? []
    let others: CommittedEntry[] = []
    let own = 0
    for (const entry of entries) {
      const expected = inFlight[own]
      if (expected?.offset === entry.offset) {
        this.#committed = expected.image
        others = []
        own += 1
        this.#tellOfRisks(entry)
      } else others.push(entry)
    }
    inFlight.splice(0, own)
    assert(
      this.#active === null || others.every(({ records }) => records.length === 0),
      'only the active controller appends records',
    )
    this.#committed = applyEntries(this.#committed, others)
  }

  /** Elections of whom may lack what was acknowledged are never silent. */
  #tellOfRisks({ records }: CommittedEntry): void {
    const risky = records.filter(
      (record) => record.type === 'PartitionChange' && record.mayLoseRecords === true,
    ) as readonly PartitionChangeRecord[]
    for (const { topicId, partition, leader } of risky.slice(0, RISKS_TOLD_MAX)) {
      const topic = this.#committed.topics.byId.get(topicId)?.name
      this.#logger.warn(
        { topic, partition, leader },
        'the new leader may lack acknowledged records',
      )
    }
    if (risky.length <= RISKS_TOLD_MAX) return
    const partitions = risky.length - RISKS_TOLD_MAX
    this.#logger.warn({ partitions }, 'so may the new leaders of more partitions')
  }

  onLeadership({ epoch, isLeader }: Leadership): void {
    if (!isLeader) {
      if (this.#active !== null) this.#logger.info({ epoch }, 'no longer the active controller')
      this.#active = null
      return
    }
    this.#active = {
      epoch,
      pending: this.#committed,
      inFlight: [],
      logEnds: new LogEnds(),
      toShutDown: new Set(),
    }
    this.#logger.info({ epoch }, 'the active controller')
    this.#claim(this.#active)
  }

  /** Before any command: founds the cluster, or elects where a predecessor was cut short. */
  #claim(active: Active): void {
    const { random, settings, onFatal } = this.#options
    try {
      if (active.pending.clusterId === null) {
        const clusterId = uuidFromRandom(random.bytes(16))
        this.#logger.info({ clusterId }, 'founding the cluster')
        this.#append(active, foundingRecords(clusterId, settings.foundingConfigs))
      }
      for (const records of cut(electionRecords(active.pending))) this.#append(active, records)
    } catch (thrown) {
      onFatal(asError(thrown))
    }
  }

  /** Runs a command in its turn and answers it when what it saw and wrote is committed. */
  async #command<Value extends object>(
    name: string,
    decide: Decide<Value>,
  ): Promise<Value & Reply> {
    const { answer } = await this.#loop.submit(async () => {
      await this.#untilThereIsRoom()
      try {
        // In an object, or the loop would wait for the commitment too.
        return { answer: this.#execute(name, decide) }
      } catch (thrown) {
        // Anything but a refusal is a bug, and a node that has met one decides nothing more.
        if (!(thrown instanceof LograftError)) this.#options.onFatal(asError(thrown))
        throw thrown
      }
    })
    return answer
  }

  async #untilThereIsRoom(): Promise<void> {
    for (;;) {
      const [first] = this.#active?.inFlight ?? []
      if (first === undefined) return
      if ((this.#active?.inFlight.length ?? 0) < UNCOMMITTED_ENTRIES_MAX) return
      await first.outcome
    }
  }

  /** Everything up to the append happens in one turn: nothing can come in between. */
  #execute<Value extends object>(name: string, decide: Decide<Value>): Promise<Value & Reply> {
    const active = this.#active
    if (active === null) throw refusal('NOT_CONTROLLER', 'this node is not the active controller')
    const { records, reply, atomic } = decide(active.pending, {
      nextOffset: this.#options.quorum.nextOffset,
      ...active,
    })
    if (atomic && records.length > RECORDS_PER_ENTRY_MAX)
      throw refusal('POLICY_VIOLATION', `more than ${RECORDS_PER_ENTRY_MAX} records at once`)
    this.#logger.debug({ command: name, records: records.length }, 'command decided')
    const entries = atomic && records.length > 0 ? [records] : cut(records)
    for (const [index, entry] of entries.entries())
      try {
        this.#append(active, entry)
      } catch (thrown) {
        throw index > 0 && isLograftError(thrown) ? cutShort(thrown) : thrown
      }
    return this.#answer(active, reply)
  }

  /** Replays into the pending image, then appends; when that is refused, nothing has changed. */
  #append(active: Active, records: readonly MetadataRecord[]): void {
    const { quorum } = this.#options
    const { epoch } = active
    const offset = quorum.nextOffset
    const image = applyEntry(active.pending, { offset, epoch, records })
    const append = quorum.append(epoch, records)
    if (!append.accepted) throw refusedBy(append.reason)
    assert(append.offset === offset, 'an entry gets the offset that was announced')
    active.pending = image
    active.inFlight.push({ offset, image, outcome: append.outcome })
  }

  /** Also a command without records waits: what it saw may not be committed yet. */
  async #answer<Value extends object>(active: Active, reply: Value): Promise<Value & Reply> {
    const { metadataOffset } = active.pending
    const last = active.inFlight.at(-1)
    const outcome = last === undefined ? await this.#confirm(active) : await last.outcome
    if (outcome.outcome === 'ok') return { ...reply, metadataOffset }
    if (outcome.outcome === 'failed')
      throw refusal('NOT_CONTROLLER', 'this node is no longer the active controller')
    throw refusal(
      'REQUEST_TIMED_OUT',
      'the controller changed, or its metadata log failed; whether this took effect is open',
    )
  }

  /** Nothing is in flight: was this still the controller when it answered from what it knows? */
  async #confirm(active: Active): Promise<Pick<AppendOutcome, 'outcome'>> {
    const isConfirmed = await this.#options.quorum.confirmLeadership(active.epoch)
    return { outcome: isConfirmed ? 'ok' : 'failed' }
  }
}

/** Gives a reply that is a list its name. */
function named<Name extends string, Value>(
  name: Name,
  result: CommandResult<Value>,
): CommandResult<{ readonly [key in Name]: Value }> {
  return { ...result, reply: { [name]: result.reply } as { [key in Name]: Value } }
}

/** Elections, each of which stands for itself. */
function standing<Value>(records: readonly MetadataRecord[], reply: Value): CommandResult<Value> {
  return { records, reply, atomic: false }
}

function cut(records: readonly MetadataRecord[]): readonly (readonly MetadataRecord[])[] {
  const entries: (readonly MetadataRecord[])[] = []
  for (let from = 0; from < records.length; from += RECORDS_PER_CUT)
    entries.push(records.slice(from, from + RECORDS_PER_CUT))
  return entries
}

const REFUSALS = {
  'not-leader': ['NOT_CONTROLLER', 'this node does not lead the metadata quorum'],
  stopped: ['NOT_CONTROLLER', 'the metadata quorum of this node has stopped'],
  overloaded: ['REQUEST_TIMED_OUT', 'too many metadata changes wait; nothing was changed'],
  'too-large': ['POLICY_VIOLATION', 'too much metadata for one change'],
  'disk-full': ['KAFKA_STORAGE_ERROR', 'no space left for the metadata log'],
} as const satisfies Record<AppendRefusal, readonly [ErrorName, string]>

/** What was appended before is on its way: nobody may be told that nothing happened. */
function cutShort(cause: LograftError): Error {
  const what = 'only a part of it may have taken effect; give the command again'
  return new LograftError('REQUEST_TIMED_OUT', `${what} (${cause.message})`, { cause })
}

function refusedBy(reason: AppendRefusal): Error {
  const [code, message] = REFUSALS[reason]
  return refusal(code, message)
}
