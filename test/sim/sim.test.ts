/**
 * Goal: runs that once failed pass for ever, and a seed means one run. Method: corpus/ is replayed
 * from its files; some seeds are run twice and compared event by event, through their hashes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { KeptRun } from './shrink.ts'
import { CORPUS } from './shrink.ts'
import { runOf, simulate } from './simulate.ts'

describe('what once failed', () => {
  for (const name of readdirSync(CORPUS).filter((file) => file.endsWith('.json')))
    test(name, () => {
      const run = JSON.parse(readFileSync(join(CORPUS, name), 'utf8')) as KeptRun
      expect(simulate(run).violation).toBeNull()
    })
})

test('the same seed is the same run', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const [one, other] = [simulate(runOf(seed)), simulate(runOf(seed))]
    expect(one.violation).toBeNull()
    expect(other.hash).toBe(one.hash)
    expect(other.steps).toBe(one.steps)
  }
})
