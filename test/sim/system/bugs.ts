/**
 * Bugs to plant around the Raft core: in its driver, its storage, the log, the founding. As in
 * `../bugs.ts`, each is text that occurs once and what takes its place, and the system simulator
 * must find every one. Left out are changes that harm nobody here: a flushed offset taken at the
 * end of an fsync (the driver appends nothing while one runs), a vote kept when the log knows a
 * later term (hard state first: it never does). And one that takes two snapshots within one slow
 * write to harm: test/unit/quorum/snapshot-receiver.test.ts has it.
 */
import type { Bug } from '../bugs.ts'
import { bug } from '../bugs.ts'

export const SYSTEM_BUGS: readonly Bug[] = [
  bug(
    'persisted is reported before the flush',
    'quorum/disk-writer.ts',
    "      await this.#storage.flush()\n      this.rounds.add(this.#clock.monotonicMs() - beganMs)\n      if (this.#state === 'open') this.#events.persisted(written)",
    '      this.#events.persisted(written)\n      await this.#storage.flush()\n      this.rounds.add(this.#clock.monotonicMs() - beganMs)',
  ),
  {
    name: 'the hard state is written after the entries',
    edits: [
      {
        file: 'quorum/storage.ts',
        find: '    if (hardState) this.#writeHardState(hardState)\n',
        replace: '',
      },
      {
        file: 'quorum/storage.ts',
        find: '    for (const entry of entries) this.#append(entry, commit)\n',
        replace:
          '    for (const entry of entries) this.#append(entry, commit)\n' +
          '    if (hardState) this.#writeHardState(hardState)\n',
      },
    ],
  },
  bug(
    'the hard state waits for the next batch',
    'quorum/storage.ts',
    '    if (hardState) this.#writeHardState(hardState)\n',
    '    const late = (this as { late?: HardState }).late\n    if (late) this.#writeHardState(late)\n    Object.assign(this, { late: hardState })\n',
  ),
  bug(
    'the hard state is written without an fsync',
    'base/disk.ts',
    '    file.syncNow()\n  } finally {',
    '  } finally {',
  ),
  bug(
    'the hard state takes its place without an fsync of the directory',
    'base/disk.ts',
    "  disk.rename(temporary, path)\n  disk.syncDirectory(path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\\\'))))",
    '  disk.rename(temporary, path)',
  ),
  bug(
    'a truncation leaves the durable watermark where it was',
    'quorum/storage.ts',
    '    if (this.#state.flushedOffset > offset) this.#writeState({ flushedOffset: offset })',
    '',
  ),
  bug(
    'a truncation leaves the flushed offset of the log where it was',
    'log/log.ts',
    '    this.#flushedOffset = this.#segments.isSynced ? offset : Math.min(this.#flushedOffset, offset)\n',
    '',
  ),
  bug(
    'a snapshot counts before the log begins at it',
    'quorum/storage.ts',
    '    this.#options.snapshots.adopt(id)\n    this.#lowerFlushedOffset(index)\n    this.#log.truncateFullyAndStartAt(index)\n',
    '    this.#lowerFlushedOffset(index)\n    this.#log.truncateFullyAndStartAt(index)\n    this.#options.snapshots.adopt(id)\n',
  ),
  bug(
    'a received snapshot is not checked',
    'quorum/snapshot-transfer.ts',
    '    while (parts.next().done !== true) await delay(clock, 0)\n',
    '    void parts, clock, delay\n',
  ),
  bug(
    'a received snapshot is not synced',
    'quorum/snapshot-transfer.ts',
    '    await file.sync()\n    gathered.isChecked = true',
    '    gathered.isChecked = true',
  ),
  bug(
    'a snapshot of its own is not synced',
    'quorum/snapshot-store.ts',
    '        await file.sync()\n',
    '',
  ),
  bug(
    'a snapshot is taken of another index than it says',
    'quorum/snapshot-taker.ts',
    'const id = { endOffset: image.metadataOffset + 1, epoch: image.controllerEpoch }',
    'const id = { endOffset: image.metadataOffset, epoch: image.controllerEpoch }',
  ),
  bug(
    'a snapshot holds the newest voters, not those of its index',
    'quorum/applier.ts',
    "if (payload.kind === 'configuration') this.#configuration = payload.configuration",
    '',
  ),
  bug(
    'the log is forgotten before a snapshot covers it',
    'quorum/storage.ts',
    '    this.#start = start\n    this.#log.advanceLogStart(start.index)',
    '    this.#start = start\n    for (const snapshot of this.#options.snapshots.list()) this.#options.snapshots.remove(snapshot)\n    this.#log.advanceLogStart(start.index)',
  ),
  bug(
    'what recovery finds in the page cache counts as durable',
    'quorum/quorum.ts',
    '      await opened.log.flush()\n',
    '',
  ),
  bug(
    'a commit hint behind the log end is believed',
    'quorum/storage.ts',
    'Math.max(this.#start.index, Math.min(this.#highestCommit, this.#log.logEndOffset))',
    'Math.max(this.#start.index, this.#highestCommit, this.#state.flushedOffset)',
  ),
  bug(
    'entries are delivered as soon as they are committed',
    'quorum/driver.ts',
    '    this.#applier.advance(applicable)',
    '    this.#applier.advance(Math.max(applicable, status.commit))',
  ),
  bug(
    'a restart delivers the log from its beginning, snapshot or not',
    'quorum/applier.ts',
    '    if (newest === null || newest.endOffset <= this.#index) return false',
    '    if (newest === null || newest.endOffset <= this.#index || this.#index === 0) return false',
  ),
  bug(
    'an answer comes before the entry is delivered',
    'quorum/outcomes.ts',
    "    if (index <= this.#applied) this.#settle(id, { type: 'done', index })",
    "    this.#settle(id, { type: 'done', index })",
  ),
  bug(
    'it leads before it has delivered what was before',
    'quorum/quorum.ts',
    "role === 'leader' && appliedTerm === term",
    "role === 'leader'",
  ),
  {
    name: 'a failed fsync does not stop the node',
    edits: [
      {
        file: 'quorum/disk-writer.ts',
        find: '      this.#events.failed(asError(thrown))',
        replace: '      void asError',
      },
      { file: 'node/metadata-log.ts', find: '      onFatal: fatal,\n', replace: '' },
    ],
  },
  bug(
    'a full disk loses the batch',
    'quorum/disk-writer.ts',
    '        this.#waitForSpace()\n        return written',
    '        this.#queue.shift()\n        this.#waitForSpace()\n        return written',
  ),
  bug(
    'founders are bound by those who answer, not by all',
    'quorum/founding.ts',
    "  if (answers.length < others.length) return 'wait'\n",
    "  if (answers.length < others.length / 2) return 'wait'\n",
  ),
  bug(
    'a cluster is founded when a node is bound, whoever else is',
    'quorum/founding.ts',
    '  return answers.every(({ founders }) => isSameSet(founders, storage.state.founders))',
    '  return storage.state.founders !== null',
  ),
  bug(
    'being bound is not remembered on disk',
    'quorum/storage.ts',
    '    this.#writeState({ founders })',
    '    this.#state = { ...this.#state, founders }',
  ),
  bug(
    'a bound node lets itself be bound again',
    'quorum/founding.ts',
    'if (storage.state.founders !== null || !proposed.includes(self)) return false',
    'if (!proposed.includes(self)) return false',
  ),
  bug(
    'a node on an empty disk founds with the names it knows',
    'quorum/founding.ts',
    "    if (founded && !includesSelf) return 'apart'",
    '    if (founded && !includesSelf) continue',
  ),
  bug(
    'damage below the durable watermark is cut off as a torn tail',
    'quorum/recovery.ts',
    '      recovery,\n      recoveryPoint: recovery.durableWatermark,',
    '      recovery: { ...recovery, durableWatermark: 0, watermarkOf: () => null },\n      recoveryPoint: 0,',
  ),
  bug(
    'an adopted snapshot leaves the old log',
    'quorum/recovery.ts',
    '  log.truncateFullyAndStartAt(endOffset)\n',
    '',
  ),
]
