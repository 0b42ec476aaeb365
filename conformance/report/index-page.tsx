import { figure, plural, visible } from '../base/text.ts'
import type { Report, ReportedClause } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { clausePath, page } from './layout.tsx'
import { Chip, Terms } from './markup.tsx'
import { KnownNote, ProblemCase } from './property.tsx'
import { withoutResult } from './silence.ts'
import { timeIn } from './time.ts'
import { declinesIn, isPartly, othersIn, scopeNote, totalsOf } from './totals.ts'

/** The front page: how it went at a glance, what does not conform and why, then every clause. */
export function indexPage(report: Report): string {
  const { environment, clauses } = report
  const { name, version } = environment.implementation
  const problems = problemsOf(report)
  const silent = withoutResult(report)
  const short = suiteProblems(report)
  return page(
    { title: `${name} ${version}: conformance` },
    <>
      <h1>
        {name} {version} <span class="on">on {environment.device}</span>
      </h1>
      <Headline report={report} />
      {environment.mismatch !== null && <p class="bad">{visible(environment.mismatch)}</p>}
      <Figures report={report} />
      <Missing report={report} />
      <Aid report={report} />
      {short.length > 0 && (
        <>
          <h2 class="bad">The run itself falls short</h2>
          <ul>
            {short.map((problem) => (
              <li>{problem}</li>
            ))}
          </ul>
        </>
      )}
      {problems.length > 0 && <h2 id="failures">{plural(problems.length, 'distinct problem')}</h2>}
      {problems.map((problem) => (
        <Distinct problem={problem} />
      ))}
      {silent.length > 0 && (
        <>
          <h2 id="not-run">Without a result</h2>
          <ul>
            {silent.map(([text, ids]) => (
              <li>
                {visible(text)}: {plural(ids.length, 'property', 'properties')}, {ids.join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <KnownFailures report={report} />
      <Stale report={report} />
      <h2 id="clauses">{problems.length > 0 ? 'All clauses' : 'Clauses'}</h2>
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
  const { clauses, partly, declinedClauses, otherClauses } = totalsOf(report)
  const { conforming, of } = clauses
  const text =
    conforming === of && conforming > 0
      ? `All ${plural(of, 'clause')} conform`
      : `${figure(conforming)} of ${plural(of, 'clause')} conform`
  const known = report.known?.failing.length ?? 0
  const [declines, time] = [declinesIn(report), timeIn(report)]
  const aside = [
    ...(partly > 0 ? [`${figure(partly)} conform as far as they can be judged`] : []),
    ...(declinedClauses > 0 ? [`${figure(declinedClauses)} are declined`] : []),
    ...(otherClauses > 0 ? [`${figure(otherClauses)} are about what it does not provide`] : []),
  ]
  return (
    <>
      <p class={`headline ${passes(report) ? 'good' : 'bad'}`}>
        {text}
        {scopeNote(report)}
        {known > 0 && `, ${plural(known, 'property', 'properties')} known to fail`}
      </p>
      {time !== null && <p>The time {time}.</p>}
      {declines !== null && <p>It declines {declines}.</p>}
      {aside.length > 0 && <p class="dim">Of all clauses, {aside.join('; ')}.</p>}
    </>
  )
}

/** What is not provided counts for nothing, and is named. */
function Missing({ report }: { report: Report }) {
  const missing = Object.entries(report.environment.operations.missing)
  if (missing.length === 0) return null
  const verb = missing.length === 1 ? 'is' : 'are'
  return (
    <details>
      <summary>
        {plural(missing.length, 'operation')} {verb} not provided
      </summary>
      <Terms rows={missing.map(([id, reason]) => [id, visible(reason)])} />
    </details>
  )
}

function Figures({ report }: { report: Report }) {
  const { summary } = report
  const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`
  const { properties } = totalsOf(report)
  const declined = (count: number) => (count === 0 ? '' : `, ${figure(count)} declined`)
  const sizes = Object.values(summary.largestSizes).flatMap((ofAxes) => Object.values(ofAxes))
  const figures: readonly (readonly [string, string])[] = [
    [
      share(properties.conforming, properties.of),
      ['properties conform', ...othersIn(report)].join(', '),
    ],
    [figure(summary.cases), 'cases'],
    [figure(summary.open), 'more that do not count, since their bounds say nothing'],
    [share(summary.faultsKilled, summary.faults), 'faults noticed'],
    [
      share(summary.classesReached, summary.classes),
      `classes of cases reached${declined(summary.classesDeclined)}`,
    ],
    [
      share(summary.pairsReached, summary.pairs),
      `pairs of choices that met in a case${declined(summary.pairsDeclined)}`,
    ],
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

/** A problem that is told once: where it shows, and its smallest case. */
function Distinct({ problem }: { problem: Problem }) {
  const { outcome, operation, says, clauses, properties, cases, smallest } = problem
  return (
    <section class="failure">
      <h3>
        <Chip outcome={outcome} /> {operation !== null && <code>{operation}</code>} {visible(says)}
      </h3>
      <p>
        {plural(properties.length, 'property', 'properties')} and {plural(cases, 'case')} of{' '}
        {clauses.map((id, position) => (
          <>
            {position > 0 && ', '}
            <a href={clausePath(id)}>{id}</a>
          </>
        ))}
      </p>
      <ProblemCase shown={smallest} />
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

function Clauses({ clauses: all }: { clauses: readonly ReportedClause[] }) {
  const clauses = all.filter(({ verdict }) => verdict !== 'unsupported')
  const others = all.filter(({ verdict }) => verdict === 'unsupported')
  return (
    <>
      <ByArea clauses={clauses} />
      {others.length > 0 && (
        <details>
          <summary>{plural(others.length, 'clause')} about what is not provided</summary>
          <ByArea clauses={others} />
        </details>
      )}
    </>
  )
}

function ByArea({ clauses }: { clauses: readonly ReportedClause[] }) {
  const areas = [...new Set(clauses.map(({ id }) => areaOf(id)))]
  return (
    <>
      {areas.map((area) => {
        const own = clauses.filter(({ id }) => areaOf(id) === area)
        return (
          <>
            <h3>{area}</h3>
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

function countsOf(clause: ReportedClause): string {
  const { properties, tested, verdict } = clause
  const cases = properties.reduce(
    (sum, { verdict }) => sum + ('cases' in verdict ? verdict.cases : 0),
    0,
  )
  const parts = [plural(properties.length, 'property', 'properties'), plural(cases, 'case')]
  const notes = [
    ...(isPartly(clause) ? ['in part'] : []),
    ...(tested || verdict === 'unsupported' ? [] : ['not tested']),
  ]
  return [...parts, ...notes].join(', ')
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
        ['processes', figure(environment.jobs)],
        ...Object.entries(environment.versions),
        ['started', environment.startedAt],
        ['took', `${summary.seconds.toFixed(1)} s`],
      ]}
    />
  )
}
