// Goal: help and documentation say what the tables say, all of it.
// Method: look for every name in both; compare the committed page with what would be written now.
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { configurationPage, describeOptions, wrap } from '../../../src/config/describe.ts'
import { nodeOptionNames } from '../../../src/config/node-options.ts'
import { topicOptionNames } from '../../../src/config/topic-options.ts'

test('docs/CONFIGURATION.md is up to date (else: npm run docs)', () => {
  const page = new URL('../../../docs/CONFIGURATION.md', import.meta.url)
  expect(fs.readFileSync(page, 'utf8')).toBe(configurationPage())
})

test('the page has every property', () => {
  const page = configurationPage()
  for (const name of nodeOptionNames) expect(page).toContain(`### \`${name}\`\n`)
  for (const name of topicOptionNames) expect(page).toContain(`| \`${name}\` |`)
})

test.each([80, 60, 200, 10])(
  'help has every property and fits a terminal of %i columns',
  (columns) => {
    const lines = describeOptions(columns).split('\n')
    for (const name of nodeOptionNames) expect(lines).toContain(`  ${name}`)
    const width = Math.max(40, Math.min(columns, 100))
    const tooLong = lines.filter((line) => line.length > width && line.trim().includes(' '))
    expect(tooLong).toEqual([])
  },
)

test('wrapping keeps every word, and a long one whole', () => {
  const lines = wrap('a bb ccc dddddddddddd e', { width: 8, indent: 2 })
  expect(lines).toEqual(['  a bb', '  ccc', '  dddddddddddd', '  e'])
})
