import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[]) => ({
  test: { name, include, testTimeout: 60_000, hookTimeout: 60_000, isolate: true },
})

export default defineConfig({
  test: {
    reporters: ['default', './test/reporter.ts'],
    projects: [
      project('unit', ['test/unit/**/*.test.ts', 'test/tidy.test.ts']),
      project('broker', ['test/broker/**/*.test.ts']),
      project('conformance', ['test/conformance/**/*.test.ts']),
    ],
  },
})
