/**
 * Bugs to plant in what replicates: the controller's decisions, leaders and followers, the log
 * under them. As in `../bugs.ts`, each is text that occurs once and what takes its place, and the
 * cluster simulator must find every one; where two places protect from the same harm, both are
 * broken. Left out is what harms nobody here: a cut that leaves the epochs behind it in the cache
 * (the next leader's epoch takes their place).
 */
import type { Bug } from '../bugs.ts'
import { bug } from '../bugs.ts'

/** A follower that is about to come in is waited for anyhow, which would hide the bug. */
const NOBODY_IS_AWAITED = {
  file: 'replication/leader-state.ts',
  find: '      if (!members.includes(nodeId) && !isJoining) continue\n',
  replace: '      if (!members.includes(nodeId)) continue\n',
}

const alsoAwaitingNobody = ({ name, edits }: Bug): Bug => {
  return { name, edits: [...edits, NOBODY_IS_AWAITED] }
}

const LEADING: readonly Bug[] = [
  bug(
    'acks=all is answered before the high watermark is there',
    'replication/acks-all.ts',
    "  return state.highWatermark < appended.requiredOffset ? 'wait' : errors.NONE",
    '  return errors.NONE',
  ),
  bug(
    'after the wait nobody asks whether this is still the leader of that epoch',
    'replication/acks-all.ts',
    '  if (state.leaderEpoch !== appended.leaderEpoch) return errors.NOT_LEADER_OR_FOLLOWER\n',
    '',
  ),
  bug(
    'the isr is shrunk locally, before that is committed',
    'replication/leader-state.ts',
    '    const members = this.maximalIsr\n',
    '    const members = this.#pending?.isr ?? this.isr\n',
  ),
  alsoAwaitingNobody(
    bug(
      'the high watermark waits for members of the committed isr alone',
      'replication/leader-state.ts',
      '    const members = this.maximalIsr\n',
      '    const members = this.isr\n',
    ),
  ),
  alsoAwaitingNobody(
    bug(
      'a wish is taken back when nobody knows what became of it',
      'replication/isr-changes.ts',
      '      undecided = asked\n',
      '      for (const { partition, pending } of asked) partition.leading?.withdraw(pending)\n      undecided = []\n',
    ),
  ),
  alsoAwaitingNobody(
    bug(
      'S13: the answer to a wish counts, not the metadata behind it',
      'replication/isr-changes.ts',
      '    const isAsWished = errorCode === errors.NONE && partitionEpoch === pending.partitionEpoch\n',
      '    const isAsWished = errorCode === errors.NONE || partitionEpoch === pending.partitionEpoch\n',
    ),
  ),
  bug(
    'a follower comes in below the start of the epoch',
    'replication/leader-state.ts',
    'held >= highWatermark && held >= this.epochStartOffset',
    'held >= highWatermark',
  ),
  bug(
    'a member that was not heard of in this epoch is not waited for',
    'replication/leader-state.ts',
    '      else if (members.includes(nodeId)) return current\n',
    '',
  ),
  bug(
    'the high watermark rises below min isr',
    'replication/leader-state.ts',
    '    if (this.isr.length < rules.minIsr) return current\n',
    '',
  ),
  bug(
    'a fetch from a log that has parted counts',
    'replication/partition.ts',
    '    const diverging = divergenceOf(log, request)\n',
    '    if (follower) this.#noteFollower({ ...follower, fetchOffset })\n    const diverging = divergenceOf(log, request)\n',
  ),
  bug(
    'consumers are given what is not committed',
    'replication/partition.ts',
    "    return isolation === 'read-committed' ? this.log.lastStableOffset : this.log.highWatermark\n",
    '    return this.log.logEndOffset\n',
  ),
  bug(
    'a new leader tells the end before it knows it',
    'replication/partition.ts',
    'return this.#leading !== null && this.log.highWatermark < this.#leading.epochStartOffset',
    'return false as boolean',
  ),
  bug(
    'S19: a leader counts its own records before they are fsynced',
    'replication/partition.ts',
    'const own = rules.countsFlushed ? log.flushedOffset : log.logEndOffset',
    'const own = log.logEndOffset',
  ),
  bug(
    'S19: a follower counts before its fsync',
    'replication/leader-state.ts',
    '  return Math.min(logEndOffset, flushedOffset)\n',
    '  return logEndOffset\n',
  ),
]

