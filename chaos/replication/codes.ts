/**
 * Which error codes a client may be told by which API while a cluster is being hurt: those that
 * Kafka itself gives there. Anything else is a fault. Pure.
 */
import { errorName, errors, type ErrorCode } from '../../src/wire/errors.ts'

/** How often a client was told a code by an API. */
export interface ToldCode {
  readonly client: string
  readonly api: string
  readonly code: ErrorCode
  readonly count: number
}

const LEADERSHIP = [
  errors.NOT_LEADER_OR_FOLLOWER,
  errors.FENCED_LEADER_EPOCH,
  errors.UNKNOWN_LEADER_EPOCH,
  // A broker that has not heard of the topic yet, or not since its start.
  errors.UNKNOWN_TOPIC_OR_PARTITION,
]

/** The controller has changed, or could not be asked in time. */
const ADMINISTRATION = [errors.REQUEST_TIMED_OUT, errors.NOT_CONTROLLER]

/** Somebody else coordinates the group, or not enough replicas are there to say so. */
const COORDINATION = [
  errors.NOT_COORDINATOR,
  errors.COORDINATOR_NOT_AVAILABLE,
  errors.COORDINATOR_LOAD_IN_PROGRESS,
]

/** The group has gone on without the member, or is about to. */
const MEMBERSHIP = [
  errors.UNKNOWN_MEMBER_ID,
  errors.ILLEGAL_GENERATION,
  errors.REBALANCE_IN_PROGRESS,
]

/** By API; APIs that are not here may give none. */
const ALLOWED: Readonly<Record<string, readonly ErrorCode[]>> = {
  Produce: [
    ...LEADERSHIP,
    errors.NOT_ENOUGH_REPLICAS,
    errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    errors.REQUEST_TIMED_OUT,
  ],
  Fetch: [
    ...LEADERSHIP,
    errors.OFFSET_NOT_AVAILABLE,
    errors.UNKNOWN_TOPIC_ID,
    // A session of a broker that is another process now.
    errors.FETCH_SESSION_ID_NOT_FOUND,
    errors.INVALID_FETCH_SESSION_EPOCH,
  ],
  ListOffsets: [...LEADERSHIP, errors.OFFSET_NOT_AVAILABLE, errors.LEADER_NOT_AVAILABLE],
  OffsetForLeaderEpoch: LEADERSHIP,
  Metadata: [
    errors.LEADER_NOT_AVAILABLE,
    // From v0 on for a partition with replicas that are not there.
    errors.REPLICA_NOT_AVAILABLE,
    errors.UNKNOWN_TOPIC_OR_PARTITION,
  ],
  InitProducerId: [errors.REQUEST_TIMED_OUT, errors.COORDINATOR_LOAD_IN_PROGRESS],
  CreateTopics: [...ADMINISTRATION, errors.TOPIC_ALREADY_EXISTS],
  DescribeQuorum: ADMINISTRATION,
  IncrementalAlterConfigs: ADMINISTRATION,
  AlterPartitionReassignments: ADMINISTRATION,
  ListPartitionReassignments: ADMINISTRATION,
  // Clients look for one also when they read without a group.
  FindCoordinator: [errors.COORDINATOR_NOT_AVAILABLE],
  OffsetCommit: [...COORDINATION, ...MEMBERSHIP, errors.UNKNOWN_TOPIC_OR_PARTITION],
  OffsetFetch: COORDINATION,
  // A member without an id is given one, once. One that is killed while it waits is answered that
  // the rebalance goes on, as Kafka answers one that has to begin again: nobody hears it.
  JoinGroup: [
    ...COORDINATION,
    errors.UNKNOWN_MEMBER_ID,
    errors.MEMBER_ID_REQUIRED,
    errors.REBALANCE_IN_PROGRESS,
  ],
  // Not that it is loaded: the member is told to join again.
  SyncGroup: [errors.NOT_COORDINATOR, errors.COORDINATOR_NOT_AVAILABLE, ...MEMBERSHIP],
  // Not that groups are being loaded: all is well with those who beat.
  Heartbeat: [errors.NOT_COORDINATOR, errors.COORDINATOR_NOT_AVAILABLE, ...MEMBERSHIP],
  LeaveGroup: [...COORDINATION, errors.UNKNOWN_MEMBER_ID],
  DescribeGroups: COORDINATION,
}

/** With several requests on their way at once; the others have one for each partition. */
const PIPELINING: readonly string[] = ['kcat', 'librdkafka']
const BEHIND_ONE = 4

/**
 * What is on its way behind a request that was refused has a sequence number that does not follow,
 * if the broker leads by then: so it is in Kafka, and such clients send both again.
 */
function isBehindRefusals(
  { client, api, code, count }: ToldCode,
  told: readonly ToldCode[],
): boolean {
  if (code !== errors.OUT_OF_ORDER_SEQUENCE_NUMBER || !PIPELINING.includes(client)) return false
  const refused = told
    .filter((of) => of.client === client && of.api === api)
    .filter((of) => of.code !== errors.NONE && of.code !== code)
    .reduce((sum, of) => sum + of.count, 0)
  return count <= BEHIND_ONE * refused
}

/** Everything that Kafka would not have said, as sentences. */
export function strangeCodes(told: readonly ToldCode[]): readonly string[] {
  return told
    .filter(({ api, code }) => code !== errors.NONE && !(ALLOWED[api] ?? []).includes(code))
    .filter((line) => !isBehindRefusals(line, told))
    .map(
      ({ client, api, code, count }) =>
        `${client} was told ${errorName(code)} by ${api}, ${count} times: Kafka does not say that`,
    )
}

/** As lines of a table. */
export function printCodes(told: readonly ToldCode[]): readonly string[] {
  const name = (line: ToldCode) => `${line.client} ${line.api} ${errorName(line.code)}`
  return [...told]
    .sort((a, b) => (name(a) < name(b) ? -1 : 1))
    .map(
      ({ client, api, code, count }) =>
        `${client.padEnd(14)} ${api.padEnd(16)} ${errorName(code).padEnd(34)} ${count}`,
    )
}
