/**
 * Goal: what a core says and writes, word for word, in the situations that Raft was designed for
 * and in those that broke others' implementations.
 * Method: every file of `scripts/` is run and compared with its own expected output, all of it.
 * `RAFT_REWRITE=1` writes what comes out in its place: read the difference before it is committed.
 */
import assert from 'node:assert'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rerun } from './script.ts'

const FOLDER = join(import.meta.dirname, 'scripts')
const SCRIPTS_MIN = 40

const isRewriting = process.env['RAFT_REWRITE'] === '1'
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

test.each(names)('%s', (name) => {
  const path = join(FOLDER, name)
  const script = readFileSync(path, 'utf8')
  const actual = rerun(script)
  if (isRewriting) {
    assert(!process.env['CI'], 'a machine does not decide what is right')
    writeFileSync(path, actual)
  }
  expect(actual, `${name} ends differently: RAFT_REWRITE=1 shows where`).toBe(
    readFileSync(path, 'utf8'),
  )
})

test('no script was lost', () => {
  expect(names.length).toBeGreaterThanOrEqual(SCRIPTS_MIN)
})
