/**
 * Four projects, one after the other: `unit` (pure code and files in a temporary folder), `broker`
 * (whole nodes on loopback ports, in this process or as children), `conformance` (foreign clients
 * against a real node) and `scale` (thousands of topics and connections). The last two are slow, and
 * skipped by `npm test`.
 */
import { defineConfig } from 'vitest/config'

interface Project {
  include: string[]
  /** Projects of a lower order finish before this one begins. */
  order: number
  /** Test files at the same time, each in a process of its own. Small, because CI has two cores. */
  maxWorkers: number
  timeoutMs: number
}

const project = (name: string, { include, order, maxWorkers, timeoutMs }: Project) => ({
  test: {
    name,
    include,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    maxWorkers,
    pool: 'forks' as const,
    sequence: { groupOrder: order },
  },
})

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    // A focused test is a debugging aid: run it alone by name, but never commit it.
    allowOnly: !process.env['CI'],
    projects: [
      project('unit', {
        include: ['test/unit/**/*.test.ts', 'test/sim/**/*.test.ts', 'test/tidy.test.ts'],
        order: 0,
        maxWorkers: 2,
        timeoutMs: 30_000,
      }),
      project('broker', {
        include: ['test/broker/**/*.test.ts'],
        order: 1,
        maxWorkers: 2,
        timeoutMs: 60_000,
      }),
      project('conformance', {
        include: ['test/conformance/**/*.test.ts'],
        order: 2,
        maxWorkers: 1,
        timeoutMs: 300_000,
      }),
      project('scale', {
        include: ['test/scale/**/*.test.ts'],
        order: 3,
        maxWorkers: 1,
        timeoutMs: 300_000,
      }),
    ],
  },
})
