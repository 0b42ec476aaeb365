import { figure, plural, visible } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { aidInWords, groupsOf } from './first-aid.ts'
import { clausePath, onDevice, page } from './layout.tsx'
import { Chip, Terms } from './markup.tsx'
import { Overview } from './overview.tsx'
import { KnownNote, ProblemCase } from './property.tsx'
import { withoutResult } from './silence.ts'
import { timeIn } from './time.ts'
import { declinesIn, othersIn, scopeNote, totalsOf } from './totals.ts'

/** The front page: how it went at a glance, what does not conform and why, then every clause. */
export function indexPage(report: Report): string {
  const { environment, clauses } = report
  const { name, version } = environment.implementation
  const problems = problemsOf(report)
  const silent = withoutResult(report)
  const short = suiteProblems(report)
  return page(
    {
      title: `${name} ${version}: conformance`,
      filters: clauses.some(({ verdict }) => verdict !== 'unsupported'),
    },
    <>
      <h1>
        {name} {version} <span class="on">{settingOf(environment)}</span>
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
      {problems.length > 0 && (
        <ol class="problems">
          {problems.map((problem) => (
            <Distinct problem={problem} />
          ))}
        </ol>
      )}
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
      <h2 id="clauses">{plural(clauses.length, 'clause')}</h2>
      <Overview clauses={clauses} />
      <h2 id="evidence">Evidence</h2>
      <Evidence report={report} />
      <h2 id="environment">How to run it again</h2>
      <Surroundings report={report} />
    </>,
  )
}

/** On what it was checked, how, and when. */
function settingOf({ device, precision, startedAt }: Report['environment']): string {
  return `${onDevice(device)}, ${precision}, ${startedAt.slice(0, 10)}`
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
  const problems = problemsOf(report).length
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
        {problems > 0 && `; ${plural(problems, 'distinct problem')}`}
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

type Figure = readonly [value: string, name: string]

const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`

/** What a glance is for; the rest of the evidence is below. */
function Figures({ report }: { report: Report }) {
  const { summary } = report
  const { properties } = totalsOf(report)
  const names = ['properties conform', ...othersIn(report)].join(', ')
  return (
    <FigureList
      figures={[
        [share(properties.conforming, properties.of), names],
        [figure(summary.cases), 'cases'],
        [share(summary.faultsKilled, summary.faults), 'faults noticed'],
        [figure(summary.worstUtilization), 'of a bound used up, at most'],
      ]}
    />
  )
}

function FigureList({ figures }: { figures: readonly Figure[] }) {
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

function Evidence({ report: { summary } }: { report: Report }) {
  const declined = (count: number) => (count === 0 ? '' : `, ${figure(count)} declined`)
  const sizes = Object.values(summary.largestSizes).flatMap((ofAxes) => Object.values(ofAxes))
  const figures: readonly Figure[] = [
    [
      share(summary.classesReached, summary.classes),
      `classes of cases reached${declined(summary.classesDeclined)}`,
    ],
    [
      share(summary.pairsReached, summary.pairs),
      `pairs of choices that met in a case${declined(summary.pairsDeclined)}`,
    ],
    [figure(Math.max(0, ...sizes)), 'the largest size of an axis'],
    [figure(summary.open), 'cases more that do not count, since their bounds say nothing'],
    [
      share(summary.writtenLinesAccounted, summary.writtenLines),
      'written lines of the notes accounted for',
    ],
  ]
  return <FigureList figures={figures} />
}

/** A problem that is told once, in two lines: what is wrong, and where it shows; folded, its smallest case. */
function Distinct({ problem }: { problem: Problem }) {
  const { outcome, operation, says, clauses, properties, cases, smallest } = problem
  const { id } = smallest.property
  const first = id.slice(0, id.indexOf('/'))
  const others = clauses.filter((each) => each !== first)
  return (
    <li>
      <Chip outcome={outcome} />
      <div>
        <h3>
          {operation !== null && <code>{operation}</code>} {visible(says)}
        </h3>
        <p>
          <a href={clausePath(first)}>{first}</a>
          {others.length > 0 && ` and ${plural(others.length, 'other clause')}`},{' '}
          {plural(properties.length, 'property', 'properties')}, {plural(cases, 'case')}
        </p>
        <details>
          <summary>its smallest case{others.length > 0 && ', and where else it shows'}</summary>
          <ProblemCase problem={problem} />
          {others.length > 0 && (
            <p>
              Also in{' '}
              {others.map((each, position) => (
                <>
                  {position > 0 && ', '}
                  <a href={clausePath(each)}>{each}</a>
                </>
              ))}
              .
            </p>
          )}
        </details>
      </div>
    </li>
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
