import { clauseById } from '../../spec/index.ts'
import { onDevice, plural, visible } from '../base/text.ts'
import { isFailure } from '../engine/verdict.ts'
import type { PropertyReport, Report, ReportedClause } from '../suite/model.ts'
import { Classes, KillMatrix } from './clause-evidence.tsx'
import { Code } from './code.tsx'
import { clausePath, page } from './layout.tsx'
import { Chip } from './markup.tsx'
import { Counterexample, failureOf, PropertyBlock } from './property.tsx'
import { Statement } from './statement.tsx'

/**
 * A clause: what it says, where it comes from, the code that computes it, and the evidence. In a site of several runs,
 * the code of what conforms is on the page that they share.
 */
export function clausePage(
  clause: ReportedClause,
  report: Report,
  isCodeElsewhere = false,
): string {
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
      <p class="jumps">
        {about && (
          <>
            <a href="#formula">Formula</a> <a href="#code">Code</a>{' '}
          </>
        )}
        <a href="#properties">Properties</a> <a href="#again">Check it again</a>
      </p>
      {clause.cause !== null && (
        <p class="warn">
          Put down to <a href={`${clause.cause}.html`}>{clause.cause}</a>, on which it builds and
          which fails, too.
        </p>
      )}
      <Failure clause={clause} />
      {about && <Statement clause={about} />}
      {about && (isCodeElsewhere ? <SharedCode id={clause.id} /> : <Code clause={about} />)}
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
      <h2 id="again">Check it again</h2>
      <pre class="wrap">npx touchstone run --clause {clause.id}</pre>
    </>,
  )
}

function SharedCode({ id }: { id: string }) {
  return (
    <>
      <h2 id="code">Code</h2>
      <p>
        Reference, fast form and properties are{' '}
        <a href={`../../${clausePath(id)}#code`}>the same</a> for all runs of this site.
      </p>
    </>
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
