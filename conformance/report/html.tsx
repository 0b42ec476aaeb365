import { render } from 'preact-render-to-string'
import { clauseById } from '../../spec/index.ts'
import { notesLines } from '../cite/lines.ts'
import { Formula, Prose, Terms } from './markup.tsx'
import type { ClauseReport, PropertyReport, Report } from './model.ts'
import { styles } from './styles.ts'
import { rowsOf } from './terminal.ts'
import { figure, gist, plural } from './text.ts'

/** The report as one page that needs nothing else: no scripts, no files beside it, no network. */
export function pageOf(report: Report): string {
  return `<!doctype html>\n${render(<Page report={report} />)}\n`
}

function Page({ report }: { report: Report }) {
  const { environment, clauses } = report
  const { name, version } = environment.implementation
  const failing = clauses.filter(({ verdict }) => verdict !== 'conforms')
  const passing = clauses.filter(({ verdict }) => verdict === 'conforms')
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${name} ${version}: conformance`}</title>
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body>
        <h1>
          {name} {version} <span class="on">on {environment.device}</span>
        </h1>
        <Headline report={report} />
        <Figures report={report} />
        {failing.length > 0 && <h2>What does not conform</h2>}
        {failing.map((clause) => (
          <ClauseSection clause={clause} open />
        ))}
        {passing.length > 0 && <h2>What conforms</h2>}
        {passing.map((clause) => (
          <ClauseSection clause={clause} />
        ))}
        <h2>How to run it again</h2>
        <Surroundings report={report} />
      </body>
    </html>
  )
}

function Headline({ report: { summary, clauses } }: { report: Report }) {
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const all = conforming === clauses.length
  return (
    <p class={all ? 'headline conforms' : 'headline violates'}>
      {all
        ? `All ${plural(summary.clauses, 'clause')} conform`
        : `${figure(conforming)} of ${plural(summary.clauses, 'clause')} conform`}
    </p>
  )
}

function Figures({ report: { summary } }: { report: Report }) {
  const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`
  const figures: readonly (readonly [string, string])[] = [
    ['properties conform', share(summary.conforms, summary.properties)],
    ['cases', figure(summary.cases)],
    ['faults noticed', share(summary.faultsKilled, summary.faults)],
    ['classes reached', share(summary.classesReached, summary.classes)],
    ['of a bound used up, at most', figure(summary.worstUtilization)],
    ['lines of the notes', share(summary.noteLinesAccounted, summary.noteLines)],
  ]
  return (
    <ul class="figures">
      {figures.map(([name, value]) => (
        <li>
          <strong>{value}</strong> {name}
        </li>
      ))}
    </ul>
  )
}

function ClauseSection({ clause, open = false }: { clause: ClauseReport; open?: boolean }) {
  const about = clauseById(clause.id)
  return (
    <details id={clause.id} open={open}>
      <summary>
        <span class={`verdict ${clause.verdict}`}>{clause.verdict}</span>
        <code>{clause.id}</code>
        <span class="title">{clause.title}</span>
      </summary>
      {about && (
        <>
          <p>
            <Prose text={about.statement} />
          </p>
          <Formula latex={about.formula} block />
          <p class="source">
            {[
              ...(about.source.notes.length > 0 ? [notesLines(about.source.notes)] : []),
              ...about.source.publications.map(({ title, where }) => `${title}, ${where}`),
            ].join('; ')}
          </p>
          {about.errata.map((erratum) => (
            <p class="erratum">
              <strong>{erratum.id}</strong> The notes say: <Prose text={erratum.says} />{' '}
              Counterexample: <Prose text={erratum.counterexample} /> Right:{' '}
              <Prose text={erratum.correction} />
            </p>
          ))}
        </>
      )}
      {!clause.tested && (
        <p class="violates">No fault was noticed here, so this clause is not tested.</p>
      )}
      {clause.properties.map((property) => (
        <PropertyBlock property={property} />
      ))}
    </details>
  )
}

function PropertyBlock({ property }: { property: PropertyReport }) {
  const { verdict, faults } = property
  return (
    <div class="property">
      <p>
        <span class={`verdict ${verdict.outcome}`}>{verdict.outcome}</span> {property.title}
      </p>
      {verdict.outcome === 'conforms' ? (
        <p class="gist">
          {gist(verdict)}; notices {plural(faults.filter(({ killed }) => killed).length, 'fault')}
        </p>
      ) : (
        <Terms rows={rowsOf(verdict)} />
      )}
      {'replay' in verdict && verdict.replay && <pre>{verdict.replay}</pre>}
    </div>
  )
}

function Surroundings({ report: { environment, summary } }: { report: Report }) {
  const { proof, commit } = environment
  return (
    <Terms
      rows={[
        ['seed', environment.seed],
        ['cases a property', figure(environment.runs)],
        ['precision', `${environment.precision}, accuracy ${environment.profile}`],
        ...(proof
          ? ([['seen to run', `${proof.kernels.join(', ')}, in ${proof.residence}`]] as const)
          : []),
        ['touchstone', `${environment.touchstone}${commit ? `, commit ${commit}` : ''}`],
        ['Node', environment.node],
        ['platform', environment.platform],
        ['processor', `${environment.processor}, ${plural(environment.cores, 'core')}`],
        ...Object.entries(environment.versions),
        ['started', environment.startedAt],
        ['took', `${summary.seconds.toFixed(1)} s`],
      ]}
    />
  )
}
