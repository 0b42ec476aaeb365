import type { Clause } from '../../spec/language/clause.ts'
import { symbolIn } from '../../spec/notation.ts'
import { meaningOf, pathsOf } from '../../spec/parameters.ts'
import { notesLines } from '../cite/lines.ts'
import { Citation } from './citation.tsx'
import { ErratumBlock } from './errata-page.tsx'
import { Formula, Prose, Terms } from './markup.tsx'

/** What a clause says and where it comes from, with its symbols beside the formula. */
export function Statement({ clause }: { clause: Clause }) {
  const { statement, formula, domain, conventions, evaluations = [], source, errata, kind } = clause
  return (
    <>
      <div class="statement" id="formula">
        <div>
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
                  {source.notes.length > 0 && (
                    <a href="../notes.html">{notesLines(source.notes)}</a>
                  )}
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
        </div>
        <Symbols clause={clause} />
      </div>
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

/** The letters of the formula, the arrays and the parameters of the operations, each once. */
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
  const parameters = new Map<string, string>()
  for (const operation of clause.operations) {
    for (const path of pathsOf(operation.parameters)) {
      parameters.set(path, meaningOf(operation, path))
    }
  }
  if (sizes.size + arrays.size + parameters.size === 0) return null
  return (
    <section aria-labelledby="symbols">
      <h2 id="symbols">Symbols</h2>
      <Terms
        kind="symbols"
        rows={[
          ...[...sizes].map(([symbol, meaning]) => {
            const latex = symbolIn(area, symbol, 'size')?.latex
            const inCode = latex && latex !== symbol && (
              <small>
                , in code <code>{symbol}</code>
              </small>
            )
            return [
              latex ? <Formula latex={latex} /> : <code>{symbol}</code>,
              <>
                {meaning}
                {inCode}
              </>,
            ] as const
          }),
          ...[...arrays].map(
            ([name, [axes, meaning]]) =>
              [<code>{name}</code>, `${meaning}; ${axes === '' ? 'one number' : axes}`] as const,
          ),
          ...[...parameters].map(([path, meaning]) => [<code>{path}</code>, meaning] as const),
        ]}
      />
    </section>
  )
}
