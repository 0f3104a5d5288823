/**
 * Brokers: registration, fencing, unfencing, shutting down, leaving. Commands over an image, as
 * records; the partitions' part of each comes from `partition-control.ts`. A new incarnation
 * supersedes the old one at once when it has the same disk, because the directory lock proves the
 * old process gone (S4); every process leads only by records later than its own registration (S3).
 * Pure.
 */
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { BrokerRegistration } from '../metadata/image/cluster.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { departureRecords, electionRecords, firstDepartureRecords } from './partition-control.ts'
import type {
  BrokerRequest,
  RegisterBrokerReply,
  RegisterBrokerRequest,
  RegisterControllerRequest,
} from './requests.ts'
import type { CommandResult } from './result.ts'
import { refusal } from './result.ts'

/**
 * `nextOffset` becomes the epoch of a new incarnation. Refuses with INVALID_REGISTRATION (the disk
 * is another broker's) and DUPLICATE_BROKER_REGISTRATION (the id lives on another disk).
 */
export function registerBroker(
  image: MetadataImage,
  request: RegisterBrokerRequest,
  nextOffset: number,
): CommandResult<RegisterBrokerReply> {
  checkDirectory(image, request)
  const was = image.brokers.get(request.nodeId)
  if (was?.incarnationId === request.incarnationId) return amend(was, request)
  if (was !== undefined && isActive(was) && was.directoryId !== request.directoryId)
    throw refusal(
      'DUPLICATE_BROKER_REGISTRATION',
      `broker ${request.nodeId} is in service with another directory`,
    )
  return {
    // The old process's leaderships end before the new one exists: cut in between, the command can
    // be given again.
    records: [
      ...(was === undefined ? firstDisk(image, request) : endOf(image, was, request)),
      { ...registration(request), brokerEpoch: nextOffset, fenced: true },
    ],
    reply: { brokerEpoch: nextOffset },
    atomic: false,
  }
}

/** Of a broker that nobody knows any more, a disk without a past holds nothing. */
function firstDisk(
  image: MetadataImage,
  { nodeId, previousBrokerEpoch }: RegisterBrokerRequest,
): readonly MetadataRecord[] {
  return previousBrokerEpoch === NO_EPOCH ? departureRecords(image, { nodeId, ...GONE }) : []
}

/** What the end of the former process means for the partitions it was a replica of (S11). */
function endOf(
  image: MetadataImage,
  was: BrokerRegistration,
  { restart, previousBrokerEpoch, directoryId }: RegisterBrokerRequest,
): readonly MetadataRecord[] {
  const sameDirectory = was.directoryId === directoryId
  const sameEpoch = was.brokerEpoch === previousBrokerEpoch
  const losesData = !sameDirectory || restart === 'unclean' || !sameEpoch
  return departureRecords(image, {
    ...{ nodeId: was.nodeId, losesData, sameDirectory },
    keepsFsynced: sameDirectory && sameEpoch,
  })
}

const UNHARMED = { losesData: false, sameDirectory: true, keepsFsynced: true } as const
const GONE = { losesData: true, sameDirectory: false, keepsFsynced: false } as const
/** Nobody counts on it; but where it was the last to hold everything, its return is worth most. */
const FORGOTTEN = { losesData: true, sameDirectory: true, keepsFsynced: false } as const
/** What a broker's disk says that has never been registered. */
const NO_EPOCH = -1

/** The same process again: it may have other addresses, but keeps its epoch and its standing. */
function amend(
  was: BrokerRegistration,
  request: RegisterBrokerRequest,
): CommandResult<RegisterBrokerReply> {
  const { brokerEpoch, fenced, inControlledShutdown } = was
  const isSame = was.host === request.host && was.port === request.port && was.rack === request.rack
  return {
    records: isSame
      ? []
      : [{ ...registration(request), brokerEpoch, fenced, inControlledShutdown }],
    reply: { brokerEpoch },
    atomic: true,
  }
}

function registration(request: RegisterBrokerRequest) {
  const { nodeId, incarnationId, directoryId, host, port, rack } = request
  return {
    type: 'RegisterBroker',
    ...{ nodeId, incarnationId, directoryId, host, port, rack },
    inControlledShutdown: false,
  } as const
}

/** A directory id belongs to one broker (invariant B8). */
function checkDirectory(
  image: MetadataImage,
  { nodeId, directoryId }: RegisterBrokerRequest,
): void {
  for (const other of image.brokers.values())
    if (other.nodeId !== nodeId && other.directoryId === directoryId)
      throw refusal(
        'INVALID_REGISTRATION',
        `directory ${directoryId} is the one of broker ${other.nodeId}`,
      )
}

