/**
 * What a shard of groups is asked, and what it answers: messages of the protocol as they are, with
 * what they do not say themselves beside them. Four requests are the driver's own. Those that need
 * to know which offsets a group has are given them, read from the committed view (`ports.ts`).
 */
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import type { offsetCommit } from '../../wire/apis/08-offset-commit.ts'
import type { joinGroup } from '../../wire/apis/11-join-group.ts'
import type { heartbeat } from '../../wire/apis/12-heartbeat.ts'
import type { leaveGroup } from '../../wire/apis/13-leave-group.ts'
import type { syncGroup } from '../../wire/apis/14-sync-group.ts'
import type { offsetDelete } from '../../wire/apis/47-offset-delete.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { CommittedOffset } from './records.ts'

/** One committed offset of a group. */
export interface StoredOffset {
  readonly topic: string
  readonly partition: number
  readonly committed: CommittedOffset
}

interface OfVersion {
  readonly apiVersion: number
}

export interface JoinRequest extends OfVersion {
  readonly api: 'JoinGroup'
  readonly body: RequestOf<typeof joinGroup>
  readonly clientId: string
  readonly clientHost: string
  /** Unique, for the id of a member that has none. */
  readonly uuid: string
}

export interface SyncRequest extends OfVersion {
  readonly api: 'SyncGroup'
  readonly body: RequestOf<typeof syncGroup>
}

export interface HeartbeatRequest extends OfVersion {
  readonly api: 'Heartbeat'
  readonly body: RequestOf<typeof heartbeat>
}

export interface LeaveRequest extends OfVersion {
  readonly api: 'LeaveGroup'
  readonly body: RequestOf<typeof leaveGroup>
}

export interface CommitRequest extends OfVersion {
  readonly api: 'OffsetCommit'
  readonly body: RequestOf<typeof offsetCommit>
}

/** Of topics that exist: of others the handler answers by itself. */
export interface OffsetDeleteRequest {
  readonly api: 'OffsetDelete'
  readonly body: RequestOf<typeof offsetDelete>
  readonly offsets: readonly StoredOffset[]
}

/** One group of a DeleteGroups. */
export interface DeleteGroupRequest {
  readonly api: 'DeleteGroup'
  readonly groupId: string
  readonly offsets: readonly StoredOffset[]
}

/** The sweep of `offsets.retention.check.interval.ms`, for one group. */
export interface ExpireRequest {
  readonly api: 'ExpireOffsets'
  readonly groupId: string
  readonly offsets: readonly StoredOffset[]
}

/** These topics were deleted; for one group that has offsets in them. */
export interface ForgetTopicsRequest {
  readonly api: 'ForgetTopics'
  readonly groupId: string
  readonly topics: ReadonlySet<string>
  /** What is committed later is of another topic of that name. */
  readonly deletedAtMs: number
  readonly offsets: readonly StoredOffset[]
}

export type GroupRequest =
  | JoinRequest
  | SyncRequest
  | HeartbeatRequest
  | LeaveRequest
  | CommitRequest
  | OffsetDeleteRequest
  | DeleteGroupRequest
  | ExpireRequest
  | ForgetTopicsRequest

export type JoinResponse = ResponseOf<typeof joinGroup>
export type SyncResponse = ResponseOf<typeof syncGroup>
export type HeartbeatResponse = ResponseOf<typeof heartbeat>
export type LeaveResponse = ResponseOf<typeof leaveGroup>
export type CommitResponse = ResponseOf<typeof offsetCommit>
export type OffsetDeleteResponse = ResponseOf<typeof offsetDelete>
export interface PlainResponse {
  readonly errorCode: ErrorCode
}

/** What answers what. */
interface Responses {
  readonly JoinGroup: JoinResponse
  readonly SyncGroup: SyncResponse
  readonly Heartbeat: HeartbeatResponse
  readonly LeaveGroup: LeaveResponse
  readonly OffsetCommit: CommitResponse
  readonly OffsetDelete: OffsetDeleteResponse
  readonly DeleteGroup: PlainResponse
  readonly ExpireOffsets: PlainResponse
  readonly ForgetTopics: PlainResponse
}

export type ResponseTo<Request extends GroupRequest> = Responses[Request['api']]
export type GroupResponse = Responses[keyof Responses]

/** The group that a request is about. */
export function groupIdOf(request: GroupRequest): string {
  return 'body' in request ? request.body.groupId : request.groupId
}

/** The answer to a request that fails as a whole. */
export function refusalOf(request: GroupRequest, errorCode: ErrorCode): GroupResponse {
  const isLoading = errorCode === errors.COORDINATOR_LOAD_IN_PROGRESS
  switch (request.api) {
    case 'JoinGroup':
      return refusedJoin(request.apiVersion, request.body.memberId, errorCode)
    case 'SyncGroup':
      // What was to be assigned went with the coordinator of before: members join again, as in
      // Kafka; that groups are being loaded is nothing that a client expects here.
      return refusedSync(isLoading ? errors.REBALANCE_IN_PROGRESS : errorCode)
    case 'OffsetCommit':
      return refusedCommit(request.body.topics, errorCode)
    case 'OffsetDelete':
      return { errorCode, topics: [] }
    case 'Heartbeat':
      // Nobody's session runs while groups are loaded, and all have a whole one afterwards: members
      // are not to be told of it, as in Kafka. Some clients would take it for an end.
      return { errorCode: isLoading ? errors.NONE : errorCode }
    case 'LeaveGroup':
    case 'DeleteGroup':
    case 'ExpireOffsets':
    case 'ForgetTopics':
      return { errorCode }
  }
}

export function refusedJoin(
  apiVersion: number,
  memberId: string,
  errorCode: ErrorCode,
): JoinResponse {
  return { errorCode, protocolName: noProtocol(apiVersion), leader: '', memberId, members: [] }
}

/** How "no protocol" is said: v7 is the first that has a null for it. */
export function noProtocol(apiVersion: number): string | null {
  return apiVersion >= 7 ? null : ''
}

export function refusedSync(errorCode: ErrorCode): SyncResponse {
  return { errorCode, assignment: new Uint8Array() }
}

/** There is no place for an error of the group: each partition has it. */
function refusedCommit(topics: CommitRequest['body']['topics'], errorCode: ErrorCode) {
  return {
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  }
}

/** What a client is told when the coordinator's log did not take its records: Kafka's mapping. */
export function codeForFailedAppend(code: ErrorCode, api: GroupRequest['api']): ErrorCode {
  switch (code) {
    case errors.UNKNOWN_TOPIC_OR_PARTITION:
    case errors.NOT_ENOUGH_REPLICAS:
    case errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case errors.REQUEST_TIMED_OUT:
      return errors.COORDINATOR_NOT_AVAILABLE
    case errors.NOT_LEADER_OR_FOLLOWER:
    case errors.KAFKA_STORAGE_ERROR:
      return errors.NOT_COORDINATOR
    case errors.MESSAGE_TOO_LARGE:
    case errors.RECORD_LIST_TOO_LARGE:
      return api === 'OffsetCommit'
        ? errors.INVALID_COMMIT_OFFSET_SIZE
        : errors.UNKNOWN_SERVER_ERROR
    default:
      return code
  }
}
