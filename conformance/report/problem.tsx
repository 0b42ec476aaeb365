import { plural, visible } from '../base/text.ts'
import type { Problem } from '../suite/problems.ts'
import { clausePath } from './layout.tsx'
import { Chip } from './markup.tsx'
import { ProblemCase } from './property.tsx'

/**
 * A problem that is told once, in two lines: what is wrong, and where it shows, the clause first that states what
 * should come out; folded, its smallest case.
 */
export function Distinct({ problem }: { problem: Problem }) {
  const { outcome, operation, says, clauses, properties, cases } = problem
  const [first, ...others] = clauses as readonly [string, ...string[]]
  return (
    <li>
      <Chip outcome={outcome} />
      <div>
        <h3>
          {operation !== null && <code>{operation}</code>} {visible(says)}
        </h3>
        <p>
          in <a href={clausePath(first)}>{first}</a>
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
