/**
 * Ends a run with `N passed, N failed` (and `, N skipped` when there are any) as its last line, for
 * scripts and machines that count. It must never call a broken run a good one: what cannot be
 * loaded, what throws outside a test and what never reported a result each count as a failure.
 */
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

export default class CountReporter implements Reporter {
  /** Until a run has ended, it has failed. */
  #counts: Counts = { passed: 0, failed: 1, skipped: 0 }

  /**
   * The line is written when the process exits, after whatever other reporters still have to say.
   */
  onInit(): void {
    process.once('exit', () => {
      const { passed, failed, skipped } = this.#counts
      const tail = skipped > 0 ? `, ${skipped} skipped` : ''
      process.stdout.write(`\n${passed} passed, ${failed} failed${tail}\n`)
      if (failed > 0) process.exitCode ||= 1
    })
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const counts: Counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) count(module, counts)
    // An interrupted or otherwise failed run is a failure even when every test so far passed.
    if (reason !== 'passed' && counts.failed === 0) counts.failed = 1
    this.#counts = counts
  }
}

function count(module: TestModule, counts: Counts): void {
  // A file that could not be loaded, or a hook outside any test that threw: one failure each.
  counts.failed += module.errors().length
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed') counts.passed += 1
    else if (state === 'skipped') counts.skipped += 1
    else counts.failed += 1
  }
}
