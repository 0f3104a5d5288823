// Goal: the first screen fits a terminal and its commands can be pasted as they are.
// Method: print it for the usual ports and for others.
import { expect, test } from 'vitest'
import { quickstartScreen } from '../../../src/cli/quickstart-screen.ts'

test.each([9092, 19092])('from port %i on', (port) => {
  const brokers = [1, 2, 3].map((id) => {
    return { id, address: `127.0.0.1:${port + 2 * (id - 1)}`, pid: 4_194_300 + id }
  })
  const shown = { brokers, http: `127.0.0.1:${port + 100}`, directory: 'data', restartMs: 3_000 }
  const lines = quickstartScreen(shown).split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  const own = lines.filter((line) => line.includes('npx lograft '))
  expect(own).toHaveLength(3)
  expect(own.every((line) => line.endsWith(` -b 127.0.0.1:${port}`) !== (port === 9092))).toBe(true)
  expect(lines).toContain(`  broker 2   127.0.0.1:${port + 2}   pid 4194302   data/2`)
  expect(lines.some((line) => line.includes(`http://127.0.0.1:${port + 100}/metrics `))).toBe(true)
  expect(lines.some((line) => line.startsWith('  kill -9 4194302 '))).toBe(true)
  expect(lines.filter((line) => line.includes(`kcat -b 127.0.0.1:${port} `))).toHaveLength(1)
})
