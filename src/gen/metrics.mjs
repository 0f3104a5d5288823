// Writes docs/METRICS.md: `npm run docs`. With --check it writes nothing and fails when the page
// differs from what would be written. Plain Node over the compiled broker; it is no part of it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { metricsPage } from '../../dist/metrics/describe.js'

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'METRICS.md')

const page = metricsPage()
if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
  process.stderr.write('docs/METRICS.md is not up to date: run `npm run docs`\n')
  process.exit(1)
}
