// Goal: a crash at any instruction of a compaction leaves a log that is as good as before: the
// last value of each key, at its offset, and nothing else than what was appended (D1, D4).
// Method: keyed batches of several producers and epochs, rolled, fsynced and cleaned three times,
// with tombstones whose horizon passes in between, on a disk that stops at its k-th operation, for
// every k; each time the directory is opened as a kill leaves it, and as several power cuts may,
// compared with the fold of all that was appended, and cleaned again.
import { expect, test } from 'vitest'
import type { Disk } from '../../../../src/base/disk.ts'
import type { Log } from '../../../../src/log/log.ts'
import { verifyAgainstScan } from '../../../../src/log/verify.ts'
import { TOPIC_ID, append } from '../fixture.ts'
import { MemoryDisk } from '../memory-disk.ts'
import { PowerOff, StoppingDisk, randomOf } from '../stopping-disk.ts'
import type { Entry } from './fixture.ts'
import { DIRECTORY, TurningClock, compacted, contentOf, fold, keyed, openLogs } from './fixture.ts'

/** Some thousand recoveries: as long as a busy machine takes. */
const EXHAUSTIVE_MS = 180_000

const CONFIG = { ...compacted, 'segment.bytes': 700 }
const SEEDS = process.env['TEST_FULL'] === '1' ? 20 : 2

interface Appended {
  readonly key: string
  readonly value: string | null
  readonly producerId: number
  readonly baseSequence: number
  readonly epoch: number
}

/** What was appended, by offset, and how much of it was fsynced. */
class History {
  readonly all: Appended[] = []
  flushed = 0
}

/** Three rounds: keys come again, some are deleted, one producer falls silent. */
function batchesOf(round: number, history: History): Appended[] {
  const entries: Entry[] = [
    ['a', `a${round}`],
    ['b', round === 1 ? null : `b${round}`],
    ['a', `a${round}'`],
    [`only ${round}`, 'x'],
    ['c', round === 0 ? 'c' : null],
    ['d', `d${round}`],
    ['d', `d${round}'`],
  ]
  return entries.map(([key, value], index) => {
    const producerId = round > 0 && index % 2 === 0 ? 1 : index % 2
    const earlier = history.all.filter((one) => one.producerId === producerId).length
    const now = entries.slice(0, index)
    const inRound = now.filter((_, at) => (round > 0 && at % 2 === 0 ? 1 : at % 2) === producerId)
    return { key, value, producerId, baseSequence: earlier + inRound.length, epoch: round }
  })
}

const batchOf = ({ key, value, producerId, baseSequence }: Appended) =>
  keyed([[key, value]], { producerId, producerEpoch: 0, baseSequence })

async function scenario(disk: Disk, history: History, clock: TurningClock): Promise<void> {
  const { manager, clean } = openLogs(disk, { clock, logConfig: CONFIG })
  const log = manager.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config: CONFIG })
  const stopIfFailed = () => {
    if (log.offline) throw new PowerOff()
  }
  for (let round = 0; round < 3; round += 1) {
    for (const one of batchesOf(round, history)) {
      history.all.push(one)
      if (append(log, batchOf(one), one.epoch).errorCode !== 0) throw new PowerOff()
    }
    if (log.roll() !== 0) throw new PowerOff()
    await log.flush()
    history.flushed = log.flushedOffset
    log.advanceHighWatermark(log.logEndOffset)
    await manager.checkpointRecoveryPoints()
    await manager.checkpointHighWatermarks()
    await clean()
    stopIfFailed()
    clock.advance(2_000)
  }
  if (!(await manager.close({ brokerEpoch: 1 }))) throw new PowerOff()
}

function check(log: Log, history: History, context: string): void {
  const { logEndOffset } = log
  expect(logEndOffset, context).toBeGreaterThanOrEqual(history.flushed)
  const { records } = contentOf(log)
  for (const { offset, key, value } of records) {
    const { key: wasKey, value: was } = history.all[offset] as Appended
    expect([offset, key, value], context).toEqual([offset, wasKey, was])
  }
  const appended = history.all.slice(0, logEndOffset)
  expect(fold(records), context).toEqual(fold(appended))
  // What an epoch's end is does not depend on which of its batches are left.
  for (const epoch of [0, 1, 2]) {
    const last = appended.findLastIndex((one) => one.epoch === epoch)
    if (last >= 0) expect(log.endOffsetForEpoch(epoch).endOffset, context).toBe(last + 1)
  }
  for (const producerId of [0, 1]) {
    const last = appended.findLast((one) => one.producerId === producerId)
    if (!last) continue
    const again = append(log, batchOf(last), 99)
    expect(again, `${context}, producer ${producerId}`).toMatchObject({ duplicate: true })
  }
}

async function checkDisk(disk: MemoryDisk, history: History, context: string): Promise<void> {
  const clock = new TurningClock()
  clock.advance(100_000)
  const { manager, clean, failures } = openLogs(disk, { clock, logConfig: CONFIG })
  expect(manager.failures, context).toEqual([])
  const log = manager.get('t', 0)
  if (!log) {
    expect(history.flushed, context).toBe(0)
    return
  }
  check(log, history, context)
  await log.flush()
  log.advanceHighWatermark(log.logEndOffset)
  await clean()
  check(log, history, `${context}, cleaned again`)
  expect(failures, context).toEqual([])
  await manager.close({ brokerEpoch: 2 })
  const problems = verifyAgainstScan(disk, `${DIRECTORY}/t-0`, { gaps: true })
  expect(problems, context).toEqual([])
  const names = disk.list(`${DIRECTORY}/t-0`).map(({ name }) => name)
  expect(
    names.filter((name) => /\.(swap|cleaned)$/.test(name)),
    context,
  ).toEqual([])
}

test(
  'a crash at every operation of the disk',
  async () => {
    const total = new StoppingDisk(new MemoryDisk(), Infinity)
    const whole = new History()
    await scenario(total, whole, new TurningClock())
    expect(total.operations).toBeGreaterThan(150)
    await checkDisk(total.inner.afterKill(), whole, 'no crash')
    for (let stopAt = 0; stopAt < total.operations; stopAt += 1) {
      const memory = new MemoryDisk()
      const history = new History()
      await scenario(new StoppingDisk(memory, stopAt), history, new TurningClock()).catch(() => {})
      await checkDisk(memory.afterKill(), history, `killed at ${stopAt}`)
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const found = memory.afterPowerCut(randomOf(stopAt * 31 + seed))
        await checkDisk(found, history, `power cut at ${stopAt}, seed ${seed}`)
      }
    }
  },
  EXHAUSTIVE_MS,
)
