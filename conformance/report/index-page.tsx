import { figure, plural, visible } from '../base/text.ts'
import type { PropertyReport, Report, ReportedClause } from '../suite/model.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { clausePath, page } from './layout.tsx'
import { Chip, Terms } from './markup.tsx'
import { Counterexample, KnownNote } from './property.tsx'
import { notRunOf, rootsOf } from './terminal.ts'

/** The front page: how it went at a glance, what does not conform and why, then every clause. */
export function indexPage(report: Report): string {
  const { environment, clauses } = report
  const { name, version } = environment.implementation
  const roots = rootsOf(report)
  const notRun = notRunOf(report)
  const problems = suiteProblems(report)
  return page(
    { title: `${name} ${version}: conformance` },
    <>
      <h1>
        {name} {version} <span class="on">on {environment.device}</span>
      </h1>
      <Headline report={report} />
      {environment.mismatch !== null && <p class="bad">{visible(environment.mismatch)}</p>}
      <Figures report={report} />
      <Aid report={report} />
      {problems.length > 0 && (
        <>
          <h2 class="bad">The run itself falls short</h2>
          <ul>
            {problems.map((problem) => (
              <li>{problem}</li>
            ))}
          </ul>
        </>
      )}
      {roots.length > 0 && <h2 id="failures">What does not conform</h2>}
      {roots.map(({ clause, properties, consequences }) => (
        <Failure clause={clause} failing={properties} consequences={consequences} />
      ))}
      {notRun.length > 0 && (
        <>
          <h2 id="not-run">Without a result</h2>
          <ul>
            {notRun.map(([text, count]) => (
              <li>
                {text}: {plural(count, 'property', 'properties')}
              </li>
            ))}
          </ul>
        </>
      )}
      <KnownFailures report={report} />
      <Stale report={report} />
      <h2 id="clauses">{roots.length > 0 ? 'All clauses' : 'Clauses'}</h2>
      <Clauses clauses={clauses} />
      <h2 id="environment">How to run it again</h2>
      <Surroundings report={report} />
    </>,
  )
}

/** What explains that operations are wrong nearly everywhere. */
function Aid({ report: { firstAid = [] } }: { report: Report }) {
  if (firstAid.length === 0) return null
  return (
    <>
      <h2 id="first-aid">First aid</h2>
      <ul>
        {groupsOf(firstAid).map((group) => (
          <li>{visible(aidInWords(group))}</li>
        ))}
      </ul>
    </>
  )
}

function Headline({ report }: { report: Report }) {
  const { summary, clauses } = report
  const conforming = clauses.filter(({ verdict }) => verdict === 'conforms').length
  const text =
    conforming === clauses.length && conforming > 0
      ? `All ${plural(summary.clauses, 'clause')} conform`
      : `${figure(conforming)} of ${plural(summary.clauses, 'clause')} conform`
  const known = report.known?.failing.length ?? 0
  return (
    <p class={`headline ${passes(report) ? 'good' : 'bad'}`}>
      {text}
      {known > 0 && `, ${plural(known, 'property', 'properties')} known to fail`}
    </p>
  )
}