const FOLLOWING: readonly Bug[] = [
  bug(
    'whoever begins to follow cuts at its high watermark',
    'replication/partition.ts',
    '    else this.#leading = null\n    this.#wake()\n  }\n\n  #lead(',
    '    else {\n      this.#leading = null\n      if (isNewEpoch) this.log.truncateTo(this.log.highWatermark)\n    }\n    this.#wake()\n  }\n\n  #lead(',
  ),
  bug(
    'whoever has parted cuts at its high watermark',
    'replication/partition.ts',
    '    this.log.truncateTo(Math.min(parted, this.log.logEndOffset))\n',
    '    this.log.truncateTo(Math.min(parted, this.log.highWatermark))\n',
  ),
  bug(
    'a follower asks without the epoch of its last record',
    'replication/fetcher.ts',
    '      lastFetchedEpoch: log.latestEpoch,\n',
    '      lastFetchedEpoch: -1,\n',
  ),
  bug(
    'the producer state of a follower is empty',
    'log/log.ts',
    '      if (batch.isIdempotent) this.#producers.update(batch, nowMs)\n',
    '      if (batch.isIdempotent && batch.partitionLeaderEpoch % 2 === 0)\n        this.#producers.update(batch, nowMs)\n',
  ),
  bug(
    'S7: a cut leaves the producer state as it was',
    'log/log.ts',
    '      this.#endAt(endOffset)\n      this.#rollBackProducers(endOffset)\n',
    '      this.#endAt(endOffset)\n',
  ),
  bug(
    'S7: a cut leaves the tail cache as it was',
    'log/log.ts',
    '      this.#tail.truncateTo(endOffset)\n',
    '',
  ),
  bug(
    'S7: a cut is not durable before the next append',
    'log/log-segments.ts',
    '    syncingNow(() => file.syncNow())\n',
    '    void file\n',
  ),
  bug(
    'S18: a write that found no space for all of it counts as whole',
    'log/segment.ts',
    '      if (written === totalBytes) return\n',
    '      if (written > 0) return\n',
  ),
  bug(
    'S18: a failed fsync does not stop the node',
    'log/log.ts',
    "    this.#options.logger.fatal({ directory: this.directory, err: error }, 'fsync failed')\n    this.#options.onFatal?.(error)\n",
    "    this.#options.logger.fatal({ directory: this.directory, err: error }, 'fsync failed')\n",
  ),
]

