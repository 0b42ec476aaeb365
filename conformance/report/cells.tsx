import type { Outcome } from '../engine/verdict.ts'

/** Marks that can be told apart without colour; what conforms is left plain. */
const marks: Readonly<Record<Outcome, string>> = {
  conforms: '',
  violates: '✗',
  errored: '!',
  unstable: '≠',
  inconclusive: '?',
  interrupted: '…',
  'not-run': '○',
  declined: '–',
  unsupported: '·',
}

/** A clause as one cell of a matrix, which leads to its page and says in words what its colour does. */
export function Cell({ id, outcome, href }: { id: string; outcome: Outcome; href: string }) {
  return (
    <a class={`cell ${outcome}`} href={href} title={`${id}: ${outcome}`}>
      {marks[outcome]}
      <span class="unseen">
        {id} {outcome}
      </span>
    </a>
  )
}

/** What the marks of the cells mean, as far as they occur. */
export function Legend({ outcomes }: { outcomes: Iterable<Outcome> }) {
  return (
    <ul class="key">
      {[...new Set(outcomes)].map((outcome) => (
        <li>
          <span class={`cell ${outcome}`} aria-hidden="true">
            {marks[outcome]}
          </span>{' '}
          {outcome}
        </li>
      ))}
    </ul>
  )
}

/** The first segment of the id of a clause. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}
