/**
 * How followers fetch, and how long they may lag: a part of the table of node options in
 * `node-options.ts`. Pure: holds values only.
 */
import { voter } from './addresses.ts'
import { int, list, long, option } from './option.ts'

export const replicationOptions = {
  'replica.lag.time.max.ms': option({
    type: long({ min: 1 }),
    default: 30_000,
    unit: 'ms',
    doc: 'A follower that was not caught up for so long leaves the ISR.',
    update: 'read-only',
  }),
  'inter.broker.address.overrides': option({
    type: list(voter, { mayBeEmpty: true }),
    default: [],
    doc: 'Where this broker dials other brokers to follow them, as id@host:port, whatever they advertise: for tunnels, address translation and proxies that inject faults.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'replica.fetch.wait.max.ms': option({
    type: int({ min: 1 }),
    default: 500,
    unit: 'ms',
    doc: 'How long a fetch of a follower waits for records at most; less than replica.lag.time.max.ms.',
    update: 'read-only',
  }),
  'replica.fetch.max.bytes': option({
    type: int({ min: 1 }),
    default: 1_048_576,
    unit: 'bytes',
    doc: 'What a follower fetches of one partition at a time; one batch always, however large.',
    update: 'read-only',
  }),
  'replica.fetch.response.max.bytes': option({
    type: int({ min: 1 }),
    default: 10_485_760,
    unit: 'bytes',
    doc: 'What a follower fetches of all partitions of one leader at a time; one batch always.',
    update: 'read-only',
  }),
  'leader.replication.throttled.rate': option({
    type: long({ min: 0 }),
    default: Infinity,
    unit: 'bytes',
    doc: 'What this broker sends a second, as a leader, of all throttled partitions to replicas that catch up (leader.replication.throttled.replicas of their topics).',
    update: 'cluster-wide',
  }),
  'follower.replication.throttled.rate': option({
    type: long({ min: 0 }),
    default: Infinity,
    unit: 'bytes',
    doc: 'What this broker takes a second, as a follower that catches up, of all throttled partitions (follower.replication.throttled.replicas of their topics).',
    update: 'cluster-wide',
  }),
}
