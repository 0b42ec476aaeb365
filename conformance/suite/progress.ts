import type { Clause } from '../../spec/language/clause.ts'
import { propertiesOf } from '../properties/loaded.ts'
import type { ProgressEvent } from './clauses.ts'
import { secondsUntil } from './clock.ts'
import { noStanding, type Standing } from './standing.ts'

/** How far a run is that is divided into parts. */
export class Progress {
  #started = performance.now()
  readonly #standings = new Map<readonly Clause[], Standing>()
  readonly #done = new Set<string>()

  constructor(
    /** Clauses, as they were divided: those of each part are checked together. */
    parts: readonly (readonly Clause[])[],
    runs: number,
    implementations: number,
    public deadline: number | null,
    readonly onProgress: (event: ProgressEvent) => void,
    /** Milliseconds that an earlier run took for cases that count for this one. */
    readonly spent = 0,
  ) {
    for (const part of parts) {
      const casesLeft = part
        .flatMap(({ id }) => propertiesOf(id))
        .reduce((sum, { share }) => sum + implementations * Math.ceil(runs * share), 0)
      this.#standings.set(part, { ...noStanding, casesLeft })
    }
    this.total = parts.flat().length
  }

  readonly total: number

  /** Has a time not count, such as that of a pause. */
  putOff(milliseconds: number): void {
    this.#started += milliseconds
    if (this.deadline !== null) this.deadline += milliseconds
  }

  /** Takes what is told of a part that is being checked. */
  take(part: readonly Clause[], event: ProgressEvent): void {
    const { clause, verdict, finished } = event
    this.#standings.set(part, event)
    if (verdict !== null) this.#done.add(clause)
    const { total } = this
    const done = this.#done.size
    this.onProgress({ clause, verdict, finished, done, total, ...this.#standing() })
  }

  #standing(): Standing {
    const sum = (figure: 'cases' | 'casesLeft' | 'failed') =>
      [...this.#standings.values()].reduce((all, standing) => all + standing[figure], 0)
    const [cases, casesLeft] = [sum('cases'), sum('casesLeft')]
    const seconds = ((this.spent + performance.now() - this.#started) / 1000) * (casesLeft / cases)
    const given = secondsUntil(this.deadline)
    return {
      cases,
      casesLeft,
      failed: sum('failed'),
      secondsLeft: cases === 0 ? null : Math.min(seconds, given ?? seconds),
      secondsGiven: given,
    }
  }
}