const CONTROLLING: readonly Bug[] = [
  {
    name: 'a fetch of an earlier process lets the present one in',
    edits: [
      {
        file: 'controller/alter-partition.ts',
        find: '    if (!isSilent && brokerEpoch !== broker?.brokerEpoch)\n',
        replace: '    if (!isSilent && brokerEpoch < -1)\n',
      },
      {
        file: 'replication/leader-state.ts',
        find: '    return this.#followers.get(nodeId)?.brokerEpoch === known.brokerEpoch\n',
        replace: '    return this.#followers.has(nodeId)\n',
      },
    ],
  },
  bug(
    'a wish of an older partition epoch is granted',
    'controller/alter-partition.ts',
    '  if (partitionEpoch < was.partitionEpoch)\n',
    '  if (partitionEpoch < 0)\n',
  ),
  bug(
    'a broker that does not serve is let into the isr',
    'controller/alter-partition.ts',
    "    if (!isActive(broker)) return fault('INELIGIBLE_REPLICA',",
    "    if (broker === undefined) return fault('INELIGIBLE_REPLICA',",
  ),
  bug(
    'the eligible leaders are forgotten',
    'controller/partition-change-builder.ts',
    '  const elr = isr.length >= minIsr || elected.isUnclean ? [] : without(wantedElr, isr)\n',
    '  const elr: readonly NodeId[] = []\n',
  ),
  bug(
    'the eligible leaders stay eligible when the high watermark moves on',
    'controller/partition-change-builder.ts',
    '  const elr = isr.length >= minIsr || elected.isUnclean ? [] : without(wantedElr, isr)\n',
    '  const elr = without([...new Set([...was.elr, ...wantedElr])], isr)\n',
  ),
  bug(
    'anybody in service is elected',
    'controller/partition-change-builder.ts',
    '  const clean = replicas.find(mayLead)\n',
    '  const clean = replicas.find(isActive)\n',
  ),
  bug(
    'S3: a process that is registered leads what the one before it led',
    'controller/cluster-control.ts',
    '      ...(was === undefined ? firstDisk(image, request) : endOf(image, was, request)),\n',
    '      ...(was === undefined ? firstDisk(image, request) : []),\n',
  ),
  bug(
    'S11: a power cut counts as a kill',
    'node/last-life.ts',
    "    restart: isSameBoot ? 'killed' : 'unclean',\n",
    "    restart: 'killed',\n",
  ),
  bug(
    'S11: whoever lost its disk stays eligible',
    'controller/cluster-control.ts',
    "  const losesData = !sameDirectory || restart === 'unclean' || !sameEpoch\n",
    "  const losesData = restart === 'unclean' && sameEpoch\n",
  ),
  bug(
    'S12: the min isr of the own file counts',
    'replication/topic-config.ts',
    '  return resolveTopicConfig(live, topicOverrides(image.configs, topic))\n',
    "  const own = { ...live, 'min.insync.replicas': nodeConfig['min.insync.replicas'] }\n  return resolveTopicConfig(own, topicOverrides(image.configs, topic))\n",
  ),
  {
    // It does not ask to be let in before.
    name: 'a broker is in service before it knows that it is registered',
    edits: [
      {
        file: 'controller/broker-liveness.ts',
        find: '  return metadataOffset >= brokerEpoch\n',
        replace: '  return metadataOffset >= -1\n',
      },
      {
        file: 'node/metadata.ts',
        find: '  await loader.published(metadataOffset)\n  return brokerEpoch\n',
        replace: '  void loader.published(metadataOffset)\n  return brokerEpoch\n',
      },
    ],
  },
  {
    name: 'C20: a broker that is gone stays in service',
    edits: [
      {
        file: 'controller/broker-liveness.ts',
        find: '    for (const broker of sessions.stale(nowMs)) this.#fenceStale(active, broker)\n',
        replace: '',
      },
      {
        file: 'controller/broker-liveness.ts',
        find: '    for (const broker of active.sessions.gone())\n',
        replace: '    for (const broker of active.sessions.gone().slice(0, 0))\n',
      },
    ],
  },
  bug(
    'B10: a reassignment ends before all are in sync who shall stay',
    'controller/reassignment.ts',
    '  const areInSync = replicas.length > 0 && replicas.every((id) => isr.includes(id))\n',
    '  const areInSync = replicas.length > 0 && replicas.some((id) => isr.includes(id))\n',
  ),
  bug(
    'B13: a snapshot of metadata leaves out what is set for a topic',
    'metadata/snapshot.ts',
    "  yield* configRecords(image, { type: 'topic', name })\n",
    '',
  ),
  bug(
    'a broker that is fenced stays in the isr',
    'controller/cluster-control.ts',
    "      ...departureRecords(image, { nodeId, ...UNHARMED }),\n      { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: true },\n",
    "      { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: true },\n",
  ),
  bug(
    'S22: a leader that slept still acknowledges',
    'replication/partition.ts',
    '    return needsOthers || this.#ports.holdsLease()\n',
    '    return true\n',
  ),
]

const SERVING: readonly Bug[] = [
  {
    name: 'S21: a produce that takes longer is overtaken by the next one',
    edits: [
      {
        file: 'server/handlers/00-produce.ts',
        find: '  (request, { replicas, clock }, { apiVersion, producerGaps }) => {\n',
        replace:
          '  async (request, { replicas, clock }, { apiVersion, producerGaps }) => {\n' +
          '    if ((request.topicData[0]?.partitionData[0]?.records?.length ?? 0) % 3 === 0)\n' +
          '      await new Promise<void>((go) => clock.timer(1, () => go()))\n',
      },
      { file: 'server/connection.ts', find: '      this.#busy = true\n', replace: '' },
    ],
  },
]

export const CLUSTER_BUGS: readonly Bug[] = [...LEADING, ...FOLLOWING, ...CONTROLLING, ...SERVING]
