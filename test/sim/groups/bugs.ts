/**
 * Bugs to plant in what coordinates: runtimes and shards of groups, the views of committed offsets,
 * the log cleaner. As in `../bugs.ts`, each is text that occurs once and what takes its place, and
 * the simulator of groups must find every one; where two places protect from the same harm, both
 * are broken.
 */
import type { Bug } from '../bugs.ts'
import { bug } from '../bugs.ts'

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
]

export const GROUPS_BUGS: readonly Bug[] = [...RUNTIME, ...GROUPS]
