// Goal: a history comes back from its file as it was written, however large; what cannot be read is
// refused with the number of its line, and a cut last line is told.
// Method: real files, written by the writer and by hand.
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../src/chaos/history/events.ts'
import { readHistory } from '../../../src/chaos/history/reader.ts'
import { HistoryWriter } from '../../../src/chaos/history/writer.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { final, poll, replica, run, send, unanswered, whole } from './made-history.ts'

const directory = await tempDir()
afterAll(() => directory[Symbol.asyncDispose]())
let files = 0
const newPath = () => join(directory.path, `${(files += 1)}.jsonl`)

async function read(path: string) {
  const events: HistoryEvent[] = []
  const numbers: number[] = []
  const end = await readHistory(path, (event, line) => {
    events.push(event)
    numbers.push(line)
  })
  return { events, numbers, ...end }
}

function written(...events: readonly HistoryEvent[]): string {
  const path = newPath()
  const writer = new HistoryWriter(path, hostClock)
  for (const event of events) writer.write(event)
  writer.close()
  return path
}

const lines = (...of: readonly (object | string)[]): string => {
  const path = newPath()
  const texts = of.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(path, texts.map((text) => `${text}\n`).join(''))
  return path
}

describe('a history', () => {
  test('comes back as it was written', async () => {
    const events = whole(send(1), send(2, unanswered), poll([1, null]), replica(1, 2), final([1]))
    const back = await read(written(...events))
    expect(back.events).toEqual(events)
    expect(back).toMatchObject({ numbers: events.map((_, index) => index + 1), cut: null })
  })

  test('is as long as it likes, and so is a line', async () => {
    const ids = Array.from({ length: 300_000 }, (_, index) => index)
    const events = [run(), ...ids.slice(0, 20_000).map((id) => send(id)), final(ids)]
    const { events: back } = await read(written(...events))
    expect(back).toHaveLength(events.length)
    expect(back.at(-1)).toEqual(final(ids))
  })

  test('is in the file after a flush, and whole after its end', () => {
    const path = newPath()
    const writer = new HistoryWriter(path, hostClock)
    writer.write(run())
    writer.flush()
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(run())}\n`)
    writer.close()
    writer.write(send(1))
    writer.close()
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(run())}\n`)
    expect(writer.events).toBe(1)
  })

  test('is not written over another', () => {
    expect(() => new HistoryWriter(written(run()), hostClock)).toThrow('EEXIST')
  })
})

describe('a last line', () => {
  test('that is cut is told', async () => {
    const path = written(run(), send(1))
    truncateSync(path, readFileSync(path).length - 10)
    const { events, cut } = await read(path)
    expect(events).toEqual([run()])
    expect(cut).toBe('the last line, 2, is cut: whoever wrote it was ended')
  })

  test('without its end counts when it is whole', async () => {
    const path = written(run())
    appendFileSync(path, JSON.stringify(send(1)))
    expect(await read(path)).toMatchObject({ events: [run(), send(1)], cut: null })
  })
})

describe('what cannot be read', () => {
  test.each<[string, readonly (object | string)[]]>([
    ['the history is empty', []],
    ['line 1: a history begins with an event of type run, not send', [send(1)]],
    ['line 2: no JSON: {"type":', [run(), '{"type":', send(1)]],
    ['line 2: an event must be an object', [run(), '7']],
    ['line 2: "sent" is no type of event', [run(), { type: 'sent' }]],
    ['line 2: send: number must be a whole number', [run(), { ...send(1), number: 1.5 }]],
    ['line 2: send: doneMs must be a number', [run(), { ...send(1), doneMs: 'late' }]],
    [
      'line 2: send: outcome must be one of ok, fail, unknown',
      [run(), { ...send(1), outcome: 'failed' }],
    ],
    ['line 2: poll: ids [1] must be text', [run(), { ...poll([1, 2]), ids: ['p:1', 2] }]],
    [
      'line 2: poll: offsets, ids and keys must be of one length',
      [run(), { ...poll([1]), ids: [] }],
    ],
    [
      'line 3: replica: batches [0] must be five whole numbers',
      [run(), '', { ...replica(1, 1), batches: [[1, 2]] }],
    ],
    ['line 1: run: topics t: partitions must be a whole number', [{ ...run(), topics: { t: {} } }]],
  ])('is refused: %s', async (sentence, of) => {
    await expect(read(lines(...of))).rejects.toMatchObject({
      ...{ code: 'BAD_HISTORY', message: sentence },
    })
  })

  test('fields that are not known are no fault', async () => {
    const more = { ...send(1), later: true }
    expect((await read(lines(run(), more))).events).toEqual([run(), more])
  })
})
