/**
 * Goal: every planted bug can be planted. Method: each text that a bug replaces is looked for in
 * the source; whoever changes such a line mends the bug with it.
 */
import { expect, test } from 'vitest'
import { filesWith, PLANTED } from './planted.ts'

test.each(PLANTED.map((bug) => [`${bug.world}: ${bug.name}`, bug] as const))('%s', (_, bug) => {
  expect(filesWith(bug).size).toBeGreaterThan(0)
})
