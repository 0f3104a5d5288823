/**
 * Kafka's error table: code, name, whether a client may retry, and what it means. Codes are for
 * ever. This is the only place where a number becomes a name.
 */
const TABLE = {
  UNKNOWN_SERVER_ERROR: [-1, false, 'The server experienced an unexpected error.'],
  NONE: [0, false, 'No error.'],
  OFFSET_OUT_OF_RANGE: [1, false, 'The offset is outside the range of this partition.'],
  CORRUPT_MESSAGE: [2, true, 'The batch fails its CRC, has a wrong size or is otherwise corrupt.'],
  UNKNOWN_TOPIC_OR_PARTITION: [3, true, 'This server does not host this topic-partition.'],
  LEADER_NOT_AVAILABLE: [5, true, 'There is no leader for this partition at the moment.'],
  NOT_LEADER_OR_FOLLOWER: [6, true, 'This broker is not the leader (or a replica) of it.'],
  REQUEST_TIMED_OUT: [7, true, 'The request timed out; whether it took effect is unknown.'],
  BROKER_NOT_AVAILABLE: [8, false, 'The broker is not available.'],
  REPLICA_NOT_AVAILABLE: [9, true, 'The replica is not available for this partition.'],
  MESSAGE_TOO_LARGE: [10, false, 'The batch is larger than max.message.bytes.'],
  OFFSET_METADATA_TOO_LARGE: [12, false, 'The metadata of the committed offset is too large.'],
  COORDINATOR_LOAD_IN_PROGRESS: [14, true, 'The coordinator is loading.'],
  COORDINATOR_NOT_AVAILABLE: [15, true, 'The coordinator is not available.'],
  NOT_COORDINATOR: [16, true, 'This is not the right coordinator.'],
  INVALID_TOPIC_EXCEPTION: [17, false, 'The topic name is not allowed.'],
  RECORD_LIST_TOO_LARGE: [18, false, 'The batch is larger than segment.bytes.'],
  NOT_ENOUGH_REPLICAS: [19, true, 'Fewer in-sync replicas than min.insync.replicas.'],
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: [20, true, 'Appended, but to too few in-sync replicas.'],
  INVALID_REQUIRED_ACKS: [21, false, 'acks must be -1, 0 or 1.'],
  ILLEGAL_GENERATION: [22, false, 'The group generation is not the current one.'],
  INCONSISTENT_GROUP_PROTOCOL: [23, false, 'The member shares no protocol with the group.'],
  INVALID_GROUP_ID: [24, false, 'The group id is invalid.'],
  UNKNOWN_MEMBER_ID: [25, false, 'The coordinator does not know this member.'],
  INVALID_SESSION_TIMEOUT: [26, false, 'The session timeout is outside the allowed range.'],
  REBALANCE_IN_PROGRESS: [27, false, 'The group is rebalancing, rejoin is needed.'],
  INVALID_COMMIT_OFFSET_SIZE: [28, false, 'The offsets committed do not fit into one batch.'],
  TOPIC_AUTHORIZATION_FAILED: [29, false, 'Topic authorization failed.'],
  GROUP_AUTHORIZATION_FAILED: [30, false, 'Group authorization failed.'],
  CLUSTER_AUTHORIZATION_FAILED: [31, false, 'Cluster authorization failed.'],
  INVALID_TIMESTAMP: [32, false, 'The timestamp of the record is out of the allowed range.'],
  UNSUPPORTED_SASL_MECHANISM: [33, false, 'The SASL mechanism is not supported.'],
  ILLEGAL_SASL_STATE: [34, false, 'The request is not valid in this SASL state.'],
  UNSUPPORTED_VERSION: [35, false, 'The version of the API is not supported.'],
  TOPIC_ALREADY_EXISTS: [36, false, 'A topic of this name already exists.'],
  INVALID_PARTITIONS: [37, false, 'The number of partitions is not allowed.'],
  INVALID_REPLICATION_FACTOR: [38, false, 'The replication factor is not allowed.'],
  INVALID_REPLICA_ASSIGNMENT: [39, false, 'The replica assignment is not valid.'],
  INVALID_CONFIG: [40, false, 'The configuration is not valid.'],
  NOT_CONTROLLER: [41, true, 'This is not the active controller.'],
  INVALID_REQUEST: [42, false, 'The request is well formed, but makes no sense.'],
  POLICY_VIOLATION: [44, false, 'The request violates a policy.'],
  OUT_OF_ORDER_SEQUENCE_NUMBER: [45, false, 'The sequence number is not the expected one.'],
  DUPLICATE_SEQUENCE_NUMBER: [46, false, 'The sequence number was seen before.'],
  INVALID_PRODUCER_EPOCH: [47, false, 'The producer epoch is older than the known one.'],
  INVALID_TXN_STATE: [48, false, 'The operation is not valid in this transactional state.'],
  INVALID_PRODUCER_ID_MAPPING: [49, false, 'The producer id does not belong to this id.'],
  INVALID_TRANSACTION_TIMEOUT: [50, false, 'The transaction timeout is too large.'],
  CONCURRENT_TRANSACTIONS: [51, true, 'Another transaction of this id is still being ended.'],
  TRANSACTION_COORDINATOR_FENCED: [52, false, 'The transaction coordinator is a former one.'],
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: [53, false, 'The transactional id may not be used.'],
  SECURITY_DISABLED: [54, false, 'Security features are disabled.'],
  OPERATION_NOT_ATTEMPTED: [55, false, 'The operation was not attempted.'],
  KAFKA_STORAGE_ERROR: [56, true, 'The disk failed or is full; nothing was written.'],
  LOG_DIR_NOT_FOUND: [57, false, 'The log directory is not configured here.'],
  SASL_AUTHENTICATION_FAILED: [58, false, 'SASL authentication failed.'],
  UNKNOWN_PRODUCER_ID: [59, false, 'The producer id is unknown.'],
  REASSIGNMENT_IN_PROGRESS: [60, false, 'A reassignment of the partition is in progress.'],
  NON_EMPTY_GROUP: [68, false, 'The group is not empty.'],
  GROUP_ID_NOT_FOUND: [69, false, 'The group does not exist.'],
  FETCH_SESSION_ID_NOT_FOUND: [70, true, 'The fetch session is unknown.'],
  INVALID_FETCH_SESSION_EPOCH: [71, true, 'The fetch session epoch is not the expected one.'],
  LISTENER_NOT_FOUND: [72, true, 'The leader has no listener of this name.'],
  TOPIC_DELETION_DISABLED: [73, false, 'Topic deletion is disabled.'],
  FENCED_LEADER_EPOCH: [74, true, 'The leader epoch is older than the current one.'],
  UNKNOWN_LEADER_EPOCH: [75, true, 'The leader epoch is newer than the one known here.'],
  UNSUPPORTED_COMPRESSION_TYPE: [76, false, 'The client cannot read this compression.'],
  STALE_BROKER_EPOCH: [77, false, 'The broker epoch is not the current one.'],
  OFFSET_NOT_AVAILABLE: [78, true, 'The leader has not caught up with its own epoch yet.'],
  MEMBER_ID_REQUIRED: [79, false, 'Join again with the member id given.'],
  PREFERRED_LEADER_NOT_AVAILABLE: [80, true, 'The preferred leader is not available.'],
  GROUP_MAX_SIZE_REACHED: [81, false, 'The group has as many members as it may.'],
  FENCED_INSTANCE_ID: [82, false, 'Another member uses this instance id.'],
  ELIGIBLE_LEADERS_NOT_AVAILABLE: [83, true, 'No eligible leader is available.'],
  ELECTION_NOT_NEEDED: [84, true, 'The partition already has that leader.'],
  NO_REASSIGNMENT_IN_PROGRESS: [85, false, 'No reassignment is in progress.'],
  GROUP_SUBSCRIBED_TO_TOPIC: [86, false, 'The group is subscribed to the topic.'],
  INVALID_RECORD: [87, false, 'A record fails a check of the broker.'],
  UNSTABLE_OFFSET_COMMIT: [88, true, 'An offset is part of an open transaction.'],
  THROTTLING_QUOTA_EXCEEDED: [89, true, 'The throttling quota has been exceeded.'],
  PRODUCER_FENCED: [90, false, 'A newer producer has the same transactional id.'],
  RESOURCE_NOT_FOUND: [91, false, 'The resource does not exist.'],
  DUPLICATE_RESOURCE: [92, false, 'The resource is named twice.'],
  UNACCEPTABLE_CREDENTIAL: [93, false, 'The credential is not acceptable.'],
  INCONSISTENT_VOTER_SET: [94, false, 'The voter sets differ.'],
  INVALID_UPDATE_VERSION: [95, false, 'The update version is not the current one.'],
  FEATURE_UPDATE_FAILED: [96, false, 'The feature could not be updated.'],
  SNAPSHOT_NOT_FOUND: [98, false, 'The snapshot does not exist.'],
  POSITION_OUT_OF_RANGE: [99, false, 'The position is outside the snapshot.'],
  UNKNOWN_TOPIC_ID: [100, true, 'This server does not know the topic id.'],
  DUPLICATE_BROKER_REGISTRATION: [101, false, 'The broker id is already in use.'],
  BROKER_ID_NOT_REGISTERED: [102, false, 'The broker id is not registered.'],
  INCONSISTENT_TOPIC_ID: [103, true, 'The topic id is not the one of the log.'],
  INCONSISTENT_CLUSTER_ID: [104, false, 'The cluster id is not the one of this cluster.'],
  TRANSACTIONAL_ID_NOT_FOUND: [105, false, 'The transactional id is not known.'],
  FETCH_SESSION_TOPIC_ID_ERROR: [106, true, 'The fetch session mixes topic ids and names.'],
  INELIGIBLE_REPLICA: [107, false, 'The new ISR holds an ineligible replica.'],
  NEW_LEADER_ELECTED: [108, false, 'The change elected another leader.'],
  FENCED_MEMBER_EPOCH: [110, false, 'The member epoch is fenced.'],
  UNRELEASED_INSTANCE_ID: [111, false, 'The instance id is still in use.'],
  UNSUPPORTED_ASSIGNOR: [112, false, 'The assignor is not supported.'],
  STALE_MEMBER_EPOCH: [113, false, 'The member epoch is stale.'],
  MISMATCHED_ENDPOINT_TYPE: [114, false, 'The endpoint is of another type than the one asked for.'],
  UNSUPPORTED_ENDPOINT_TYPE: [115, false, 'The type of endpoint is not known here.'],
  INVALID_REGISTRATION: [119, false, 'The registration is not valid.'],
  TRANSACTION_ABORTABLE: [120, false, 'The transaction must be aborted.'],
  INVALID_VOTER_KEY: [125, false, 'The voter is known by another directory id.'],
  DUPLICATE_VOTER: [126, false, 'The voter is one already.'],
  VOTER_NOT_FOUND: [127, false, 'The voter is not part of the quorum.'],
  INVALID_REGULAR_EXPRESSION: [128, false, 'The regular expression is not valid.'],
} as const satisfies Record<string, readonly [number, boolean, string]>

export type ErrorName = keyof typeof TABLE

/** A Kafka error code, by name: `errors.NOT_LEADER_OR_FOLLOWER === 6`. */
export const errors = Object.fromEntries(
  Object.entries(TABLE).map(([name, [code]]) => [name, code]),
) as { readonly [Name in ErrorName]: (typeof TABLE)[Name][0] }

/** What travels: one of the table's codes. */
export type ErrorCode = number

const NAMES = new Map<number, ErrorName>(
  Object.entries(TABLE).map(([name, [code]]) => [code, name as ErrorName]),
)

/** `6` → `NOT_LEADER_OR_FOLLOWER`; a code not in the table → its number as text. */
export function errorName(code: ErrorCode): ErrorName | `${number}` {
  return NAMES.get(code) ?? `${code}`
}

/** What the code means, in one sentence. */
export function errorMessage(code: ErrorCode): string {
  const name = NAMES.get(code)
  return name === undefined ? `Error ${code}.` : TABLE[name][2]
}

/** Whether a client may try again and hope; false for a code not in the table. */
export function isRetriable(code: ErrorCode): boolean {
  const name = NAMES.get(code)
  return name !== undefined && TABLE[name][1]
}
