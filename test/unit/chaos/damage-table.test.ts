// Goal: docs/CHAOS.md says of damaged files what the table says that real nodes are held to.
// Method: the table is printed as the page has it; where they differ, the message has it right.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DAMAGE_TABLE, MANNERS, printDamageTable } from '../../../src/chaos/machine/damage-table.ts'

const PAGE = new URL('../../../docs/CHAOS.md', import.meta.url)

test('docs/CHAOS.md has the table of damaged files', () => {
  const page = readFileSync(PAGE, 'utf8')
  const [, table] = /<!-- table: \S+ -->\n([\s\S]*?)\n?<!-- end -->/.exec(page) ?? []
  expect(table).toBe(printDamageTable())
})

test('every cell says something, and no kind of file is there twice', () => {
  for (const { file, outcomes } of DAMAGE_TABLE)
    for (const how of MANNERS) expect(outcomes[how], `${file}, ${how}`).not.toEqual([])
  expect(new Set(DAMAGE_TABLE.map(({ file }) => file)).size).toBe(DAMAGE_TABLE.length)
})
