/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { noBrowser, openBrowser } from '../fixtures/chromium.ts'
import { conforming, errored, hostile, partial, violating } from '../fixtures/sample-reports.ts'
import { withReplays } from '../suite/capsules.ts'
import { codeStyles } from './code-styles.ts'
import * as pages from './site.tsx'
import { styles } from './styles.ts'
import { write, writeAll } from './write.ts'

/** What is folded is looked at, too. */
const unfold = `for (const it of document.querySelectorAll('details')) it.open = true`

/** Rules of a style sheet that are about something on a page whose own sheet lacks them. */
function rulesThatApplyElsewhere(css: string): readonly string[] {
  const rulesIn = (sheet: CSSStyleSheet | CSSMediaRule): string[] =>
    [...sheet.cssRules].flatMap((rule) =>
      rule instanceof CSSMediaRule
        ? rulesIn(rule).map((inner) => `${rule.conditionText} ${inner}`)
        : [rule.cssText.replace(/(?<=[,:])\s+|\n\s*/g, '')],
    )
  const own = new Set(rulesIn(document.styleSheets[0]!))
  const whole = new CSSStyleSheet()
  whole.replaceSync(css)
  const isShown = (text: string) => {
    const [, selector] = /^(?:\(.*?\) |print )?([^{]*?) ?\{/.exec(text)!
    const present = selector!.replace(/:(?:hover|target|focus-visible|focus|disabled)/g, '')
    return document.querySelector(present.replace(/^\s*$|(?<=[ ,(])(?=[,)])/g, '*')) !== null
  }
  return rulesIn(whole).filter((text) => !own.has(text) && isShown(text))
}

describe.skipIf(noBrowser)(`in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  let folder: string
  let browser: Browser
  let page: Page
  /** What a page must not do: ask, print, fail, or fetch. */
  const problems: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-browser-'))
    const [good, bad, narrow] = [await conforming(), await violating(), await partial()]
    const broken = withReplays(await errored(), () => `npx touchstone replay '${hostile}'`)
    write(good, join(folder, 'good'), pages)
    write(bad, join(folder, 'bad'), pages)
    write(narrow, join(folder, 'narrow'), pages)
    write(broken, join(folder, 'broken'), pages)
    writeAll([good, bad, broken], join(folder, 'several'), pages)
    browser = await openBrowser()
    page = await browser.newPage()
    page.on('dialog', (dialog) => {
      problems.push(`a dialog: ${dialog.message()}`)
      return dialog.dismiss()
    })
    page.on('console', (message) => void problems.push(message.text()))
    page.on('pageerror', (error) => void problems.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) problems.push(`a request: ${request.url()}`)
    })
  })
  // Whatever a test found, the next one does not begin on paper.
  afterEach(() => page.emulateMedia({ media: null }))

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (path: string) => page.goto(pathToFileURL(join(folder, path)).href)
  const heading = () => page.locator('h1').textContent()

  /** Presses Tab until the link that a selector names has the focus, then Enter. */
  async function follow(selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const isThere = `document.activeElement.matches(${JSON.stringify(selector)})`
      if (!(await page.evaluate(isThere))) continue
      await page.keyboard.press('Enter')
      await page.waitForLoadState()
      return
    }
    throw new Error(`no ${selector} among the first that the Tab key reaches`)
  }

  it('what an implementation sent is text, also in what is drawn of it', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await open('broken/index.html')
    expect(await heading()).toContain('<script>alert("1")</script>')
    // That which filters clauses, and no other.
    expect(await page.locator('script').count()).toBe(1)
    await open('broken/clauses/resnet.block.forward.html')
    expect(await page.locator('#failure h2').textContent()).toContain('<script>alert("1")</script>')
    expect(await page.locator('script').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('formulas are typeset', async () => {
    await open('good/clauses/cnn.conv2d.forward.html')
    const box = await page.locator('.formula math').boundingBox()
    expect(box!.height).toBeGreaterThan(25)
    expect(await page.locator('merror, .temml-error').count()).toBe(0)
  })

  it('a failure is drawn above the fold of a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('bad/clauses/cnn.conv2d.forward.html')
    const scale = (await page.locator('#failure svg.scale').boundingBox())!
    expect(scale.y + scale.height).toBeLessThan(844)
    expect(await page.locator('#failure td.wrong').first().textContent()).toBe('1')
    expect(await page.locator('#failure td.read').count()).toBeGreaterThan(0)
  })

  it('the keyboard alone leads to a violated clause and back', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await open('bad/index.html')
    await follow('[href="clauses/cnn.conv2d.forward.html"]')
    expect(await heading()).toContain('cnn.conv2d.forward')
    expect(await page.locator('.chip').first().textContent()).toBe('violates')
    await follow('[href="../index.html"]')
    expect(await heading()).toContain('off <b>by</b> one')
  })

  it('the keyboard alone leads from a matrix to a violated clause and back', async () => {
    await page.setViewportSize({ width: 820, height: 1000 })
    await open('several/index.html')
    const title = await heading()
    await follow('[href*="clauses/cnn.conv2d.forward.html"]')
    expect(await heading()).toContain('cnn.conv2d.forward')
    expect(await page.locator('.chip').first().textContent()).toBe('violates')
    await follow('[href="../index.html"]')
    expect(await heading()).toContain('off <b>by</b> one')
    await follow('[href="../index.html"]')
    expect(await heading()).toBe(title)
  })

  it('on paper a problem has its smallest case and a matrix its clauses, and nobody has the programs', async () => {
    await page.emulateMedia({ media: 'print' })
    // Not by its height: to ask for that lays out what is folded, too.
    const isPrinted = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((it) => it.checkVisibility())
    await open('bad/index.html')
    expect(await isPrinted('.problems > li > div > details > dl')).toBe(true)
    expect(await isPrinted('.problems pre[tabindex]')).toBe(false)
    await open('several/index.html')
    await page.evaluate(`for (const it of document.querySelectorAll('.fold')) it.open = false`)
    expect(await isPrinted('.fold table')).toBe(true)
  })

  it('a matrix leads to the evidence', async () => {
    await open('several/index.html')
    await page.locator('a.chip.violates').first().click()
    expect(await heading()).toContain('cnn.conv2d.forward')
  })

  it('clauses are found by words of their titles and by verdict', async () => {
    await open('bad/index.html')
    const shown = () => page.locator('.cells li:visible').count()
    expect(await shown()).toBe(2)
    await page.getByLabel('Find').fill('stage cost')
    expect(await shown()).toBe(1)
    expect(await page.locator('table.clauses tbody tr:visible').count()).toBe(1)
    await page.getByLabel('Verdict').selectOption('violates')
    expect(await shown()).toBe(0)
    await page.getByLabel('Find').fill('')
    expect(await shown()).toBe(1)
    await page.getByLabel('Verdict').selectOption('')
    await page.getByLabel('Order').selectOption('worst first')
    const first = page.locator('table.clauses tbody tr').first()
    expect(await first.locator('.chip').textContent()).toBe('violates')
    expect(problems).toEqual([])
  })

  const kinds = [
    ...['good', 'bad', 'narrow', 'broken', 'several'].map((site) => `${site}/index.html`),
    ...['good', 'bad', 'narrow'].map((site) => `${site}/clauses/cnn.conv2d.forward.html`),
    ...['broken/clauses/resnet.block.forward.html', 'narrow/clauses/resnet.block.forward.html'],
    'several/coverage.html',
    'several/clauses/cnn.conv2d.forward.html',
    ...['errata', 'notes', 'notation', 'coverage', 'faults', 'findings', 'experiments'].map(
      (kind) => `good/${kind}.html`,
    ),
  ]
  it.each(kinds)('no page is wider than a phone: %s', async (path) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(path)
    await page.evaluate(unfold)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })

  it.each(kinds)('has the styles of all that it shows: %s', async (path) => {
    await open(path)
    await page.evaluate(unfold)
    const sheet = styles + codeStyles
    const missing = await page.evaluate(`(${rulesThatApplyElsewhere})(${JSON.stringify(sheet)})`)
    expect(missing).toEqual([])
  })

  it.each(kinds)('axe finds nothing on %s, in light and dark', async (path) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await open(path)
      await page.evaluate(unfold)
      await page.evaluate(axe.source)
      const only = colorScheme === 'dark' ? `{ runOnly: ['color-contrast'] }` : '{}'
      const found = await page.evaluate(`axe.run(document, ${only}).then(({ violations }) =>
        violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes[0].html.slice(0, 200)))`)
      expect(found, `${path}, ${colorScheme}`).toEqual([])
    }
    await page.emulateMedia({ colorScheme: null })
  })
})
