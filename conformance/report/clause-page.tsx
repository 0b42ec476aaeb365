import { clauseById } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { symbolIn } from '../../spec/notation.ts'
import { figure, plural, visible } from '../base/text.ts'
import { notesLines } from '../cite/lines.ts'
import { isFailure } from '../engine/verdict.ts'
import type { PropertyReport, Report, ReportedClause } from '../suite/model.ts'
import { Citation } from './citation.tsx'
import { Code } from './code.tsx'
import { ErratumBlock } from './errata-page.tsx'
import { onDevice, page } from './layout.tsx'
import { Chip, Formula, Prose, Terms } from './markup.tsx'
import { Counterexample, failureOf, PropertyBlock } from './property.tsx'

/** A clause: what it says, where it comes from, the code that computes it, and the evidence. */
export function clausePage(clause: ReportedClause, report: Report): string {
  const about = clauseById(clause.id)
  const known = new Map(report.known?.failing.map((entry) => [entry.property, entry]))
  const { name, version } = report.environment.implementation
  const failure = failureOf(clause.properties)
  return page(
    { title: clause.id, up: '../' },
    <>
      <h1>
        {clause.id} <span class="on">{clause.title}</span>
      </h1>
      <p>
        <Chip outcome={clause.verdict} /> {name} {version} {onDevice(report.environment.device)}
      </p>
      {clause.cause !== null && (
        <p class="warn">
          Put down to <a href={`${clause.cause}.html`}>{clause.cause}</a>, on which it builds and
          which fails, too.
        </p>
      )}
      <Failure clause={clause} />
      {about && <Statement clause={about} />}
      <h2 id="properties">Properties</h2>
      {!clause.tested && (
        <p class="bad">A fault was not noticed here, so this clause does not count as tested.</p>
      )}
      <p class="dim">
        A relative error ε of an output y shows for certain where ε |y| exceeds the bound of y and
        what the answer is off by already; of a law, where one of its sides is off by it.
      </p>
      {clause.properties.map((property) => (
        <PropertyBlock
          property={property}
          known={known.get(property.id)}
          isShown={property === failure}
        />
      ))}
      <KillMatrix clause={clause} />
      <Classes clause={clause} />
      {about && <Code clause={about} />}
      <h2 id="again">Check it again</h2>
      <pre class="wrap">npx touchstone run --clause {clause.id}</pre>
    </>,
  )
}

/** What is wrong comes before what the clause says: the smallest case, drawn. */
function Failure({ clause: { properties } }: { clause: ReportedClause }) {
  const failure = failureOf(properties)
  if (failure === undefined) return null
  const failing = properties.filter(({ verdict }) => isFailure(verdict))
  return (
    <section class="failure" id="failure">
      <h2>{visible(reasonOf(failure))}</h2>
      <p class="dim">Shown by: {failure.title}.</p>
      <Counterexample property={failure} />
      {failing.length > 1 && (
        <p>
          <a href="#properties">
            {plural(failing.length - 1, 'other property fails', 'other properties fail')}
          </a>
          , below.
        </p>
      )}
    </section>
  )
}

/** Why a property fails, in a line: the known mistake with the same answers, or what is seen of it. */
function reasonOf({ verdict, operations }: PropertyReport): string {
  if (!('reason' in verdict)) return ''
  const [wrong = operations.length === 1 ? operations[0] : undefined] =
    ('wrong' in verdict ? verdict.wrong : undefined) ?? []
  const mistake = verdict.outcome === 'violates' ? verdict.diagnosis : null
  const said = mistake ?? verdict.reason.split('\n')[0]!
  return wrong === undefined || said.startsWith(`${wrong}:`) ? said : `${wrong}: ${said}`
}

