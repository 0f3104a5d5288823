/**
 * What `lograft chaos check` does: a history judged again, and reported where that is asked for.
 */
import { existsSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { HISTORY, writeReport } from '../../chaos/report/folder.ts'
import { resultsOf } from '../../chaos/report/results.ts'
import { judgeHistory } from '../../chaos/run/judging.ts'
import { LograftError } from '../../base/errors.ts'
import { exitCodeOfRuns, withChaos } from './session.ts'
import { verdictLines } from './verdict-lines.ts'

export interface CheckFlags {
  readonly report?: string
  readonly json?: true
}

export async function check(path: string, { report, json }: CheckFlags): Promise<void> {
  await withChaos(async ({ output }) => {
    const isFolder = existsSync(path) && statSync(path).isDirectory()
    const file = isFolder ? join(path, HISTORY) : path
    const story = await judgeHistory(file).catch((thrown: unknown) => {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
      throw new LograftError('USAGE', `there is no file ${file}: a report has a ${HISTORY}`)
    })
    let results = resultsOf(story)
    if (report !== undefined) {
      const folder = resolve(report)
      results = await writeReport(folder, story, null)
      const copy = join(folder, HISTORY)
      if (copy !== resolve(file)) await copyFile(file, copy)
    }
    const page = report === undefined ? file : join(resolve(report), 'index.html')
    if (json) await output.printJson(results)
    else await output.print(`${verdictLines(results, page).join('\n')}\n`)
    return exitCodeOfRuns([results])
  })
}
