import { clauseById } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { mapValues } from '../base/records.ts'
import type { Report, ReportedClause } from '../suite/model.ts'
import { Code } from './code.tsx'
import { codePages } from './code-page.tsx'
import { clausePath, page } from './layout.tsx'
import { Statement } from './statement.tsx'

/** What the runs of a site have in common: formulas and code, a page for each clause of any of them. */
export function sharedPages(
  reports: readonly Report[],
  folders: readonly string[],
): Readonly<Record<string, string>> {
  const ids = new Set(reports.flatMap(({ clauses }) => clauses.map(({ id }) => id)))
  const clauses = [...ids].flatMap((id) => clauseById(id) ?? [])
  const pages = {
    ...Object.fromEntries(clauses.map((clause) => [clausePath(clause.id), sharedPage(clause)])),
    ...codePages(clauses),
  }
  return mapValues(pages, (html) => within(folders[0]!, html))
}

/** What the folder of each run has and these pages link to: as far as they do, it is the same in all. */
function within(folder: string, html: string): string {
  return html.replace(
    /href="\.\.\/((?:errata|notes|notation|faults|experiments)\.html)/g,
    `href="../${folder}/$1`,
  )
}

function sharedPage(clause: Clause): string {
  return page(
    { title: clause.id, single: false },
    <>
      <h1>
        {clause.id} <span class="on">{clause.title}</span>
      </h1>
      <p class="dim">
        What it says, and the code that computes it; how each run came out is on the page of{' '}
        <a href="../index.html">all runs</a>.
      </p>
      <p class="jumps">
        <a href="#formula">Formula</a> <a href="#code">Code</a>
      </p>
      <Statement clause={clause} />
      <Code clause={clause} />
    </>,
  )
}

/** Whether one run has something of its own to say of a clause. */
export const isOwn = ({ verdict }: ReportedClause): boolean =>
  verdict !== 'unsupported' && verdict !== 'declined'

/** A page of one of several runs: what it has no page of its own for is the one that all share. */
export function amongMany(
  path: string,
  html: string,
  own: Readonly<Record<string, string>>,
): string {
  const top = path.includes('/') ? '../../' : '../'
  return html
    .replace(/href="((?:\.\.\/)?)((?:clauses|code)\/[^"#]+)/g, (link, up: string, to: string) =>
      to in own ? link : `href="${up}../${to}`,
    )
    .replace('<b>Touchstone</b>', (name) => `${name}<a href="${top}index.html">All runs</a>`)
}

/** A page about several runs: what one of them has no page of its own for is the one that all share. */
export function aboutMany(html: string, own: ReadonlySet<string>): string {
  return html.replace(/href="([^"#/]+)\/(clauses\/[^"#]+)/g, (link, folder: string, to: string) =>
    own.has(`${folder}/${to}`) ? link : `href="${to}`,
  )
}