function Statement({ clause }: { clause: Clause }) {
  const { statement, formula, domain, conventions, evaluations = [], source, errata, kind } = clause
  return (
    <>
      <p>
        <Prose text={statement} />
      </p>
      <Formula latex={formula} block />
      <Terms
        rows={[
          ['kind', kind],
          ['domain', <Prose text={domain} />],
          [
            'source',
            <>
              {source.notes.length > 0 && <a href="../notes.html">{notesLines(source.notes)}</a>}
              {source.publications.map((publication, position) => (
                <>
                  {(position > 0 || source.notes.length > 0) && '; '}
                  <Citation publication={publication} />
                </>
              ))}
            </>,
          ],
        ]}
      />
      <Symbols clause={clause} />
      {conventions.length > 0 && (
        <>
          <h2 id="conventions">Conventions</h2>
          <ul>
            {conventions.map(({ choice, others }) => (
              <li>
                <Prose text={choice} />{' '}
                <span class="dim">
                  Others: <Prose text={others} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {evaluations.length > 0 && (
        <>
          <h2 id="evaluations">Also computed as</h2>
          <ul>
            {evaluations.map(({ way, profile }) => (
              <li>
                <Prose text={way} />
                {profile !== undefined && (
                  <span class="dim">
                    {' '}
                    when the profile <code>{profile}</code> is declared
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {errata.length > 0 && <h2 id="errata">Where the notes are wrong</h2>}
      {errata.map((erratum) => (
        <ErratumBlock erratum={erratum} />
      ))}
    </>
  )
}

/** The letters of the formula and the symbols of the operations, each once. */
function Symbols({ clause }: { clause: Clause }) {
  const area = clause.id.slice(0, clause.id.indexOf('.'))
  const sizes = new Map<string, string>()
  for (const { dimensions } of clause.operations) {
    for (const [symbol, { meaning }] of Object.entries(dimensions)) sizes.set(symbol, meaning)
  }
  const arrays = new Map<string, readonly [string, string]>()
  for (const { inputs, outputs } of clause.operations) {
    for (const [name, { axes, meaning }] of Object.entries({ ...inputs, ...outputs })) {
      arrays.set(name, [axes.join(' × '), meaning])
    }
  }
  if (sizes.size + arrays.size === 0) return null
  return (
    <section aria-labelledby="symbols">
      <h2 id="symbols">Symbols</h2>
      <table class="symbols stack">
        <tbody>
          {[...sizes].map(([symbol, meaning]) => {
            const latex = symbolIn(area, symbol, 'size')?.latex
            return (
              <tr>
                <th scope="row">{latex ? <Formula latex={latex} /> : <code>{symbol}</code>}</th>
                <td>
                  {meaning}
                  {latex && latex !== symbol && (
                    <small>
                      , in code <code>{symbol}</code>
                    </small>
                  )}
                </td>
              </tr>
            )
          })}
          {[...arrays].map(([name, [axes, meaning]]) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {meaning}; {axes === '' ? 'one number' : axes}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function KillMatrix({ clause: { properties } }: { clause: ReportedClause }) {
  const faults = [...new Set(properties.flatMap((property) => property.faults.map((f) => f.name)))]
  if (faults.length === 0) return null
  const operations = new Set(faults.map((name) => name.slice(0, name.indexOf(': '))))
  const [only] = operations.size === 1 ? operations : []
  return (
    <>
      <h2 id="faults">Faults noticed</h2>
      <p class="dim">
        Mistakes that people make, and after how many cases each property noticed them.
      </p>
      <div class="scroll">
        <table class="kills">
          <thead>
            <tr>
              <th scope="col">fault</th>
              {properties.map(({ id }) => (
                <th class="mark" scope="col">
                  {id.slice(id.indexOf('/') + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.map((name) => (
              <tr>
                <th scope="row">{only === undefined ? name : name.slice(only.length + 2)}</th>
                {properties.map((property) => {
                  const kill = property.faults.find((fault) => fault.name === name)
                  if (kill === undefined) return <td class="mark dim">·</td>
                  return (
                    <td class={`mark ${kill.killed ? 'good' : 'bad'}`}>
                      {kill.killed ? `✓ ${figure(kill.cases)}` : 'missed'}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** How often the cases of this clause reached each class; the front page tells what no case did. */
function Classes({ clause: { properties } }: { clause: ReportedClause }) {
  const byOperation = new Map<string, Map<string, number>>()
  const asked = properties.filter(({ verdict }) => verdict.outcome !== 'unsupported')
  const declined = new Set(asked.flatMap((it) => Object.keys(it.declined?.classes ?? {})))
  for (const [name, count] of asked.flatMap(({ classes }) => Object.entries(classes))) {
    const [operation = '', ...words] = name.split(': ')
    const own = byOperation.get(operation) ?? new Map<string, number>()
    byOperation.set(operation, own)
    own.set(words.join(': '), (own.get(words.join(': ')) ?? 0) + count)
  }
  if (byOperation.size === 0) return null
  return (
    <>
      <h2 id="classes">Classes of cases</h2>
      {[...byOperation].map(([operation, classes]) => (
        <>
          <p class="dim">{operation}</p>
          <ul class="tags">
            {[...classes].map(([name, count]) => (
              <li class={count === 0 ? 'dim' : ''}>
                {name}{' '}
                <small>
                  {count > 0
                    ? figure(count)
                    : declined.has(`${operation}: ${name}`)
                      ? 'declined'
                      : 'not here'}
                </small>
              </li>
            ))}
          </ul>
        </>
      ))}
    </>
  )
}
