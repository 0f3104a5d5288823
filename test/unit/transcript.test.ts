// Goal: a page that is not true fails, and says where; one that is true passes. Method: small pages
// against outputs; a real shell for what lasts from one command to the next.
import { expect, test } from 'vitest'
import { follow, isAsExpected, Shell, stepsOf } from '../support/transcript.ts'
import { tempDir } from '../support/temp-dir.ts'

test('commands, what goes on with them, and their output', () => {
  const page = 'text\n\n```console\n$ cat <<END\n> a\n> END\na\n$ true\n```\n\n```sh\n$ no\n```\n'
  expect(stepsOf(page)).toEqual([
    { line: 4, command: 'cat <<END\na\nEND', expected: ['a'] },
    { line: 8, command: 'true', expected: [] },
  ])
  expect(() => stepsOf('```console\nout\n```\n')).toThrow('line 2: output before any command')
})

test.each([
  [['a'], ['a'], true],
  [['a'], ['b'], false],
  [['a'], [], false],
  [[], ['a'], false],
  [['a  b'], ['a      b '], true],
  [['x … y'], ['x 17 y'], true],
  [['x … y'], ['x 17 z'], false],
  [['…', 'b'], ['a', 'a', 'b'], true],
  [['a', '…'], ['a'], true],
  [['a', '…', 'c'], ['a', 'b', 'd'], false],
  [['1 (2) [3]'], ['1 (2) [3]'], true],
])('%j of %j: %j', (expected, printed, verdict) => {
  expect(isAsExpected(expected, printed)).toBe(verdict)
})

test('one shell: what is set stays, both streams are seen, the first lie ends it', async () => {
  await using directory = await tempDir('transcript')
  await using shell = new Shell({
    ...{ directory: directory.path, environment: process.env, timeoutMs: 20_000 },
  })
  await follow(stepsOf('```console\n$ a=1\n$ echo $a; echo two >&2\n1\ntwo\n```\n'), shell)
  await expect(follow(stepsOf('```console\n$ echo $a\n2\n```\n'), shell)).rejects.toThrow(
    'line 2: $ echo $a\n--- the page says\n2\n--- it printed\n1\n---',
  )
})
