/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { oursOn } from '../adapters/ours.ts'
import { root } from '../base/root.ts'
import { excerptOf } from '../cite/excerpt.ts'
import { definitionOf, propertiesOf, statementOf } from '../cite/places.ts'
import { noBrowser } from '../fixtures/chromium.ts'
import { touchstoneBeside } from '../fixtures/command-line.ts'
import { done, doubling, Pages, reportOf, start, without } from '../fixtures/pages.ts'
import { keptCases } from '../suite/kept-folders.ts'
import type { PropertyReport } from '../suite/model.ts'
import { run } from '../suite/run.ts'
import { problemWith } from '../suite/schema.ts'
import { selectClauses } from '../suite/select.ts'
import { pageHtml } from './build.ts'
import { type Settings, usual } from './settings.ts'

/** Few and small, but with numbers of all kinds: to the bit, within bounds, laws and rejections. */
const globs = 'cnn.flatten*,cnn.pool.avg'
const settings: Settings = { ...usual, clauses: globs, runs: 12 }

type Violated = Extract<PropertyReport['verdict'], { outcome: 'violates' }>

/** The worker that the description of the protocol shows. */
const [, shown = ''] =
  /```js\n(.*?)```/s.exec(readFileSync(join(root, 'conformance/protocol/PROTOCOL.md'), 'utf8')) ??
  []

