/**
 * What Kafka's model allows, one line each with its reason. It is counted and told, never judged.
 * Not in the list, because nobody looks for it: other producers' records between two of one
 * producer.
 */
export const ALLOWED = {
  'duplicate-without-idempotence':
    'a producer without idempotence sends again what was not answered, and may so append it twice',
  'reordering-without-idempotence':
    'a producer without idempotence may send a later record before an earlier one is sent again',
  'poll-skip-after-rebalance':
    'a consumer that subscribes is given other partitions, and continues where its group committed',
  'nonmonotonic-poll-after-rebalance':
    'a consumer that subscribes is given other partitions, and continues where its group committed',
  'nonmonotonic-poll-uncommitted':
    'a client that could not commit may be given again what its group has not committed',
  'poll-skip-of-deleted': 'retention deleted what the consumer had not read yet',
  'deleted-by-retention': 'retention deletes records, acknowledged or not',
  'unknown-but-there': 'a record that was not answered may have been appended',
} as const
