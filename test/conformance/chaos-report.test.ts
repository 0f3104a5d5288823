// Goal: the report of a run is a page that a browser shows whole, from one file: nothing is asked
// of any network, nothing is wrong on its console, the kill has its band and the partition its gap,
// and it fits its window in light and in dark. Method: headless Chromium on pages made of a run by
// hand, with every page kept as a picture when CHAOS_PICTURES names a folder. Without Chromium
// (Debian: apt-get install chromium): skipped, and says so.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexPageOf } from '../../src/chaos/report/index-page.ts'
import { pageOf } from '../../src/chaos/report/page.ts'
import { resultsOf } from '../../src/chaos/report/results.ts'
import { invalidFindings, storyOf, validFindings } from '../support/chaos-story.ts'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const executablePath = BROWSERS.map((name) =>
  spawnSync('which', [name]).stdout?.toString().trim(),
).find((path) => path !== undefined && path !== '')

const AGAIN = ['lograft chaos run kill-leader --seed 4711']
const pictures = process.env['CHAOS_PICTURES']

if (executablePath === undefined)
  process.stderr.write('chaos-report: no Chromium on PATH (apt-get install chromium): skipped\n')

describe.skipIf(executablePath === undefined)('the report in Chromium', () => {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lograft-report-'))
    browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      // Root has no sandbox; what is shown is our own page.
      args: ['--no-sandbox'],
    })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Opens a page and says what was wrong with it. */
  async function show(name: string, html: string, colorScheme: 'light' | 'dark') {
    const path = join(folder, `${name}.html`)
    writeFileSync(path, html)
    const page = await browser.newPage({ colorScheme, viewport: { width: 1240, height: 900 } })
    const wrong: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
    })
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) wrong.push(`it asks for ${request.url()}`)
    })
    await page.goto(pathToFileURL(path).href)
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true })
    return { page, wrong }
  }

  /** As text: it is the browser that knows what a document is. */
  const ask = async (page: Page, question: string) => String(await page.evaluate(question))

  test.each(['light', 'dark'] as const)('a kill and its gap, %s', async (colorScheme) => {
    const { page, wrong } = await show('valid', pageOf(storyOf(validFindings), AGAIN), colorScheme)
    expect(wrong).toEqual([])
    expect(await page.locator('#verdict').innerText()).toMatch(/^Valid\n/)
    const band = await page.locator('.band[data-fault="1"]').boundingBox()
    const gap = await page.locator('.gap[data-partition="orders-0"]').boundingBox()
    expect(await page.locator('.fault[data-fault="1"] text').textContent()).toBe('kill -9 of 2')
    // The gap lies within the kill: it began with it, and ended before the broker was back.
    expect(gap?.x).toBeGreaterThanOrEqual(band?.x ?? Infinity)
    expect((gap?.x ?? 0) + (gap?.width ?? 0)).toBeLessThan((band?.x ?? 0) + (band?.width ?? 0))
    const [red = 0] =
      (await ask(page, 'getComputedStyle(document.body).backgroundColor'))
        .match(/\d+/g)
        ?.map(Number) ?? []
    expect(red > 128).toBe(colorScheme === 'light')
    await page.close()
  })

  test('points of time tell their figures, and nothing is wider than the window', async () => {
    const { page, wrong } = await show('valid', pageOf(storyOf(validFindings), AGAIN), 'light')
    const band = await page.locator('.band[data-fault="1"]').boundingBox()
    await page.mouse.move((band?.x ?? 0) + 8, (band?.y ?? 0) + 60)
    expect(await page.locator('#readout').innerText()).toMatch(/^0:20 .*620\/s.*kill -9 of 2$/)
    for (const width of [1240, 800, 400]) {
      await page.setViewportSize({ width, height: 900 })
      const wide = await ask(page, 'document.documentElement.scrollWidth')
      expect(Number(wide)).toBeLessThanOrEqual(width)
    }
    expect(wrong).toEqual([])
    await page.close()
  })

  test('anomalies are text, whatever they hold, and each has its evidence', async () => {
    const { page, wrong } = await show('invalid', pageOf(storyOf(invalidFindings), AGAIN), 'light')
    expect(wrong).toEqual([])
    expect(await page.locator('#verdict').innerText()).toContain('lost-write × 2')
    const lost = page.locator('li[data-kind="lost-write"]')
    expect(await lost.locator('pre').innerText()).toContain('"number":812')
    expect(await page.locator('li[data-kind="duplicate"] p').innerText()).toContain('<script>')
    expect(await page.locator('#anomalies .note').innerText()).toContain('orders-1')
    await page.close()
  })

  test.each(['light', 'dark'] as const)('an index of several runs, %s', async (colorScheme) => {
    const runs = [validFindings, invalidFindings].map((findings, index) => ({
      folder: `kill-leader-${index}`,
      results: resultsOf(storyOf(findings)),
    }))
    const { page, wrong } = await show('index', indexPageOf(runs), colorScheme)
    expect(wrong).toEqual([])
    expect(await page.locator('.badge').allInnerTexts()).toEqual(['Valid', 'Invalid'])
    expect(await page.locator('a').first().getAttribute('href')).toBe('kill-leader-0/index.html')
    await page.close()
  })
})
