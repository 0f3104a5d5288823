/**
 * The bit sets of operations that Metadata, DescribeCluster and DescribeGroups report on request
 * (KIP-430). There are no ACLs, so everything that a resource supports is allowed. Bits are Kafka's
 * AclOperation codes.
 */
const OPERATION = {
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  CLUSTER_ACTION: 9,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
} as const

const bits = (...operations: (keyof typeof OPERATION)[]): number =>
  operations.reduce((sum, operation) => sum | (1 << OPERATION[operation]), 0)

/** What is answered when nobody asked. */
export const NOT_REQUESTED = -2147483648

export const TOPIC_OPERATIONS = bits(
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
)

export const GROUP_OPERATIONS = bits('READ', 'DELETE', 'DESCRIBE')

export const CLUSTER_OPERATIONS = bits(
  'CREATE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
)
