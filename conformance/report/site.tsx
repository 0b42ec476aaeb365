import { render } from 'preact-render-to-string'
import { clauseById } from '../../spec/index.ts'
import { mapValues } from '../base/records.ts'
import { suiteCommit } from '../base/runtime.ts'
import { version } from '../base/touchstone.ts'
import type { Matrix, Report } from '../suite/model.ts'
import { clausePage } from './clause-page.tsx'
import { codePages } from './code-page.tsx'
import { coveragePage } from './coverage-page.tsx'
import { errataPage } from './errata-page.tsx'
import { experimentsPage } from './experiments-page.tsx'
import { faultsPage } from './faults-page.tsx'
import { findingsPage } from './findings-page.tsx'
import { indexPage } from './index-page.tsx'
import { clausePath } from './layout.tsx'
import { suiteName } from './lines.ts'
import { matrixPage } from './matrix-page.tsx'
import { named } from './named.ts'
import { notationPage } from './notation-page.tsx'
import { notesPage } from './notes-page.tsx'
import { aboutMany, amongMany, isOwn, sharedPages } from './shared-pages.tsx'

/** The pages of a site, by path. Each stands alone; one links to the other by relative paths. */
export type Pages = Readonly<Record<string, string>>

/** The pages that every site has. */
const pages: Readonly<Record<string, (report: Report) => string>> = {
  'index.html': indexPage,
  'errata.html': errataPage,
  'notes.html': notesPage,
  'notation.html': notationPage,
  'coverage.html': (report) => coveragePage([{ report, folder: '' }]),
  'faults.html': faultsPage,
  'findings.html': (report) => findingsPage(report),
  'experiments.html': (report) => experimentsPage(report),
}

/**
 * The site of one report: the front page has all that fails; a page a clause has the evidence. One of several has
 * pages of clauses that it judged alone, and code where it fails; all else it shares with the others.
 */
export function siteOf(whole: Report, isOneOfMany = false): Pages {
  const report = {
    ...named(whole),
    clauses: whole.clauses.filter(({ id }) => clauseById(id) !== undefined),
  }
  const notice = noticeOf(whole)
  const own = pagesOf(report, isOneOfMany)
  return Object.fromEntries(
    Object.entries(own).map(([path, html]) => {
      const noted = html.replace('<main>', (main) => main + notice)
      return [path, isOneOfMany ? amongMany(path, noted, own) : noted]
    }),
  )
}

/**
 * Formulas and code are those of this suite: where another one made the report, every page says so, since a
 * verdict is on what that one asked for.
 */
function noticeOf(report: Report): string {
  const { touchstone, commit } = report.environment
  const present = { touchstone: version, commit: suiteCommit() }
  if (touchstone === present.touchstone && commit === present.commit) return ''
  const unknown = report.clauses.map(({ id }) => id).filter((id) => clauseById(id) === undefined)
  return render(
    <p class="warn">
      The verdicts are those of Touchstone {suiteName(report.environment)}; formulas and code are
      shown as they are in {suiteName(present)}.
      {unknown.length > 0 && ` That one has no ${unknown.join(', ')}.`}
    </p>,
  )
}

function pagesOf(report: Report, isOneOfMany: boolean): Pages {
  const common = mapValues(pages, (make) => make(report))
  const clauses = report.clauses.filter((clause) => !isOneOfMany || isOwn(clause))
  const own = clauses.map((clause) => {
    const isElsewhere = isOneOfMany && clause.verdict === 'conforms'
    return [clausePath(clause.id), clausePage(clause, report, isElsewhere)] as const
  })
  const code = isOneOfMany
    ? {}
    : codePages(report.clauses.flatMap(({ id }) => clauseById(id) ?? []))
  return { ...common, ...Object.fromEntries(own), ...code }
}

/** One page of the site of a report, by its path; `null` where there is none. */
export function pageOf(report: Report, path: string): string | null {
  const clause = report.clauses.find(({ id }) => clausePath(id) === path)
  if (clause !== undefined) return clausePage(clause, named(report))
  return Object.hasOwn(pages, path) ? pages[path]!(named(report)) : null
}

/** The front page of several reports, whose sites lie in folders beside it, and what these have in common. */
export function matrixSite(whole: Matrix, folders: readonly string[]): Pages {
  const matrix = { ...whole, reports: whole.reports.map(named) }
  const runs = matrix.reports.map((report, at) => ({ report, folder: `${folders[at]}/` }))
  const own = new Set(
    runs.flatMap(({ report, folder }) =>
      report.clauses.filter(isOwn).map(({ id }) => folder + clausePath(id)),
    ),
  )
  return {
    'index.html': aboutMany(matrixPage(matrix, folders), own),
    'coverage.html': aboutMany(coveragePage(runs), own),
    'findings.html': findingsPage(null),
    ...sharedPages(matrix.reports, folders),
  }
}