/** Lets a broker lead and serve, and elects leaders where it was waited for. */
export function unfenceBroker(image: MetadataImage, request: BrokerRequest): CommandResult<object> {
  const { nodeId, brokerEpoch } = request
  const { fenced } = requireBroker(image, request)
  if (!fenced) return { records: [], reply: {}, atomic: true }
  return {
    records: [
      { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: false },
      ...electionRecords(image, { arriving: nodeId }),
    ],
    reply: {},
    atomic: false,
  }
}

/** Takes a broker out of service until it is unfenced. */
export function fenceBroker(image: MetadataImage, request: BrokerRequest): CommandResult<object> {
  const { nodeId, brokerEpoch } = request
  const { fenced } = requireBroker(image, request)
  if (fenced) return { records: [], reply: {}, atomic: true }
  return {
    records: [
      ...departureRecords(image, { nodeId, ...UNHARMED }),
      { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: true },
    ],
    reply: {},
    atomic: false,
  }
}

/** Partitions that a part of a fence changes: what it takes of a turn. */
const CHANGED_IN_PART = 2_000

/**
 * `fenceBroker`, or a part of what it would do, beginning with what the broker leads: then it is to
 * be asked for again, until it was the last. So a broker of many partitions keeps the controller
 * from nothing else for long.
 */
export function fenceBrokerInPart(
  image: MetadataImage,
  request: BrokerRequest,
  { isLast }: { readonly isLast: boolean },
): CommandResult<{ readonly isLast: boolean }> {
  const { fenced, nodeId } = requireBroker(image, request)
  const records =
    fenced || isLast ? [] : firstDepartureRecords(image, { nodeId, ...UNHARMED }, CHANGED_IN_PART)
  if (records.length === CHANGED_IN_PART)
    return { records, reply: { isLast: false }, atomic: false }
  return { ...fenceBroker(image, request), reply: { isLast: true } }
}

/** Moves what a broker leads to others, before it stops; it goes on answering until then. */
export function beginShutdown(image: MetadataImage, request: BrokerRequest): CommandResult<object> {
  const { nodeId, brokerEpoch } = request
  const { fenced, inControlledShutdown } = requireBroker(image, request)
  if (fenced || inControlledShutdown) return { records: [], reply: {}, atomic: true }
  return {
    records: [
      ...departureRecords(image, { nodeId, ...UNHARMED }),
      { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, inControlledShutdown: true },
    ],
    reply: {},
    atomic: false,
  }
}

/**
 * Forgets a broker, in service or not, and counts on its replicas no more (in Kafka, too). It stays
 * known as the last one where nobody else has everything: it leads again if it comes back with its
 * disk. A process that runs hears that its epoch is stale, and stops. BROKER_ID_NOT_REGISTERED.
 */
export function unregisterBroker(image: MetadataImage, nodeId: NodeId): CommandResult<object> {
  const broker = image.brokers.get(nodeId)
  if (broker === undefined)
    throw refusal('BROKER_ID_NOT_REGISTERED', `broker ${nodeId} is not registered`)
  return {
    records: [
      ...departureRecords(image, { nodeId, ...FORGOTTEN }),
      { type: 'UnregisterBroker', nodeId, brokerEpoch: broker.brokerEpoch },
    ],
    reply: {},
    atomic: false,
  }
}

/** BROKER_ID_NOT_REGISTERED, BROKER_NOT_AVAILABLE. */
export function brokerToShutDown(image: MetadataImage, nodeId: NodeId): BrokerRegistration {
  const broker = image.brokers.get(nodeId)
  if (broker === undefined)
    throw refusal('BROKER_ID_NOT_REGISTERED', `broker ${nodeId} is not registered`)
  if (broker.fenced)
    throw refusal('BROKER_NOT_AVAILABLE', `broker ${nodeId} is not in service: nobody hears it`)
  return broker
}

/** The registration that speaks; STALE_BROKER_EPOCH when it is not the present one. */
export function requireBroker(
  image: MetadataImage,
  { nodeId, brokerEpoch }: BrokerRequest,
): BrokerRegistration {
  const broker = image.brokers.get(nodeId)
  if (broker === undefined || broker.brokerEpoch !== brokerEpoch)
    throw refusal(
      'STALE_BROKER_EPOCH',
      broker === undefined
        ? `broker ${nodeId} is not registered`
        : `broker ${nodeId} is in epoch ${broker.brokerEpoch}, not ${brokerEpoch}`,
    )
  return broker
}

/** Where a controller is found; nothing, when that is known already. */
export function registerController(
  image: MetadataImage,
  request: RegisterControllerRequest,
): CommandResult<object> {
  const was = image.controllers.get(request.nodeId)
  const isNews =
    was === undefined ||
    was.incarnationId !== request.incarnationId ||
    was.directoryId !== request.directoryId ||
    was.host !== request.host ||
    was.port !== request.port
  const records = isNews ? [{ type: 'RegisterController', ...request } as const] : []
  return { records, reply: {}, atomic: true }
}
