// Goal: the first screen fits a terminal and its commands can be pasted as they are.
// Method: print it for a few addresses.
import { expect, test } from 'vitest'
import { quickstartScreen } from '../../../src/cli/quickstart.ts'
import { loadNodeConfig } from '../../../src/config/load.ts'

test.each([
  [{ host: '127.0.0.1', port: 9092 }, '127.0.0.1:9092'],
  [{ host: '0.0.0.0', port: 49152 }, '127.0.0.1:49152'],
  [{ host: '::1', port: 9092 }, '[::1]:9092'],
])('%j', (kafkaAddress, address) => {
  const lines = quickstartScreen(loadNodeConfig(), {
    kafkaAddress,
    directory: '/srv/data/1',
  }).split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines.filter((line) => line.includes(`kcat -b ${address} `))).toHaveLength(2)
  const own = lines.filter((line) => line.includes('npx lograft '))
  expect(own).toHaveLength(3)
  const isDefault = address === '127.0.0.1:9092'
  expect(own.every((line) => line.endsWith(` -b ${address}`) !== isDefault)).toBe(true)
  expect(lines.join('\n')).toMatch(/ is ready: node 1/)
  expect(lines).toContain('  data            /srv/data/1')
})
