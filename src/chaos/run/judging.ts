/**
 * From a history in a file to what a report tells of it: the checkers and the report read it side
 * by side, once.
 */
import { appendFile } from 'node:fs/promises'
import { asError } from '../../base/errors.ts'
import type { Scenario } from '../api.ts'
import { Judge } from '../checkers/judge.ts'
import type { FoundEvent } from '../history/events.ts'
import { readHistory } from '../history/reader.ts'
import { Storyteller, type Story } from '../report/story.ts'

/** What a scenario's own `check` says is called so. */
const CLAIM = 'claim'
const CHECK_SENTENCES_MAX = 100

/**
 * Judges a history. With the scenario it is of, what its `check` says is added to the file first,
 * so that whoever judges it again finds it too.
 */
export async function judgeHistory(path: string, check?: Scenario['check']): Promise<Story> {
  const story = await read(path)
  const found = check ? askOwn(check, story) : []
  if (found.length === 0) return story
  await appendFile(path, found.map((event) => `${JSON.stringify(event)}\n`).join(''))
  return read(path)
}

/** Somebody else's function: what it throws is no verdict, and no reason to have no report. */
function askOwn(check: NonNullable<Scenario['check']>, story: Story): readonly FoundEvent[] {
  const of = { type: 'found', atMs: story.endMs, anomaly: CLAIM } as const
  try {
    const sentences = [...check(story.findings)].slice(0, CHECK_SENTENCES_MAX)
    return sentences.map((sentence) => ({ ...of, kind: 'invalid', sentence: String(sentence) }))
  } catch (thrown) {
    const sentence = `the scenario's check failed: ${asError(thrown).message}`
    return [{ ...of, kind: 'unknown', sentence }]
  }
}

async function read(path: string): Promise<Story> {
  const judge = new Judge()
  const teller = new Storyteller()
  const { cut } = await readHistory(path, (event) => {
    judge.add(event)
    teller.take(event)
  })
  if (cut !== null) judge.doubt(cut)
  return teller.finish(judge.finish())
}
