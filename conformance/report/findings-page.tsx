import { plural } from '../base/text.ts'
import { anchorOf } from '../findings/about.ts'
import type { Finding } from '../findings/finding.ts'
import { findings } from '../findings/index.ts'
import type { Report } from '../suite/model.ts'
import { clausePath, page } from './layout.tsx'
import { Terms } from './markup.tsx'

/**
 * Defects of released libraries, with the smallest case and whether their makers know; in the site of a report,
 * or in one of several, which has no pages of clauses of its own.
 */
export function findingsPage(report: Report | null, all: readonly Finding[] = findings): string {
  const libraries = [...new Set(all.map(({ library }) => library))]
  const inReport = new Set(report?.clauses.map(({ id }) => id))
  return page(
    { title: 'Findings', single: report !== null },
    <>
      {report === null && (
        <p>
          <a href="index.html">Overview</a>
        </p>
      )}
      <h1>Findings</h1>
      <p>
        {all.length === 0
          ? 'No defect of a released library has been recorded so far.'
          : `${plural(all.length, 'defect')} of released libraries, each with the smallest case on which it shows.`}
      </p>
      {libraries.map((library) => (
        <>
          <h2>{library}</h2>
          {all
            .filter((finding) => finding.library === library)
            .map((finding) => (
              <section class="failure" id={anchorOf(finding)}>
                <h3>
                  <code>{finding.call}</code>
                </h3>
                <Terms
                  rows={[
                    ['version', finding.version],
                    [
                      'clause',
                      [finding.clause, ...(finding.alsoIn ?? [])].map((clause, position) => (
                        <>
                          {position > 0 && ', '}
                          {inReport.has(clause) ? (
                            <a href={clausePath(clause)}>{clause}</a>
                          ) : (
                            clause
                          )}
                        </>
                      )),
                    ],
                    ['case', finding.case],
                    ['expected', finding.expected],
                    ['it gives', finding.actual],
                    [
                      'upstream',
                      finding.upstream === null ? (
                        'no report was found'
                      ) : (
                        <>
                          <a href={finding.upstream.link}>{finding.upstream.link}</a>,{' '}
                          {finding.upstream.state}
                        </>
                      ),
                    ],
                  ]}
                />
              </section>
            ))}
        </>
      ))}
    </>,
  )
}
