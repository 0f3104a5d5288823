/**
 * What coordinators do about committed offsets by themselves: those that nobody has used for
 * `offsets.retention.minutes` go, and those of topics that are deleted. One group at a time; a
 * shard that ends meanwhile leaves the rest to whoever leads next.
 */
import { errors } from '../../wire/errors.ts'
import type { GroupRequest, StoredOffset } from '../groups/requests.ts'
import type { GroupRuntime } from './hosted-partition.ts'
import { storedOffsets } from './stored-offsets.ts'

/** What is to be asked about the offsets of a group, if anything. */
type Decide = (groupId: string, offsets: readonly StoredOffset[]) => readonly GroupRequest[]

/** `isTopic` says whether there is such a topic: some may have gone while nobody coordinated. */
export async function expireOffsets(
  runtimes: Iterable<GroupRuntime>,
  isTopic: (name: string) => boolean,
): Promise<void> {
  for (const runtime of runtimes)
    await sweep(runtime, (groupId, offsets) => [
      ...forgetting({ groupId, offsets, deletedAtMs: runtime.nowMs() }, (name) => !isTopic(name)),
      { api: 'ExpireOffsets', groupId, offsets },
    ])
}

/**
 * Those that serve now forget what is committed by now; what their logs do not take is tried again
 * after a pause, or the offsets would be those of the next topic of that name. One that loads does
 * not: what it is about to find may have been committed since, elsewhere.
 */
export async function forgetTopics(
  runtimes: Iterable<GroupRuntime>,
  topics: ReadonlySet<string>,
  pause: () => Promise<unknown>,
): Promise<void> {
  let left = Array.from(runtimes, (runtime) => ({ runtime, deletedAtMs: runtime.nowMs() }))
  left = left.filter(({ runtime }) => runtime.isServing)
  for (;;) {
    const undone: typeof left = []
    for (const one of left) {
      const isDone = await sweep(one.runtime, (groupId, offsets) =>
        forgetting({ groupId, offsets, deletedAtMs: one.deletedAtMs }, (name) => topics.has(name)),
      )
      if (!isDone) undone.push(one)
    }
    if (undone.length === 0) return
    await pause()
    left = undone.filter(({ runtime }) => runtime.isServing)
  }
}

function forgetting(
  of: {
    readonly groupId: string
    readonly offsets: readonly StoredOffset[]
    readonly deletedAtMs: number
  },
  isGone: (topic: string) => boolean,
): readonly GroupRequest[] {
  const topics = new Set(of.offsets.map(({ topic }) => topic).filter(isGone))
  return topics.size === 0 ? [] : [{ api: 'ForgetTopics', ...of, topics }]
}

/** Whether all of it was done. */
async function sweep(runtime: GroupRuntime, decide: Decide): Promise<boolean> {
  if (runtime.fault !== errors.NONE) return false
  let isDone = true
  for (const groupId of runtime.shard.groupIds()) {
    if (runtime.fault !== errors.NONE) return false
    const answers = await runtime.read(async (view) => {
      const stored = await storedOffsets(view, groupId)
      // Also what was committed and is not in the view yet.
      const requests = decide(groupId, runtime.shard.pendingOffsets(groupId, stored))
      return requests.map((request) => runtime.ask(request))
    })
    for (const answer of await Promise.all(answers))
      isDone &&= 'errorCode' in answer && answer.errorCode === errors.NONE
  }
  return isDone
}
