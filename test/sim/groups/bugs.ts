/**
 * Bugs to plant in what coordinates: runtimes and shards of groups, the views of committed offsets,
 * the log cleaner. As in `../bugs.ts`, each is text that occurs once and what takes its place, and
 * the simulator of groups must find every one; where two places protect from the same harm, both
 * are broken.
 */
import type { Bug } from '../bugs.ts'
import { bug } from '../bugs.ts'

/** They need more to come together than seeds have brought about so far: aim is to be taken. */
const NOT_WITHIN = 'not in the few seeds that were tried'
const notYet = (planted: Bug): Bug => ({ ...planted, notFoundYet: NOT_WITHIN })

const RUNTIME: readonly Bug[] = [
  bug(
    'a commit is answered when it is appended, before it is committed',
    'coordinator/runtime/shard-runtime.ts',
    '    this.#held.release((requiredOffset) => this.#isCommitted(requiredOffset))\n',
    '    this.#held.release(() => true)\n',
  ),
  bug(
    'S15: a coordinator serves before its view is folded up to its epoch',
    'coordinator/runtime/shard-runtime.ts',
    '      const isFolded = partition.log.highWatermark >= start && view.appliedOffset >= start\n',
    '      const isFolded = view.appliedOffset >= 0 || start < 0\n',
  ),
  bug(
    'offsets that are not committed yet are told to who asks for all of them',
    'coordinator/runtime/stored-offsets.ts',
    '    return { looked: runtime.look((shard) => shard.pendingOffsets(groupId, stored)) }\n',
    '    const seen = runtime.shard.pendingOffsets(groupId, stored)\n' +
      '    return { looked: runtime.settled().then((fault) => ({ fault, seen })) }\n',
  ),
  {
    name: 'a coordinator that was replaced answers when the next one commits',
    edits: [
      {
        file: 'coordinator/runtime/shard-runtime.ts',
        find: "    if (this.#state !== 'ended' && this.#ports.partition.leading?.leaderEpoch !== this.leaderEpoch)\n",
        replace:
          '    const { leaderEpoch } = this.#ports.partition.leading ?? this\n' +
          "    if (this.#state !== 'ended' && leaderEpoch !== this.leaderEpoch)\n",
      },
      {
        file: 'coordinator/runtime/shard-runtime.ts',
        find: '    if (outcome === errors.NONE) return true\n',
        replace: '    if (partition.log.highWatermark >= requiredOffset) return true\n',
      },
      {
        file: 'coordinator/runtime/hosted-partition.ts',
        find: '    if (this.runtime?.leaderEpoch === leaderEpoch) return\n',
        replace:
          '    if (leaderEpoch === undefined || this.runtime?.leaderEpoch === leaderEpoch) return\n',
      },
    ],
  },
  bug(
    'S22: a coordinator that slept tells what was committed then',
    'coordinator/runtime/shard-runtime.ts',
    '    return fault === errors.NONE && !this.#ports.holdsLease() ? errors.NOT_COORDINATOR : fault\n',
    '    return fault\n',
  ),
  bug(
    'what was decided stays when the log refuses it',
    'coordinator/groups/group-shard.ts',
    '    this.#offsets.refused()\n    for (const [groupId, group] of this.#before)\n      this.#keep(groupId, group && this.#retry(group, nowMs))\n',
    '',
  ),
]

const GROUPS: readonly Bug[] = [
  bug(
    'a commit of another generation is taken',
    'coordinator/groups/group.ts',
    '  if (generation !== group.generation) return errors.ILLEGAL_GENERATION\n',
    '',
  ),
  bug(
    'the commit of a static member that was replaced is taken',
    'coordinator/groups/classic-group.ts',
    '    if (holder !== memberId) return errors.FENCED_INSTANCE_ID\n',
    '    if (holder !== memberId) return errors.NONE\n',
  ),
  bug(
    'a commit is taken while nothing is assigned yet',
    'coordinator/groups/group.ts',
    "  return group.state === 'CompletingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE\n",
    '  return errors.NONE\n',
  ),
  bug(
    'a new generation has the number of the last one',
    'coordinator/groups/classic-rebalance.ts',
    '    generation: group.generation + 1,\n',
    '    generation: Math.max(1, group.generation),\n',
  ),
  bug(
    'members are told of a generation that is not stored',
    'coordinator/groups/classic-rebalance.ts',
    '  turn.store()\n  for (const { memberId, join } of joined)\n',
    '  for (const { memberId, join } of joined)\n',
  ),
  bug(
    'a member of an earlier generation is given what the present one assigns',
    'coordinator/groups/classic-sync.ts',
    '  if (body.generationId !== group.generation) return errors.ILLEGAL_GENERATION\n',
    '',
  ),
  bug(
    'a static member that was replaced stays beside its successor',
    'coordinator/groups/classic-join.ts',
    '  turn.group = withoutMember(group, replaced.memberId)\n  turn.setMember(',
    '  turn.setMember(',
  ),
  bug(
    'the leader hears what members said when they first came',
    'coordinator/groups/classic-join.ts',
    '      before !== null && sameProtocols(before.protocols, protocols) ? before.protocols : protocols,\n',
    '      before !== null ? before.protocols : protocols,\n',
  ),
  bug(
    'whoever falls silent stays',
    'coordinator/groups/classic-timers.ts',
    '    if (member.deadlineMs <= turn.nowMs) removeMember(turn, member)\n',
    '    if (member.deadlineMs + 60_000 <= turn.nowMs) removeMember(turn, member)\n',
  ),
  bug(
    'whoever takes over gives no member a deadline',
    'coordinator/groups/classic-group.ts',
    '    fresh = withMember(fresh, { ...member, deadlineMs: nowMs + member.sessionTimeoutMs })\n',
    '    fresh = withMember(fresh, member)\n',
  ),
  bug(
    'offsets of a topic that a group reads grow old',
    'coordinator/groups/group.ts',
    "    ? { counts: 'from-commit', unlessSubscribed: true }\n",
    "    ? { counts: 'from-commit', unlessSubscribed: false }\n",
  ),
  bug(
    'offsets grow old from their commit on, whenever the last member left',
    'coordinator/groups/offset-removal.ts',
    "      age.counts === 'from-commit-and' ? Math.max(age.sinceMs, commitTimeMs) : commitTimeMs\n",
    '      commitTimeMs\n',
  ),
  notYet(
    bug(
      'the sweep does not know what is committed and not in the view yet',
      'coordinator/groups/group-shard.ts',
      '    const all = this.#offsets.over(group.groupId, offsets)\n    const retentionMs',
      '    const all = offsets\n    const retentionMs',
    ),
  ),
]

