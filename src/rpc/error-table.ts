/**
 * What every error is to a caller of gRPC: the status that stands for it, and what to do about it
 * where whoever refused did not say it better. Kafka's names first, all of them; then our own.
 * Pure.
 */
import type { status } from '@grpc/grpc-js'
import type { ErrorName } from '../wire/errors.ts'

/** `UNAVAILABLE`, `INVALID_ARGUMENT`, …; never `OK`. */
export type StatusName = Exclude<keyof typeof status, 'OK'>

interface Explained {
  readonly status: StatusName
  /** For people. */
  readonly hint: string
}

const AGAIN = 'Try again in a moment.'
const LATER = 'Try again once a broker that can do it is in service (Cluster.Describe).'
const LOOK = 'Look whether it took effect, or ask again with the same idempotency key.'
const CLIENT = 'It is an error of the client that sent it.'
const NAME = 'Check the name; names are case-sensitive.'
const REJOIN = 'The member joins the group again by itself.'
const TRANSACTIONS = 'Transactions are not supported by this release.'
const SECURITY = 'Authentication and authorization are not supported by this release.'
const VALUE = 'Correct the value and ask again.'

const KAFKA: Readonly<Record<Exclude<ErrorName, 'NONE'>, readonly [StatusName, string]>> = {
  UNKNOWN_SERVER_ERROR: ['INTERNAL', 'See the log of the node that answered.'],
  OFFSET_OUT_OF_RANGE: ['OUT_OF_RANGE', 'Look up the first and last offset (Topics.ListOffsets).'],
  CORRUPT_MESSAGE: ['INVALID_ARGUMENT', CLIENT],
  UNKNOWN_TOPIC_OR_PARTITION: ['NOT_FOUND', `${NAME} Topics.List tells what there is.`],
  LEADER_NOT_AVAILABLE: ['UNAVAILABLE', LATER],
  NOT_LEADER_OR_FOLLOWER: ['UNAVAILABLE', AGAIN],
  REQUEST_TIMED_OUT: ['DEADLINE_EXCEEDED', LOOK],
  BROKER_NOT_AVAILABLE: ['UNAVAILABLE', LATER],
  REPLICA_NOT_AVAILABLE: ['UNAVAILABLE', LATER],
  MESSAGE_TOO_LARGE: ['INVALID_ARGUMENT', 'Send less at once, or raise max.message.bytes.'],
  OFFSET_METADATA_TOO_LARGE: ['INVALID_ARGUMENT', VALUE],
  COORDINATOR_LOAD_IN_PROGRESS: ['UNAVAILABLE', AGAIN],
  COORDINATOR_NOT_AVAILABLE: ['UNAVAILABLE', LATER],
  NOT_COORDINATOR: ['UNAVAILABLE', AGAIN],
  INVALID_TOPIC_EXCEPTION: [
    'INVALID_ARGUMENT',
    'Names have 1 to 249 of letters, digits, ".", "_" and "-".',
  ],
  RECORD_LIST_TOO_LARGE: ['INVALID_ARGUMENT', 'Send less at once, or raise segment.bytes.'],
  NOT_ENOUGH_REPLICAS: ['UNAVAILABLE', LATER],
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: ['UNAVAILABLE', LATER],
  INVALID_REQUIRED_ACKS: ['INVALID_ARGUMENT', CLIENT],
  ILLEGAL_GENERATION: ['FAILED_PRECONDITION', REJOIN],
  INCONSISTENT_GROUP_PROTOCOL: [
    'FAILED_PRECONDITION',
    'All members of a group must know an assignor in common.',
  ],
  INVALID_GROUP_ID: ['INVALID_ARGUMENT', 'Name a group.'],
  UNKNOWN_MEMBER_ID: ['NOT_FOUND', REJOIN],
  INVALID_SESSION_TIMEOUT: [
    'INVALID_ARGUMENT',
    'Choose one between group.min.session.timeout.ms and group.max.session.timeout.ms.',
  ],
  REBALANCE_IN_PROGRESS: ['ABORTED', AGAIN],
  INVALID_COMMIT_OFFSET_SIZE: ['INVALID_ARGUMENT', 'Commit for fewer partitions at once.'],
  TOPIC_AUTHORIZATION_FAILED: ['PERMISSION_DENIED', SECURITY],
  GROUP_AUTHORIZATION_FAILED: ['PERMISSION_DENIED', SECURITY],
  CLUSTER_AUTHORIZATION_FAILED: ['PERMISSION_DENIED', SECURITY],
  INVALID_TIMESTAMP: ['INVALID_ARGUMENT', VALUE],
  UNSUPPORTED_SASL_MECHANISM: ['UNAUTHENTICATED', SECURITY],
  ILLEGAL_SASL_STATE: ['UNAUTHENTICATED', SECURITY],
  UNSUPPORTED_VERSION: ['UNIMPLEMENTED', 'Use a client, or a node, of the same release.'],
  TOPIC_ALREADY_EXISTS: ['ALREADY_EXISTS', 'Choose another name, or delete the topic first.'],
  INVALID_PARTITIONS: ['INVALID_ARGUMENT', 'A topic can only grow.'],
  INVALID_REPLICATION_FACTOR: [
    'INVALID_ARGUMENT',
    'At most as many replicas as brokers in service (Cluster.Describe).',
  ],
  INVALID_REPLICA_ASSIGNMENT: [
    'INVALID_ARGUMENT',
    'Name registered brokers, each once, and as many for every partition.',
  ],
  INVALID_CONFIG: ['INVALID_ARGUMENT', 'Configs.Describe tells names, values and what they mean.'],
  NOT_CONTROLLER: [
    'UNAVAILABLE',
    'Nothing was done. Try again; if it stays, a majority of the controllers is missing.',
  ],
  INVALID_REQUEST: ['INVALID_ARGUMENT', VALUE],
  POLICY_VIOLATION: ['INVALID_ARGUMENT', 'Ask for less at once.'],
  OUT_OF_ORDER_SEQUENCE_NUMBER: ['FAILED_PRECONDITION', CLIENT],
  DUPLICATE_SEQUENCE_NUMBER: ['ALREADY_EXISTS', CLIENT],
  INVALID_PRODUCER_EPOCH: ['FAILED_PRECONDITION', CLIENT],
  INVALID_TXN_STATE: ['FAILED_PRECONDITION', TRANSACTIONS],
  INVALID_PRODUCER_ID_MAPPING: ['FAILED_PRECONDITION', TRANSACTIONS],
  INVALID_TRANSACTION_TIMEOUT: ['INVALID_ARGUMENT', TRANSACTIONS],
  CONCURRENT_TRANSACTIONS: ['ABORTED', TRANSACTIONS],
  TRANSACTION_COORDINATOR_FENCED: ['FAILED_PRECONDITION', TRANSACTIONS],
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: ['PERMISSION_DENIED', TRANSACTIONS],
  SECURITY_DISABLED: ['FAILED_PRECONDITION', SECURITY],
  OPERATION_NOT_ATTEMPTED: [
    'FAILED_PRECONDITION',
    'Something else of the same request was refused: correct that.',
  ],
  KAFKA_STORAGE_ERROR: [
    'RESOURCE_EXHAUSTED',
    'Make room on the disk, or replace it; see the log of the broker.',
  ],
  LOG_DIR_NOT_FOUND: ['NOT_FOUND', 'A broker has the one directory that log.dirs names.'],
  SASL_AUTHENTICATION_FAILED: ['UNAUTHENTICATED', SECURITY],
  UNKNOWN_PRODUCER_ID: ['NOT_FOUND', CLIENT],
  REASSIGNMENT_IN_PROGRESS: [
    'FAILED_PRECONDITION',
    'Wait until it is done (Partitions.ListReassignments), or cancel it.',
  ],
  NON_EMPTY_GROUP: ['FAILED_PRECONDITION', 'Stop the members of the group first.'],
  GROUP_ID_NOT_FOUND: ['NOT_FOUND', `${NAME} Groups.List tells what there is.`],
  FETCH_SESSION_ID_NOT_FOUND: ['NOT_FOUND', CLIENT],
  INVALID_FETCH_SESSION_EPOCH: ['FAILED_PRECONDITION', CLIENT],
  LISTENER_NOT_FOUND: ['NOT_FOUND', 'Correct advertised.listeners of the broker.'],
  TOPIC_DELETION_DISABLED: ['FAILED_PRECONDITION', 'Set delete.topic.enable on the brokers.'],
  FENCED_LEADER_EPOCH: ['ABORTED', AGAIN],
  UNKNOWN_LEADER_EPOCH: ['UNAVAILABLE', AGAIN],
  UNSUPPORTED_COMPRESSION_TYPE: ['INVALID_ARGUMENT', 'Choose another compression.type.'],
  STALE_BROKER_EPOCH: ['FAILED_PRECONDITION', AGAIN],
  OFFSET_NOT_AVAILABLE: ['UNAVAILABLE', AGAIN],
  MEMBER_ID_REQUIRED: ['FAILED_PRECONDITION', REJOIN],
  PREFERRED_LEADER_NOT_AVAILABLE: [
    'FAILED_PRECONDITION',
    'Wait until the first of the replicas is in sync (Partitions.List).',
  ],
  GROUP_MAX_SIZE_REACHED: ['RESOURCE_EXHAUSTED', 'Raise group.max.size, or use fewer members.'],
  FENCED_INSTANCE_ID: ['FAILED_PRECONDITION', 'Give each member a group.instance.id of its own.'],
  ELIGIBLE_LEADERS_NOT_AVAILABLE: [
    'FAILED_PRECONDITION',
    'Start a replica in sync; where records may be lost, elect an unclean leader.',
  ],
  ELECTION_NOT_NEEDED: ['FAILED_PRECONDITION', 'It is as it was asked to be.'],
  NO_REASSIGNMENT_IN_PROGRESS: [
    'FAILED_PRECONDITION',
    'Partitions.ListReassignments tells what is under way.',
  ],
  GROUP_SUBSCRIBED_TO_TOPIC: ['FAILED_PRECONDITION', 'Stop the members of the group first.'],
  INVALID_RECORD: ['INVALID_ARGUMENT', CLIENT],
  UNSTABLE_OFFSET_COMMIT: ['UNAVAILABLE', AGAIN],
  THROTTLING_QUOTA_EXCEEDED: ['RESOURCE_EXHAUSTED', AGAIN],
  PRODUCER_FENCED: ['FAILED_PRECONDITION', TRANSACTIONS],
  RESOURCE_NOT_FOUND: ['NOT_FOUND', NAME],
  DUPLICATE_RESOURCE: [
    'ALREADY_EXISTS',
    'Name each once; choose a new idempotency key for a new request.',
  ],
  UNACCEPTABLE_CREDENTIAL: ['UNAUTHENTICATED', SECURITY],
  INCONSISTENT_VOTER_SET: ['FAILED_PRECONDITION', 'Quorum.Describe tells who votes.'],
  INVALID_UPDATE_VERSION: [
    'FAILED_PRECONDITION',
    'Cluster.Describe tells the levels that this release knows.',
  ],
  FEATURE_UPDATE_FAILED: [
    'FAILED_PRECONDITION',
    'Cluster.Describe tells the levels that this release knows.',
  ],
  SNAPSHOT_NOT_FOUND: ['NOT_FOUND', AGAIN],
  POSITION_OUT_OF_RANGE: ['OUT_OF_RANGE', AGAIN],
  UNKNOWN_TOPIC_ID: ['NOT_FOUND', 'Topics.List tells ids; a topic made again has another one.'],
  DUPLICATE_BROKER_REGISTRATION: ['ALREADY_EXISTS', 'Give each node a node.id of its own.'],
  BROKER_ID_NOT_REGISTERED: ['NOT_FOUND', 'Cluster.Describe tells the brokers.'],
  INCONSISTENT_TOPIC_ID: ['ABORTED', AGAIN],
  INCONSISTENT_CLUSTER_ID: ['FAILED_PRECONDITION', 'Check the address: this is another cluster.'],
  TRANSACTIONAL_ID_NOT_FOUND: ['NOT_FOUND', TRANSACTIONS],
  FETCH_SESSION_TOPIC_ID_ERROR: ['FAILED_PRECONDITION', CLIENT],
  INELIGIBLE_REPLICA: ['FAILED_PRECONDITION', AGAIN],
  NEW_LEADER_ELECTED: ['ABORTED', AGAIN],
  FENCED_MEMBER_EPOCH: ['FAILED_PRECONDITION', REJOIN],
  UNRELEASED_INSTANCE_ID: ['FAILED_PRECONDITION', AGAIN],
  UNSUPPORTED_ASSIGNOR: ['INVALID_ARGUMENT', VALUE],
  STALE_MEMBER_EPOCH: ['FAILED_PRECONDITION', REJOIN],
  MISMATCHED_ENDPOINT_TYPE: ['INVALID_ARGUMENT', 'Ask a broker, not a controller.'],
  UNSUPPORTED_ENDPOINT_TYPE: ['INVALID_ARGUMENT', VALUE],
  INVALID_REGISTRATION: ['FAILED_PRECONDITION', 'See the log of the node that registers.'],
  TRANSACTION_ABORTABLE: ['ABORTED', TRANSACTIONS],
  INVALID_VOTER_KEY: ['FAILED_PRECONDITION', 'Quorum.Describe tells which disk votes.'],
  DUPLICATE_VOTER: ['ALREADY_EXISTS', 'Quorum.Describe tells who votes.'],
  VOTER_NOT_FOUND: ['NOT_FOUND', 'Quorum.Describe tells who votes.'],
  INVALID_REGULAR_EXPRESSION: ['INVALID_ARGUMENT', VALUE],
}

/** Errors of other folders that are no names of Kafka's. */
const OURS: Readonly<Record<string, readonly [StatusName, string]>> = {
  DISK_FULL: KAFKA.KAFKA_STORAGE_ERROR,
  TOO_MANY_FILES: ['RESOURCE_EXHAUSTED', "Raise the process's limit of open files (ulimit -n)."],
  OVERLOADED: ['RESOURCE_EXHAUSTED', AGAIN],
  PLAN_OUTDATED: ['FAILED_PRECONDITION', 'Make the plan anew (Plans.Make).'],
  UNAVAILABLE_WITHOUT_IT: [
    'FAILED_PRECONDITION',
    'Bring what is missing back first, or set `force` where that is meant.',
  ],
  UNREACHABLE: ['UNAVAILABLE', AGAIN],
  FAULTS_DISABLED: [
    'UNIMPLEMENTED',
    'Start the broker with --enable-faults (fault.switches.enable=true).',
  ],
}

const ALL = new Map([...Object.entries(KAFKA), ...Object.entries(OURS)])

/** By an error's code; null for what no caller should meet. */
export function explained(code: string): Explained | null {
  const found = ALL.get(code)
  return found === undefined ? null : { status: found[0], hint: found[1] }
}
