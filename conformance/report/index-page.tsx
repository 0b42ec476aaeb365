import { figure, onDevice, plural, visible } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { Evidence, Figures, Surroundings } from './figures.tsx'
import { aidInWords, groupsOf } from './first-aid.ts'
import { clausePath, page } from './layout.tsx'
import { Terms } from './markup.tsx'
import { Overview } from './overview.tsx'
import { Distinct } from './problem.tsx'
import { KnownNote } from './property.tsx'
import { withoutResult } from './silence.ts'
import { timeIn } from './time.ts'
import { conformingIn, declinesIn, totalsOf } from './totals.ts'
import { Words } from './words.tsx'

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
      <Words />
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
  const { partly, declinedClauses, otherClauses } = totalsOf(report)
  const known = report.known?.failing.length ?? 0
  const problems = problemsOf(report).length
  const [declines, time] = [declinesIn(report), timeIn(report)]
  const aside = [
    ...(partly > 0 ? [`${figure(partly)} conform as far as they can be judged`] : []),
    ...(declinedClauses > 0 ? [`${figure(declinedClauses)} are declined`] : []),
    ...(otherClauses > 0
      ? [
          `${figure(otherClauses)} ${otherClauses === 1 ? 'is' : 'are'} about what it does not provide`,
        ]
      : []),
  ]
  return (
    <>
      <p class={`headline ${passes(report) ? 'good' : 'bad'}`}>
        {conformingIn(report)}
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
