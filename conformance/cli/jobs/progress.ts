import type { Clause } from '../../../spec/language/clause.ts'
import { type ProgressEvent, propertiesOf } from '../../suite/clauses.ts'
import { noStanding, type Standing } from '../../suite/schedule.ts'

/** How far a run is that several processes work on. */
export class Progress {
  readonly #started = performance.now()
  readonly #standings = new Map<object, Standing>()
  readonly #done = new Set<string>()

  constructor(
    /** What was divided: clauses that are checked together. */
    units: readonly { readonly clauses: readonly Clause[] }[],
    runs: number,
    implementations: number,
    readonly deadline: number | null,
    readonly onProgress: (event: ProgressEvent) => void,
  ) {
    for (const unit of units) {
      const casesLeft = unit.clauses
        .flatMap(({ id }) => propertiesOf(id))
        .reduce((sum, { share }) => sum + implementations * Math.ceil(runs * share), 0)
      this.#standings.set(unit, { ...noStanding, casesLeft })
    }
    this.total = units.reduce((sum, { clauses }) => sum + clauses.length, 0)
  }

  readonly total: number

  /** Takes what is told of the part of a run that is being checked. */
  take(unit: object, event: ProgressEvent): void {
    const { clause, verdict } = event
    this.#standings.set(unit, event)
    if (verdict !== null) this.#done.add(clause)
    const { total } = this
    this.onProgress({ clause, verdict, done: this.#done.size, total, ...this.#standing() })
  }

  #standing(): Standing {
    const sum = (figure: 'cases' | 'casesLeft' | 'failed') =>
      [...this.#standings.values()].reduce((all, standing) => all + standing[figure], 0)
    const [cases, casesLeft] = [sum('cases'), sum('casesLeft')]
    const seconds = ((performance.now() - this.#started) / 1000) * (casesLeft / cases)
    const given =
      this.deadline === null ? Number.POSITIVE_INFINITY : (this.deadline - Date.now()) / 1000
    return {
      cases,
      casesLeft,
      failed: sum('failed'),
      secondsLeft: cases === 0 ? null : Math.max(0, Math.min(seconds, given)),
    }
  }
}
