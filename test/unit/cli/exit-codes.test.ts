// Goal: exit codes are told apart, and errors map to the right one.
// Method: the table against itself, and errors by their codes.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { FORCED, describeExitCodes, exitCodeOf, exitCodes } from '../../../src/cli/exit-codes.ts'

test('each code has one meaning, and help tells all', () => {
  const codes = Object.values(exitCodes).map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  for (const { code, doc } of Object.values(exitCodes))
    expect(describeExitCodes()).toContain(`  ${code}  ${doc}`)
})

test('the page of the command line has all of them', () => {
  const page = readFileSync(new URL('../../../docs/CLI.md', import.meta.url), 'utf8')
  for (const { code } of Object.values(exitCodes)) expect(page).toContain(`\n| ${code} |`)
  expect(page).toContain(`\n| ${Object.values(FORCED).join(', ')} |`)
})

test.each([
  [new LograftError('INVALID_CONFIG', ''), 2],
  [new LograftError('LOG_CORRUPT', ''), 3],
  [new LograftError('DIRECTORY_LOCKED', ''), 4],
  [new LograftError('NO_BROKER', ''), 6],
  [Object.assign(new Error(), { code: 'EADDRINUSE' }), 1],
  [new Error(), 1],
  [Object.assign(new Error(), { code: 'constructor' }), 1],
  [undefined, 1],
])('%# %s', (error, code) => {
  expect(exitCodeOf(error)).toBe(code)
})
