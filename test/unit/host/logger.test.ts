// Goal: log lines are JSON on standard error when that is no terminal, at the level asked for.
// Method: a child process logs one line of each kind; its standard error is read back.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const logger = fileURLToPath(new URL('../../../src/host/logger.ts', import.meta.url))

test('one JSON object a line, with bindings, fields, level and error', () => {
  const script = `
    import { openLogger } from ${JSON.stringify(logger)}
    const log = (await openLogger('info')).child({ nodeId: 1 })
    log.debug({}, 'not written')
    log.info({ partition: 3 }, 'isr shrunk')
    log.error({ err: Object.assign(new Error('no space'), { code: 'DISK_FULL' }) }, 'append failed')
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
      err: expect.objectContaining({ message: 'no space', code: 'DISK_FULL' }) as object,
      msg: 'append failed',
    },
  ])
})
