import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { conforming, violating } from '../fixtures/sample-reports.ts'
import * as pages from './site.tsx'
import { write, writeAll } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-check-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the first page of a site links to the page that checks a browser, which stays where it was put', async () => {
  const [good, bad] = [await conforming(), await violating()]
  const first = (site: string) => readFileSync(join(folder, site, 'index.html'), 'utf8')
  for (const [site, reports] of [
    ['one', [good]],
    ['several', [good, bad]],
  ] as const) {
    writeAll(reports, join(folder, site), pages)
    expect(first(site)).not.toContain('check.html')
    const file = join(folder, site, 'check.html')
    writeFileSync(file, '<meta name="generator" content="touchstone page"/>')
    writeAll(reports, join(folder, site), pages)
    expect(first(site)).toContain('<a href="check.html">Check your own browser</a>')
    expect(existsSync(file)).toBe(true)
  }
  write(good, join(folder, 'one'), null)
  expect(existsSync(join(folder, 'one/check.html'))).toBe(true)
})