describe.skipIf(noBrowser)(
  `a page that checks its browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`,
  () => {
    let html: string
    let pages: Pages

    beforeAll(async () => {
      html = await pageHtml()
      pages = await Pages.of(html)
    })
    afterAll(() => pages?.close())
    afterEach(() => expect(pages.problems).toEqual([]))
    const opened = (asked: Settings) => pages.opened(asked)

    it('is less than 2 MB where it is compressed as servers do', () => {
      expect(gzipSync(html).length).toBeLessThan(2_000_000)
    })

    it('comes to its first verdict in less than 2 s of the processor', async () => {
      const page = await opened(usual)
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      // It has read the script by then, as it has when a person has read the page.
      await worker.evaluate(() => {})
      const before = await rendererSeconds(pages.context)
      await start(page)
      await page.locator('.clauses li').first().waitFor({ state: 'attached' })
      expect((await rendererSeconds(pages.context)) - before).toBeLessThan(2)
      await page.close()
    })

    it('says how to get a page with ONNX Runtime, where a link asks one for it that has none', async () => {
      const page = await opened({ ...settings, subject: 'onnxruntime:wasm' })
      const offered = await page.locator('select option').allTextContents()
      expect(offered.filter((words) => words.startsWith('ONNX'))).toEqual([])
      await start(page)
      await page.getByText(/touchstone page page.html --with onnxruntime/).waitFor()
      await page.close()
    })

    it('comes to the same verdicts and utilizations as Node on WebAssembly', async () => {
      const page = await opened(settings)
      await start(page)
      await done(page)
      const report = await reportOf(page)
      await page.close()
      expect(problemWith('report', report)).toBeNull()
      expect(report.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(report.environment.runtime).toMatch(/^Chromium \d/)
      expect(report.environment).not.toHaveProperty('node')
      const { implementation } = await oursOn('wasm')
      const here = await run({
        ...{ implementation, runs: settings.runs, seed: settings.seed, seconds: null },
        clauses: selectClauses(clauses, [globs]),
        kept: keptCases([]).kept,
        onProgress() {},
      })
      // The functions of another version of V8 may differ in a last digit of what is no verdict.
      expect(without(report, 'seconds', 'floor')).toEqual(without(here, 'seconds', 'floor'))
    })

    it('shows a mistake of a module that was dropped with its smallest case', async () => {
      const page = await opened({ ...settings, clauses: 'cnn.flatten*' })
      await page
        .locator('form')
        .dispatchEvent('drop', { dataTransfer: await carrying(page, doubling) })
      await start(page)
      await done(page)
      const failure = page.locator('.failure', { hasText: 'cnn.flatten' }).first()
      // A smallest element keeps its sign.
      const told = await failure.locator('.case').first().innerText()
      expect(told).toMatch(/expected\s+(?<sign>-?)1\s+got\s+\k<sign>2/)
      const inFrame = page.frameLocator('iframe')
      await inFrame.getByRole('link', { name: 'Errata' }).first().click()
      await inFrame
        .getByRole('heading', { name: /errata/i })
        .first()
        .waitFor()
      await inFrame.getByRole('link', { name: 'Overview' }).first().click()
      await inFrame.getByRole('link', { name: 'cnn.flatten', exact: true }).first().click()
      await inFrame.getByRole('heading', { level: 1, name: 'cnn.flatten' }).waitFor()
      const code = await inFrame.locator('pre.code code').allTextContents()
      const trees = ['spec', 'reference', 'impl'] as const
      for (const place of [
        statementOf('cnn.flatten'),
        ...trees.map((tree) => definitionOf('cnn.flatten', tree)),
        ...propertiesOf('cnn.flatten'),
      ]) {
        expect(code).toContain(excerptOf(place!))
      }
      await page.close()
    })

    it('gives a link that asks for the same again, and cases that the command line tries again', async () => {
      const page = await opened(usual)
      const field = (of: Page, name: string) => of.locator(`input[name=${name}]`)
      await page.locator('input[type=file]').setInputFiles(doubling)
      for (const [name, value] of [
        ['clauses', 'cnn.flatten'],
        ['runs', '7'],
        ['seed', '11'],
      ] as const) {
        await field(page, name).fill(value)
      }
      await start(page)
      await done(page)
      const first = await reportOf(page)
      const link = await page.getByRole('link', { name: /^a link/ }).getAttribute('href')
      await page.getByText(/^Failing cases/).click()
      const [capsule] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('link', {
            name: /^cnn\.flatten\.\w+--exact.*capsule\.json$|^cnn\.flatten--exact/,
          })
          .first()
          .click(),
      ])
      await page.close()

      const again = await opened(usual)
      await again.goto(again.url().replace(/#.*/, link!))
      await expect.poll(() => field(again, 'runs').inputValue()).toBe('7')
      expect(await field(again, 'clauses').inputValue()).toBe('cnn.flatten')
      expect(await field(again, 'seed').inputValue()).toBe('11')
      expect(await again.locator('select').inputValue()).toBe('module')
      await again.locator('input[type=file]').setInputFiles(doubling)
      await start(again)
      await done(again)
      const second = await reportOf(again)
      await again.close()
      expect(second.environment.seed).toBe(11)
      expect(without(second, 'seconds')).toEqual(without(first, 'seconds'))

      const folder = mkdtempSync(join(tmpdir(), 'touchstone-replay-'))
      // As TypeScript, since what that imports is found from here, and there is no package in the folder.
      writeFileSync(join(folder, 'doubling.ts'), doubling.buffer)
      await capsule.saveAs(join(folder, 'case.json'))
      const replayed = async (...who: readonly string[]) => {
        const { stdout } = await touchstoneBeside(['replay', 'case.json', ...who, '--json'], {
          cwd: folder,
        })
        return JSON.parse(stdout)
      }
      const verdict = await replayed('-i', './doubling.ts')
      const its = first.clauses[0]!.properties.find(({ id }) => id.endsWith('/exact'))!.verdict
      expect(verdict).toMatchObject({
        outcome: 'violates',
        difference: (its as Violated).difference,
      })
      expect(await replayed('-d', 'cpu')).toMatchObject({ outcome: 'conforms' })
      rmSync(folder, { recursive: true })
    })

    it('asks a worker that speaks the protocol, as its description shows one', async () => {
      const page = await opened({ ...settings, subject: 'worker', clauses: 'cnn.flatten' })
      const file = {
        name: 'speaker.js',
        mimeType: 'text/javascript',
        buffer: Buffer.from(shown),
      }
      await page.locator('input[type=file]').setInputFiles(file)
      await start(page)
      await done(page)
      const { clauses, environment } = await reportOf(page)
      await page.close()
      expect(environment.implementation).toEqual({ name: 'flattening', version: '1' })
      expect(clauses.map(({ verdict }) => verdict)).toEqual(['conforms'])
    })

    it('pauses, goes on, and stops with a report of what was done', async () => {
      const page = await opened({ ...settings, clauses: 'cnn.pool*', runs: 3000 })
      const cases = () => page.locator('progress').getAttribute('value').then(Number)
      const button = (name: string | RegExp) => page.getByRole('button', { name })
      await start(page)
      await expect.poll(cases, { timeout: 60_000 }).toBeGreaterThan(20)
      await button('Pause').click()
      await page.getByText(/^Paused: /).waitFor()
      // What was asked before is answered first.
      await page.waitForTimeout(300)
      const before = await cases()
      await page.waitForTimeout(700)
      expect(await cases()).toBe(before)
      await button('Go on').click()
      await expect.poll(cases, { timeout: 60_000 }).toBeGreaterThan(before)
      await button('Pause').click()
      await page.getByText(/^Paused: /).waitFor()
      await button(/^Stop/).click()
      await done(page)
      const { summary } = await reportOf(page)
      await page.close()
      expect(summary.conforms).toBeLessThan(summary.clauses)
      expect(summary.violates + summary.errored).toBe(0)
      expect(summary.cases).toBeGreaterThanOrEqual(before)
    })

    it('takes nothing of a limited time for a pause, and tells how much is left', async () => {
      const page = await opened({ ...settings, clauses: 'cnn.pool*', runs: 1e5, seconds: 600 })
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      const button = (name: string | RegExp) => page.getByRole('button', { name })
      /** How many cases were tried, where it says that there are nearly ten minutes. */
      const tried = async () => {
        const standing = (await page.locator('.standing').textContent()) ?? ''
        const [, cases = '0'] =
          /^([\d,]+) of [\d,]+ cases, .* (?:10|9) min left/.exec(standing) ?? []
        return Number(cases.replaceAll(',', ''))
      }
      await start(page)
      await page.locator('.standing').waitFor()
      await expect.poll(tried, { timeout: 60_000 }).toBeGreaterThan(0)
      await button('Pause').click()
      await page.getByText(/^Paused: /).waitFor()
      await page.waitForTimeout(300)
      const before = await tried()
      await worker.evaluate(() => {
        const now = performance.now.bind(performance)
        performance.now = () => now() + 3_600_000
      })
      await button('Go on').click()
      await expect.poll(tried, { timeout: 60_000 }).toBeGreaterThan(before)
      await button(/^Stop/).click()
      await done(page)
      expect((await reportOf(page)).summary.seconds).toBeLessThan(600)
      await page.close()
    })

    it('takes a file that is dropped beside the form, and not even during a run leaves for it', async () => {
      const page = await opened({ ...settings, clauses: 'cnn.pool*', runs: 3000 })
      const drop = async () => {
        const dataTransfer = await carrying(page, doubling)
        return page.evaluate((dataTransfer) => {
          const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
          return !document.querySelector('h1')!.dispatchEvent(event)
        }, dataTransfer)
      }
      await start(page)
      expect(await drop()).toBe(true)
      expect(await page.locator('select').inputValue()).toBe('touchstone:wasm')
      await page.getByRole('button', { name: /^Stop/ }).click()
      await done(page)
      expect(await drop()).toBe(true)
      await expect.poll(() => page.locator('select').inputValue()).toBe('module')
      await page.close()
    })

    it('lets nothing out', async () => {
      const page = await opened(settings)
      const violated = page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) =>
              resolve(event.effectiveDirective),
            )
            fetch('http://127.0.0.1:9/').catch(() => {})
          }),
      )
      expect(await violated).toBe('connect-src')
      await page.close()
    })
  },
)

/** What a person drags who drops a file. */
const carrying = (page: Page, { name, mimeType, buffer }: typeof doubling) =>
  page.evaluateHandle(
    ({ name, type, text }) => {
      const carried = new DataTransfer()
      carried.items.add(new File([text], name, { type }))
      return carried
    },
    { name, type: mimeType, text: buffer.toString('utf8') },
  )

/** How long the processor has worked for pages, in seconds. */
async function rendererSeconds(context: BrowserContext): Promise<number> {
  const devTools = await context.browser()!.newBrowserCDPSession()
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
  await devTools.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}
