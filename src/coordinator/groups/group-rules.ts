/** The bounds of groups: those that are configured, and those that are not. */
import type { NodeConfig } from '../../config/node-options.ts'

export interface GroupRules {
  readonly sessionTimeoutMsMin: number
  readonly sessionTimeoutMsMax: number
  readonly initialRebalanceDelayMs: number
  /** Members of one group. */
  readonly membersMax: number
  /** Characters that a client may write beside an offset. */
  readonly offsetMetadataMax: number
  /** How long the offsets of a group are kept that nobody uses. */
  readonly offsetsRetentionMs: number
}

/** A member that waits to be let in for the first time sends no heartbeats. Kafka's own figure. */
export const NEW_MEMBER_TIMEOUT_MS = 300_000

/**
 * Ids of one group that were given away and not used yet. Beyond that the ids that run out first
 * are forgotten; who had one is told that it is unknown, and asks again.
 */
export const PENDING_MEMBERS_MAX = 10_000

/**
 * Groups of one partition that so far only a JoinGroup has named: nothing of them is stored. Beyond
 * that, whoever names another one is told to try later.
 */
export const UNSTORED_GROUPS_MAX = 10_000

/** What all members of a group say about themselves, together; who goes beyond is refused. */
export const METADATA_BYTES_MAX = 64 * 1024 * 1024

/**
 * What one OffsetCommit may come to. In Kafka its records have to fit into one batch, which is as
 * large as this unless the topic is told otherwise.
 */
export const COMMIT_BYTES_MAX = 1024 * 1024

/** Of a client id, so much goes into the ids of its members. An id has 32,767 bytes at most. */
export const ID_PREFIX_CHARACTERS_MAX = 1_024

/** The bounds that a node's configuration says. */
export function groupRulesOf(config: NodeConfig): GroupRules {
  return {
    sessionTimeoutMsMin: config['group.min.session.timeout.ms'],
    sessionTimeoutMsMax: config['group.max.session.timeout.ms'],
    initialRebalanceDelayMs: config['group.initial.rebalance.delay.ms'],
    membersMax: config['group.max.size'],
    offsetMetadataMax: config['offset.metadata.max.bytes'],
    offsetsRetentionMs: config['offsets.retention.minutes'] * 60_000,
  }
}
