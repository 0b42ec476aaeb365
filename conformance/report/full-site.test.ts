import { expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { conforming, violating } from '../fixtures/sample-reports.ts'
import type { Report } from '../suite/model.ts'
import { indexPage } from './index-page.tsx'
import { siteOf } from './site.tsx'
import '../properties/index.ts'

/** A report on every clause, each with the properties of one of them. */
async function onEveryClause(): Promise<Report> {
  const report = await conforming()
  const [one] = report.clauses
  return {
    ...report,
    clauses: clauses.map(({ id, title }) => ({
      ...one!,
      id,
      title,
      properties: one!.properties.map((property) => ({
        ...property,
        id: property.id.replace(one!.id, id),
      })),
    })),
  }
}

it('the pages of all clauses take less than 30 MB and 10 s of a processor', async () => {
  const report = await onEveryClause()
  const before = process.cpuUsage()
  const site = siteOf(report)
  const pages = Object.values(site)
  const { user, system } = process.cpuUsage(before)
  expect(pages.length).toBeGreaterThan(clauses.length)
  expect(pages.reduce((sum, html) => sum + html.length, 0)).toBeLessThan(30e6)
  expect((user + system) / 1e6).toBeLessThan(10)

  // Each link to a place in code has the place there.
  const links = Object.entries(site).flatMap(([path, html]) =>
    [...html.matchAll(/href="\.\.\/(code\/[^"#]+)#([^"]+)"/g)].map(([, to, id]) => ({
      path,
      to,
      id,
    })),
  )
  expect(links.length).toBeGreaterThan(clauses.length)
  const broken = links.filter(({ to, id }) => !site[to!]?.includes(`id="${id}"`))
  expect(broken).toEqual([])
})

it('a megabyte from an implementation does not make a page of one', async () => {
  const report = await violating()
  const flood = `\u202e${'<b>'.repeat(350_000)}`
  const flooded = {
    ...report,
    clauses: report.clauses.map((clause) => ({
      ...clause,
      properties: clause.properties.map((property) => ({
        ...property,
        verdict: { ...property.verdict, reason: flood, diagnosis: null, candidates: [] },
      })),
    })),
  } as Report
  const html =
    indexPage(flooded) + Object.values(siteOf(flooded)).find((it) => it.includes('id="failure"'))
  expect(html).toContain('\\u{202e}&lt;b>&lt;b>')
  expect(html.length).toBeLessThan(600e3)
})