const VIEWS: readonly Bug[] = [
  {
    name: 'a view holds what is not committed',
    edits: [
      {
        file: 'coordinator/view/partition-view.ts',
        find: '    const upToOffset = log.highWatermark\n',
        replace: '    const upToOffset = log.logEndOffset\n',
      },
    ],
  },
  bug(
    'how far a view is is written before what it holds',
    'coordinator/view/committed-views.ts',
    '    if (parts.some(({ length }) => length > 0)) await this.#writeParts(parts, { sync })\n',
    '    await this.#writeParts(parts.map((part) => part.slice(-1)), { sync })\n' +
      '    await this.#writeParts(parts.map((part) => part.slice(0, -1)), { sync })\n',
  ),
  bug(
    'the digest keeps what was replaced',
    'coordinator/view/changes.ts',
    '    if (old !== null) digest.removeHash(old)\n',
    '',
  ),
  bug(
    'what is taken back stays in the view',
    'coordinator/view/changes.ts',
    "    else if (old !== null) operations.push({ type: 'del', key: memory.key(key) })\n",
    '',
  ),
  {
    name: 'S17: an old copy of a view goes on over a compacted log',
    notFoundYet: NOT_WITHIN,
    edits: [
      {
        file: 'coordinator/view/resume.ts',
        find: "  if (appliedOffset < cleanedOffset) return 'the log was compacted beyond it'\n",
        replace: '',
      },
      {
        file: 'coordinator/view/partition-view.ts',
        find: '    this.#wholeBelow = position.appliedOffset > 0 ? log.logEndOffset : 0\n',
        replace: '    this.#wholeBelow = 0\n',
      },
    ],
  },
]

const CLEANING: readonly Bug[] = [
  bug(
    'a tombstone is dropped with what it takes back',
    'log/cleaner/batch-filter.ts',
    '  return record.hasValue || !(record.horizonPassed && offset < rules.cleanedBefore)\n',
    '  return record.hasValue\n',
  ),
  notYet(
    bug(
      'tombstones never age',
      'log/cleaner/batch-filter.ts',
      '  const horizonMs = rules.nowMs + rules.deleteRetentionMs\n',
      '  const horizonMs = rules.nowMs\n',
    ),
  ),
  bug(
    'keys whose hashes share their first bits are one key',
    'log/cleaner/key-hash.ts',
    '    this.#half(key, secret[2] as number, secret[3] as number, 2)\n',
    '    this.words.set([(this.words[0] as number) & 3, 0, 0, 0])\n',
  ),
  bug(
    'a cleaned segment takes the place of others before it is fsynced',
    'log/cleaner/cleaned-segment.ts',
    '        await syncing(() => file.sync())\n',
    '        if (!finished) await syncing(() => file.sync())\n',
  ),
  notYet(
    bug(
      'segments are gone before what replaces them is durable',
      'log/cleaner/log-cleaning.ts',
      '    segments.beginSwap(cleaned)\n    await this.#syncDirectory()\n',
      '    segments.beginSwap(cleaned)\n',
    ),
  ),
  notYet(
    bug(
      'the last batch of a segment is not kept when it is empty',
      'log/cleaner/cleaning-pass.ts',
      '        batch.nextOffset === groupEnd ||\n',
      '',
    ),
  ),
  notYet(
    bug(
      'the last batch of a producer is not kept',
      'log/cleaner/cleaning-pass.ts',
      '        (batch.isIdempotent && lastBatches.get(batch.producerId) === batch.lastOffset),\n',
      '        (batch.isIdempotent && lastBatches.size < 0),\n',
    ),
  ),
]

export const GROUPS_BUGS: readonly Bug[] = [...RUNTIME, ...GROUPS, ...VIEWS, ...CLEANING]