function Figures({ report: { summary } }: { report: Report }) {
  const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`
  const failures = [
    ['violate', summary.violates],
    ['errored', summary.errored],
    ['unstable', summary.unstable],
    ['inconclusive', summary.inconclusive],
    ['interrupted', summary.interrupted],
    ['not run', summary.notRun],
    ['unsupported', summary.unsupported],
  ] as const
  const sizes = Object.values(summary.largestSizes).flatMap((ofAxes) => Object.values(ofAxes))
  const figures: readonly (readonly [string, string])[] = [
    [share(summary.conforms, summary.properties), 'properties conform'],
    ...failures
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [figure(count), `properties ${name}`] as const),
    [figure(summary.cases), 'cases'],
    [figure(summary.open), 'more that do not count, since their bounds say nothing'],
    [share(summary.faultsKilled, summary.faults), 'faults noticed'],
    [share(summary.classesReached, summary.classes), 'classes of cases reached'],
    [share(summary.pairsReached, summary.pairs), 'pairs of choices that met in a case'],
    [figure(Math.max(0, ...sizes)), 'the largest size of an axis'],
    [figure(summary.worstUtilization), 'of a bound used up, at most'],
    [
      share(summary.writtenLinesAccounted, summary.writtenLines),
      'written lines of the notes accounted for',
    ],
  ]
  return (
    <ul class="figures">
      {figures.map(([value, name]) => (
        <li>
          <strong>{value}</strong> {name}
        </li>
      ))}
    </ul>
  )
}

function Failure({
  clause,
  failing,
  consequences,
}: {
  clause: ReportedClause
  failing: readonly PropertyReport[]
  consequences: readonly ReportedClause[]
}) {
  return (
    <section class="failure" id={clause.id}>
      <h3>
        <Chip outcome={clause.verdict} /> <a href={clausePath(clause.id)}>{clause.id}</a>
      </h3>
      <p>{clause.title}</p>
      {failing.map((property, position) => (
        <details open={position === 0}>
          <summary>{property.title}</summary>
          <Counterexample property={property} />
        </details>
      ))}
      {consequences.length > 0 && (
        <p>
          Put down to it:{' '}
          {consequences.map(({ id }, position) => (
            <>
              {position > 0 && ', '}
              <a href={clausePath(id)}>{id}</a>
            </>
          ))}
        </p>
      )}
    </section>
  )
}

function KnownFailures({ report: { known } }: { report: Report }) {
  if (known === null || known.failing.length === 0) return null
  return (
    <>
      <h2 id="known">Known to fail</h2>
      {known.failing.map((entry) => (
        <div>
          <a href={clausePath(entry.property.slice(0, entry.property.indexOf('/')))}>
            {entry.property}
          </a>
          <KnownNote known={entry} />
        </div>
      ))}
    </>
  )
}

function Stale({ report: { known } }: { report: Report }) {
  if (known === null || known.stale.length === 0) return null
  return (
    <>
      <h2 class="warn">Known failures that are out of date</h2>
      <ul>
        {known.stale.map(({ entry, problem }) => (
          <li>
            <code>{entry}</code>: {problem}
          </li>
        ))}
      </ul>
    </>
  )
}

function Clauses({ clauses }: { clauses: readonly ReportedClause[] }) {
  const areas = [...new Set(clauses.map(({ id }) => areaOf(id)))]
  return (
    <>
      {areas.map((area) => {
        const own = clauses.filter(({ id }) => areaOf(id) === area)
        return (
          <>
            <h3 id={area}>{area}</h3>
            <ul class="clauses">
              {own.map((clause) => (
                <li>
                  <Chip outcome={clause.verdict} />
                  <span>
                    <a href={clausePath(clause.id)}>{clause.id}</a>{' '}
                    <span class="count">{countsOf(clause)}</span>
                    <span class="about">{clause.title}</span>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )
      })}
    </>
  )
}

function countsOf({ properties, tested }: ReportedClause): string {
  const cases = properties.reduce(
    (sum, { verdict }) => sum + ('cases' in verdict ? verdict.cases : 0),
    0,
  )
  const parts = [plural(properties.length, 'property', 'properties'), plural(cases, 'case')]
  return [...parts, ...(tested ? [] : ['not tested'])].join(', ')
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}

function Surroundings({ report: { environment, summary } }: { report: Report }) {
  const { proof, commit } = environment
  return (
    <Terms
      rows={[
        ['seed', environment.seed],
        ['cases a property', figure(environment.runs)],
        ['precision', `${environment.precision}, accuracy ${environment.profile}`],
        ...(environment.levels.length > 0
          ? ([['levels', environment.levels.join(', ')]] as const)
          : []),
        ...Object.entries(environment.conventions).map(
          ([what, choice]) => [`convention: ${what}`, choice] as const,
        ),
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
