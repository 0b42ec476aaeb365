import type { Matrix, Report } from '../suite/model.ts'
import { clausePage } from './clause-page.tsx'
import { errataPage } from './errata-page.tsx'
import { experimentsPage } from './experiments-page.tsx'
import { faultsPage } from './faults-page.tsx'
import { findingsPage } from './findings-page.tsx'
import { indexPage } from './index-page.tsx'
import { clausePath } from './layout.tsx'
import { matrixPage } from './matrix-page.tsx'
import { notationPage } from './notation-page.tsx'
import { notesPage } from './notes-page.tsx'

/** The pages of a site, by path. Each stands alone; one links to the other by relative paths. */
export type Pages = Readonly<Record<string, string>>

/** The site of one report: the front page has all that fails; a page a clause has the evidence. */
export function siteOf(report: Report): Pages {
  return {
    'index.html': indexPage(report),
    'errata.html': errataPage(report),
    'notes.html': notesPage(report),
    'notation.html': notationPage(),
    'faults.html': faultsPage(report),
    'findings.html': findingsPage(report),
    'experiments.html': experimentsPage(report),
    ...Object.fromEntries(
      report.clauses.map((clause) => [clausePath(clause.id), clausePage(clause, report)]),
    ),
  }
}

/** The front page of several reports, whose sites lie in folders beside it. */
export function matrixSite(matrix: Matrix, folders: readonly string[]): Pages {
  return { 'index.html': matrixPage(matrix, folders) }
}
