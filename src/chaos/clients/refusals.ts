/**
 * Which errors of a broker mean "refused for certain": it would have said the same whenever it was
 * asked, so that no attempt before can have been taken. Everything else that a client reports of a
 * record leaves open whether an attempt of which it heard nothing was appended. Pure.
 */
const CERTAIN = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_REQUIRED_ACKS',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
])

/** `name`: Kafka's, of the error; null when a client has none of a broker's. */
export const outcomeOf = (name: string | null): 'fail' | 'unknown' =>
  name !== null && CERTAIN.has(name) ? 'fail' : 'unknown'
