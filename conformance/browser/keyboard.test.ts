/// <reference lib="dom" />
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noBrowser } from '../fixtures/chromium.ts'
import { done, doubling, Pages, reportOf } from '../fixtures/pages.ts'
import { pageHtml } from './build.ts'
import { usual } from './settings.ts'

/** More presses than there is anything to reach. */
const mostPresses = 40

describe.skipIf(noBrowser)(
  `the page without a mouse${noBrowser ? ` (skipped: ${noBrowser})` : ''}`,
  () => {
    let pages: Pages
    let page: Page

    beforeAll(async () => {
      pages = await Pages.of(await pageHtml(), ['--disable-gpu'])
    })
    beforeEach(async () => {
      page = await pages.opened(usual)
      await page.setViewportSize({ width: 390, height: 844 })
    })
    afterAll(() => pages?.close())
    afterEach(async () => {
      await page.close()
      expect(pages.problems).toEqual([])
    })

    const press = (key: string) => page.keyboard.press(key)
    /** Goes on by the Tab key until what has the focus is called so. */
    async function reach(name: RegExp): Promise<void> {
      for (let presses = 0; presses < mostPresses; presses++) {
        await press('Tab')
        if (name.test(await page.evaluate(focused))) return
      }
      throw new Error(`the Tab key does not reach ${name}`)
    }
    async function replace(text: string): Promise<void> {
      await press('Control+A')
      await page.keyboard.type(text)
    }

    it('is set, started, paused, gone on with and stopped', async () => {
      expect(await found(page)).toEqual([])
      await reach(/^What to check/)
      await page.keyboard.type('Touchstone on plain')
      await reach(/^Clauses/)
      await page.keyboard.type('cnn.pool*')
      await reach(/^Cases a property/)
      await replace('3000')
      await press('Enter')
      await reach(/^Pause/)
      await press('Enter')
      await page.getByText(/^Paused: /).waitFor()
      expect(await found(page)).toEqual([])
      // The same button, which still has the focus.
      await press('Enter')
      await page.getByText(/^Paused: /).waitFor({ state: 'detached' })
      await reach(/^Stop/)
      await press('Enter')
      await done(page)
      const { environment, summary } = await reportOf(page)
      expect(environment.device).toMatch(/^cpu/)
      expect(summary.conforms).toBeLessThan(summary.clauses)
      const left = summary.interrupted + summary.notRun
      expect(left).toBeGreaterThan(0)
      await page.getByText(/^Done: \d of \d clauses conform, \d not finished$/).waitFor()
      expect(summary.violates + summary.errored).toBe(0)
    })

    it('leads to a clause that is violated, and its smallest case', async () => {
      // The browser is to hear of it before it opens one.
      const chosen = page.waitForEvent('filechooser')
      await reach(/^Something of your own/)
      await press('Enter')
      await (await chosen).setFiles(doubling)
      await page.getByRole('option', { name: /^doubling\.js$/ }).waitFor({ state: 'attached' })
      await reach(/^Clauses/)
      await page.keyboard.type('cnn.flatten')
      await reach(/^Cases a property/)
      await replace('3')
      await press('Enter')
      await done(page)
      expect(await found(page)).toEqual([])
      // In the report, which is in a frame.
      await reach(/^cnn\.flatten/)
      await press('Enter')
      const inside = page.frameLocator('iframe')
      await inside.getByRole('heading', { level: 1, name: 'cnn.flatten' }).waitFor()
      expect(await inside.locator('.chip').first().textContent()).toBe('violates')
      await reach(/^Overview/)
      await press('Enter')
      await inside.getByRole('heading', { level: 1, name: 'doubling' }).waitFor()
    })
  },
)

/** The words by which what has the focus is known, also in a frame. */
const focused = `(() => {
  let it = document.activeElement
  while (it.contentDocument) it = it.contentDocument.activeElement
  const words = it.labels?.[0]?.textContent ?? it.getAttribute('aria-label') ?? it.textContent
  return words.trim().replace(/\\s+/g, ' ')
})()`

/** What axe finds in light and dark, also of what is in a frame. */
async function found(page: Page): Promise<readonly string[]> {
  const all: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(axe.source)
    const violations = `axe.run(document).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes[0].html.slice(0, 200)))`
    all.push(...((await page.evaluate(violations)) as readonly string[]))
  }
  return all
}
