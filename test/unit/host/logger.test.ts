// Goal: log lines are JSON on standard error when that is no terminal, at the level asked for; what
// was expected comes without a stack, a bug with one.
// Method: a child process logs one line of each kind; its standard error is read back.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const logger = fileURLToPath(new URL('../../../src/host/logger.ts', import.meta.url))
const errors = fileURLToPath(new URL('../../../src/base/errors.ts', import.meta.url))

test('one JSON object a line, with bindings, fields, level and error', () => {
  const script = `
    import { openLogger } from ${JSON.stringify(logger)}
    import { LograftError } from ${JSON.stringify(errors)}
    const log = (await openLogger('info')).child({ nodeId: 1 })
    log.debug({}, 'not written')
    log.info({ partition: 3 }, 'isr shrunk')
    const cause = new Error('ENOSPC')
    log.error({ err: new LograftError('DISK_FULL', 'no space', { cause }) }, 'append failed')
    log.fatal({ err: new TypeError('not a function') }, 'start failed')
    process.kill(process.pid, 'SIGKILL')
  `
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  )
  expect(stdout).toBe('')
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.any(String) as string,
      nodeId: 1,
      partition: 3,
      msg: 'isr shrunk',
    },
    {
      level: 'error',
      time: expect.any(String) as string,
      nodeId: 1,
      err: { type: 'LograftError', code: 'DISK_FULL', message: 'no space' },
      msg: 'append failed',
    },
    {
      level: 'fatal',
      time: expect.any(String) as string,
      nodeId: 1,
      err: {
        type: 'TypeError',
        message: 'not a function',
        stack: expect.stringContaining('    at ') as string,
      },
      msg: 'start failed',
    },
  ])
})
