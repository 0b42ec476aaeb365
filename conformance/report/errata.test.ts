import { describe, expect, it } from 'vitest'
import { clauseById } from '../../spec/index.ts'
import { conforming } from '../fixtures/sample-reports.ts'
import { clausePage } from './clause-page.tsx'
import { errataPage } from './errata-page.tsx'

describe('the page of errata', () => {
  it('has the outcome of each counterexample in this run, and what it was told from', async () => {
    const html = errataPage(await conforming())
    const [section = ''] = /<section id="E-01">.*?<\/section>/.exec(html) ?? []
    expect(section).toContain('<span class="chip conforms">conforms</span> in this run')
    expect(section).toContain('href="clauses/cnn.conv2d.forward.html#E-01"')
    expect(section).toMatch(/Noticed, after \d+ cases?: /)
    const [other = ''] = /<section id="E-16">.*?<\/section>/.exec(html) ?? []
    expect(other).toContain('Its counterexample was not tried in this run.')
  })

  it('says where a mistake survived its counterexample', async () => {
    const report = await conforming()
    const clauses = report.clauses.map((clause) => ({
      ...clause,
      properties: clause.properties.map((property) => ({
        ...property,
        faults: property.faults.map((fault) => ({ ...fault, killed: false, cases: 100 })),
      })),
    }))
    expect(errataPage({ ...report, clauses })).toContain('Not noticed, in 100 cases: ')
  })
})

describe('a citation', () => {
  it('says whether the publication was read, and where it was not', async () => {
    const report = await conforming()
    const html = clausePage(report.clauses[0]!, report)
    expect(clauseById(report.clauses[0]!.id)!.source.publications[0]).toMatchObject({
      where: 'equation 9.7',
    })
    expect(html).toMatch(/equation 9\.7 <small class="dim">\(checked: read in [^<]+\)<\/small>/)
    const unread = { ...report.clauses[0]!, id: 'cnn.activation.elementwise' } as const
    expect(clausePage(unread, report)).toContain(
      'section 2 <small class="warn">(not checked against the publication)',
    )
  })
})
