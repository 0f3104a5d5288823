/**
 * The store: how far each view has come and, when asked, what is committed in it. A copy is read,
 * because LevelDB changes what it opens; it is checked the way a node does at its start.
 */
import { asError } from '../base/errors.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import type { GroupRecord } from '../coordinator/groups/records.ts'
import { decodeRecord } from '../coordinator/groups/records.ts'
import { whyUnsound } from '../coordinator/view/check-store.ts'
import type { StoreEntry, ViewStore } from '../coordinator/view/ports.ts'
import { ALL_KEYS, decodePosition, parseKey } from '../coordinator/view/view-format.ts'
import { openStoreCopy } from '../host/level-store.ts'
import type { DumpLine, DumpOptions, Finding } from './dump-line.ts'
import { problem, quoted } from './dump-line.ts'
import { printTime } from './format.ts'

export const STORE_DIRECTORY = 'store'

const ENTRIES_AT_ONCE = 1_000
const LOOKS_MAX = 3

export async function* dumpStore(
  path: string,
  { records }: Pick<DumpOptions, 'records'>,
): AsyncGenerator<DumpLine> {
  for (let look = 1; ; look += 1) {
    const copy = await copyOf(path)
    try {
      // A live node may have changed it while it was copied.
      if (copy.why !== null && look < LOOKS_MAX) continue
      if (copy.why !== null) yield problem(copy.why)
      if (copy.store !== null) yield* linesOf(copy.store, records)
      return
    } catch (thrown) {
      yield problem(`it cannot be read: ${asError(thrown).message}`)
      return
    } finally {
      await copy.close()
    }
  }
}

/** `why`: what is wrong with it. */
async function copyOf(path: string) {
  try {
    const { store, close } = await openStoreCopy(path)
    const why = await whyUnsound(store).catch((thrown: unknown) => asError(thrown).message)
    return { store, close, why }
  } catch (thrown) {
    const why = `it cannot be opened: ${asError(thrown).message}`
    return { store: null, close: () => Promise.resolve(), why }
  }
}

async function* linesOf(store: ViewStore, records: boolean): AsyncGenerator<DumpLine> {
  const iterator = store.iterator(ALL_KEYS)
  try {
    let count = 0
    for (;;) {
      const entries = await iterator.nextv(ENTRIES_AT_ONCE)
      if (entries.length === 0) break
      for (const entry of entries) {
        const line = lineOf(entry, records)
        if (line !== null) yield line
      }
      count += entries.length
    }
    if (count === 0) yield { type: 'entries', fields: { count }, text: 'nothing' }
  } finally {
    await iterator.close()
  }
}

/** Null for what was not asked for. */
function lineOf([key, value]: StoreEntry, records: boolean): DumpLine | null {
  const parsed = parseKey(key)
  if (parsed === null) return problem(`a key that is none of ours: ${quoted(key)}`)
  const { topicId, partition } = parsed.name
  if (parsed.type === 'entry')
    return records ? entryLine(parsed.name, { key: parsed.recordKey, value }) : null
  const position = decodePosition(key, value)
  if (position === null) return problem(`the position of ${topicId} ${partition} is damaged`)
  const { appliedOffset, leaderEpoch } = position
  return {
    type: 'view',
    fields: { topicId, partition, appliedOffset, leaderEpoch },
    text: `view of topic id ${topicId}, partition ${partition}: applied ${appliedOffset}  epoch ${leaderEpoch}`,
  }
}

function entryLine(
  { topicId, partition: of }: { readonly topicId: string; readonly partition: number },
  record: { readonly key: Uint8Array; readonly value: Uint8Array },
): DumpLine {
  const { type, fields, text } = described(record)
  return { type, fields: { topicId, viewPartition: of, ...fields }, text }
}

function described(record: { readonly key: Uint8Array; readonly value: Uint8Array }): Finding {
  const decoded = decodedOrNull(record)
  if (decoded?.type === 'offset' && decoded.committed) {
    const { groupId, topic, partition } = decoded
    const { offset, leaderEpoch, metadata, commitTimeMs } = decoded.committed
    return {
      type: 'committed-offset',
      fields: { groupId, topic, partition, offset, leaderEpoch, metadata, commitTimeMs },
      text: `group ${JSON.stringify(groupId)}  ${topic}-${partition}  offset ${offset}  ${printTime(commitTimeMs)}`,
    }
  }
  if (decoded?.type === 'group' && decoded.group) {
    const { groupId } = decoded
    const { protocolType, protocolName, generation, leaderId, members } = decoded.group
    const memberIds = members.map(({ memberId }) => memberId)
    return {
      type: 'group',
      fields: { groupId, protocolType, protocolName, generation, leaderId, memberIds },
      text: `group ${JSON.stringify(groupId)}  generation ${generation}  members ${members.length}`,
    }
  }
  const [key, value] = [quoted(record.key), quoted(record.value)]
  return { type: 'entry', fields: { key, value }, text: `key ${key}  value ${value}` }
}

function decodedOrNull(record: {
  readonly key: Uint8Array
  readonly value: Uint8Array
}): GroupRecord | null {
  try {
    return decodeRecord(record)
  } catch (thrown) {
    if (thrown instanceof MalformedBytes) return null
    throw thrown
  }
}
