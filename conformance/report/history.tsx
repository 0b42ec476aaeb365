import { figure, onDevice, oneLine, plural, visible } from '../base/text.ts'
import { anchorOf, findingsAbout } from '../findings/about.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { passes, suiteProblems } from '../suite/verdict.ts'
import { type Entry, type Line, placeOf, suiteOf } from './lines.ts'
import { declinesIn, scopeNote, totalsOf } from './totals.ts'

/** So many problems are named before one asks for more, and so many findings are linked beside one. */
const [mostNamed, mostRecorded] = [5, 2]

/** Implementations, a row each, with what every run of it came to, and what is wrong in the last one. */
export function History({ lines }: { lines: readonly Line[] }) {
  return (
    <ul class="library">
      {lines.map(({ name, device, runs }) => (
        <li>
          <h3>
            {name} <span class="dim">{onDevice(device)}</span>
          </h3>
          <ol class="runs">
            {runs.map((entry, place) => (
              <Run entry={entry} before={runs[place - 1]} />
            ))}
          </ol>
          <Problems entry={runs.at(-1)!} />
        </li>
      ))}
    </ul>
  )
}

/** `of 24 clauses: 20 conform, 4 problems`, with the version and the day, and whether the suite changed. */
function Run({ entry, before }: { entry: Entry; before: Entry | undefined }) {
  const { report, folder, number } = entry
  const { version } = report.environment.implementation
  const { conforming, of } = totalsOf(report).clauses
  const problems = problemsOf(report).length
  const isOther = before !== undefined && suiteOf(before.report) !== suiteOf(report)
  return (
    <li>
      <a href={`${folder}/index.html`}>
        {number}. {visible(version)}
      </a>{' '}
      <small>{report.environment.startedAt.slice(0, 10)}</small>
      <br />
      of {plural(of, 'clause')}:{' '}
      <span class={passes(report) ? 'good' : 'bad'}>
        {figure(conforming)} conform{scopeNote(report)}
        {problems > 0 && `, ${plural(problems, 'problem')}`}
      </span>
      {isOther && <small class="warn"> by another version of the suite</small>}
    </li>
  )
}

/** The distinct problems by name, each with the way to its smallest case and what is recorded of it. */
function Problems({ entry }: { entry: Entry }) {
  const { report } = entry
  const problems = problemsOf(report)
  const short = suiteProblems(report)
  const declines = declinesIn(report)
  const missing = Object.keys(report.environment.operations.missing).length
  const asides = [
    ...(declines === null ? [] : [`declines ${declines}`]),
    ...(missing > 0 ? [`${plural(missing, 'operation')} not provided`] : []),
    ...(short.length > 0 ? [`the run itself falls short: ${visible(short[0]!)}`] : []),
  ]
  return (
    <>
      <Named problems={problems.slice(0, mostNamed)} entry={entry} />
      {problems.length > mostNamed && (
        <details>
          <summary>and {plural(problems.length - mostNamed, 'more problem')}</summary>
          <Named problems={problems.slice(mostNamed)} entry={entry} />
        </details>
      )}
      {asides.length > 0 && <p class="about">{asides.join('; ')}</p>}
    </>
  )
}

function Named({ problems, entry }: { problems: readonly Problem[]; entry: Entry }) {
  if (problems.length === 0) return null
  const implementation = entry.report.environment.implementation.name
  return (
    <ul>
      {problems.map((problem) => (
        <li>
          <a class="bad" href={placeOf(entry, problem.smallest.property.id)}>
            {problem.operation ?? problem.clauses[0]}: {oneLine(problem.says)}
          </a>
          <Recorded implementation={implementation} problem={problem} />
        </li>
      ))}
    </ul>
  )
}

/** The findings on the clauses that a problem shows in: which of them it is, the case tells. */
export function Recorded({
  implementation,
  problem,
}: {
  implementation: string
  problem: Pick<Problem, 'clauses'>
}) {
  const found = findingsAbout(implementation, problem.clauses)
  return (
    <>
      {found.slice(0, mostRecorded).map((finding) => (
        <>
          {' '}
          <a class="found" href={`findings.html#${anchorOf(finding)}`} title={finding.call}>
            {anchorOf(finding).replace('-', ' ')}
          </a>
        </>
      ))}
      {found.length > mostRecorded && ` and ${found.length - mostRecorded} more`}
    </>
  )
}
