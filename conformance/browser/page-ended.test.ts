/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { figure } from '../base/text.ts'
import { noBrowser } from '../fixtures/chromium.ts'
import { done, Pages, reportOf, start, without } from '../fixtures/pages.ts'
import type { Underway } from '../suite/underway.ts'
import { pageHtml } from './build.ts'
import { type Settings, usual } from './settings.ts'

/** Few and small, but with numbers of all kinds: to the bit, within bounds, laws and rejections. */
const settings: Settings = { ...usual, clauses: 'cnn.flatten*,cnn.pool.avg', runs: 12 }

describe.skipIf(noBrowser)(
  `a run in a page that something ends${noBrowser ? ` (skipped: ${noBrowser})` : ''}`,
  () => {
    let pages: Pages

    beforeAll(async () => {
      pages = await Pages.of(await pageHtml())
    })
    afterAll(() => pages?.close())
    afterEach(() => expect(pages.problems).toEqual([]))
    const opened = (asked: Settings) => pages.opened(asked)
    /** One for whose worker a millisecond goes by whenever it looks at the time, however fast the machine is. */
    const openedByCalls = async (asked: Settings) => {
      const page = await opened(asked)
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      await worker.evaluate(() => {
        let calls = 0
        performance.now = () => calls++
      })
      return page
    }

    it('goes on where it was after it was closed, and comes to the same report', async () => {
      const asked = { ...settings, clauses: 'cnn.pool*', runs: 3, seed: 5 }
      const first = await opened(asked)
      await start(first)
      await first.locator('.clauses li').nth(1).waitFor({ state: 'attached' })
      await first.close()
      const second = await opened(asked)
      await start(second)
      await second.getByText(/took up where it was/).waitFor()
      await done(second)
      const resumed = await reportOf(second)
      await start(second)
      await done(second)
      expect(await second.getByText(/took up where it was/).count()).toBe(0)
      expect(without(resumed, 'seconds')).toEqual(without(await reportOf(second), 'seconds'))
      await second.close()
    })

    it('goes on with the time that is left after it was closed', async () => {
      const limit = 20
      const asked = { ...settings, clauses: 'cnn.pool*', runs: 3000, seconds: limit }
      const first = await openedByCalls(asked)
      await start(first)
      await expect
        .poll(async () => (await keptOf(first, limit)).seconds, { timeout: 60_000 })
        .toBeGreaterThan(limit / 2)
      await first.getByRole('button', { name: 'Pause' }).click()
      await first.getByText(/^Paused: /).waitFor()
      await first.waitForTimeout(300)
      const { seconds, cases } = await keptOf(first, limit)
      await first.close()

      // With other settings it is another run.
      const other = await openedByCalls({ ...asked, seconds: limit + 1 })
      await start(other)
      await other.locator('progress').waitFor()
      expect(await other.getByText(/took up where it was/).count()).toBe(0)
      await other.getByRole('button', { name: /^Stop/ }).click()
      await done(other)
      await other.close()

      const second = await openedByCalls(asked)
      await start(second)
      const all = Object.values(cases).reduce((sum, its) => sum + its)
      await second
        .getByText(`closed: ${figure(all)} cases tried in ${Math.ceil(seconds)} of 20 seconds.`)
        .waitFor()
      await done(second)
      const report = await reportOf(second)
      expect(report.summary.violates + report.summary.errored).toBe(0)
      // In the end there is something to do that no time is taken for.
      expect(report.summary.seconds).toBeGreaterThanOrEqual(limit)
      expect(report.summary.seconds).toBeLessThan(limit + 5)
      const counts = report.clauses.flatMap(({ properties }) =>
        properties.map(({ id, verdict }) => [id, 'cases' in verdict ? verdict.cases : 0] as const),
      )
      for (const [id, count] of counts) expect(count).toBeGreaterThanOrEqual(cases[id] ?? 0)
      expect(await keptOf(second, limit)).toEqual({ seconds: 0, cases: {} })
      await second.close()
    })

    it('is forgotten when it was left for more than a month, and another one begins', async () => {
      const limit = 600
      const left = await openedByCalls({ ...settings, clauses: 'cnn.pool*', seconds: limit })
      await start(left)
      const secondsKept = async (page: Page) => (await keptOf(page, limit)).seconds
      await expect.poll(() => secondsKept(left), { timeout: 60_000 }).toBeGreaterThan(0)
      await left.close()

      const another = async (days: number) => {
        const page = await opened({ ...settings, clauses: 'cnn.flatten', runs: 3 })
        await page.evaluate((later) => {
          const { now } = Date
          Date.now = () => now() + later
        }, days * 86_400_000)
        await start(page)
        await done(page)
        const seconds = await secondsKept(page)
        await page.close()
        return seconds
      }
      expect(await another(29)).toBeGreaterThan(0)
      expect(await another(31)).toBe(0)
    })

    it('survives the loss of its GPU', async () => {
      const page = await opened({
        ...settings,
        subject: 'touchstone:webgpu',
        clauses: 'cnn.flatten',
      })
      // It was begun with the page, or is about to be.
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      await worker.evaluate(() => {
        const { prototype } = (globalThis as never as Record<string, { prototype: Lending }>)
          .GPUAdapter!
        const { requestDevice } = prototype
        let asked = 0
        prototype.requestDevice = async function (...words) {
          const device = await requestDevice.apply(this, words)
          if (asked++ === 0) setTimeout(() => device.destroy(), 1500)
          Object.assign(globalThis, { asked })
          return device
        }
      })
      await start(page)
      await done(page)
      const report = await reportOf(page)
      await page.close()
      expect(report.environment.device).toContain('SwiftShader')
      const verdicts = report.clauses.flatMap(({ properties }) =>
        properties.map((it) => it.verdict),
      )
      expect(verdicts.filter(({ outcome }) => outcome !== 'conforms')).toEqual([])
    })

    it('survives the loss of its context of WebGL', async () => {
      const asked = { ...settings, subject: 'touchstone:webgl', clauses: 'cnn.flatten', runs: 6 }
      const page = await opened(asked)
      const said: string[] = []
      page.on('console', (message) => void said.push(message.text()))
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      await worker.evaluate(() => {
        const { prototype } = WebGL2RenderingContext
        const { drawElements } = prototype
        let drawn = 0
        prototype.drawElements = function (...words) {
          if (++drawn === 20) {
            this.getExtension('WEBGL_lose_context')!.loseContext()
            console.log('the context is gone')
          }
          return drawElements.apply(this, words)
        }
      })
      await start(page)
      await done(page)
      const report = await reportOf(page)
      await page.close()
      expect(said).toContain('the context is gone')
      expect(report.environment.device).toContain('SwiftShader')
      const verdicts = report.clauses.flatMap(({ properties }) =>
        properties.map((it) => it.verdict),
      )
      expect(verdicts.filter(({ outcome }) => outcome !== 'conforms')).toEqual([])
    })
  },
)

interface Lending {
  requestDevice(...words: unknown[]): Promise<{ destroy(): void }>
}

/** What the browser keeps of a run by its limit: the time that it took, and how many cases of each property it tried. */
const keptOf = (page: Page, limit: number) =>
  page.evaluate(
    (limit) =>
      new Promise<{ seconds: number; cases: Record<string, number> }>((resolve) => {
        const opening = indexedDB.open('touchstone')
        opening.onsuccess = () => {
          const { result: database } = opening
          const kept = { seconds: 0, cases: {} as Record<string, number> }
          const reading = database.transaction('parts').objectStore('parts').openCursor()
          reading.onsuccess = () => {
            const { result: cursor } = reading
            if (cursor === null) {
              database.close()
              return resolve(kept)
            }
            const [run, name, id] = cursor.key as [string, string, string]
            if (run.includes(`"seconds":${limit}}`)) {
              if (name === 'seconds') kept.seconds = cursor.value.value
              const { checking = null }: Partial<Underway> = cursor.value.value
              if (checking !== null) kept.cases[id] = checking.examinations[0]!.tally.cases
            }
            cursor.continue()
          }
        }
      }),
    limit,
  )
