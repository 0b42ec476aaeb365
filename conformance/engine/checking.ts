import type { References } from '../../reference/reference.ts'
import type { Candidate, Checked } from './candidate.ts'
import { casesOf, type Drawn, glancesOf } from './cases.ts'
import { Examination, type ExaminationState } from './examination.ts'
import type { Property } from './property.ts'

/**
 * How many cases are drawn at a time, first and later, at least; more where an implementation likes more at
 * once. Most faults are killed by the first two.
 */
const [firstChunk, laterChunk] = [2, 16]

/** Of so many cases those without a long axis may come first: they are made at a time, without looking for pairs. */
const ordered = 8

/** The longest axis of a case that is no dearer than others where a step takes long. */
const longest = 17

/** How far a property is, on implementations with which nothing is wrong, as plain data. */
export interface CheckingState {
  readonly begun: boolean
  /** How many of its cases were drawn, and glances taken. */
  readonly next: number
  readonly glances: number
  /** After how many cases those with a long axis were put behind others; `null` where they were not. */
  readonly shortFrom: number | null
  readonly examinations: readonly ExaminationState[]
}

/** How far one has to go to see the same again. */
export type Reached = Pick<CheckingState, 'next' | 'glances'>

/**
 * One property that is checked on several implementations, on the same cases. It may be left for others
 * and continued: the cases, and how each comes out, do not depend on it. Each case is drawn once, and
 * what the reference says of it is worked out once for all that are judged by the same bounds. What
 * fails goes on, so that one mistake does not hide another. A verdict depends on nothing but its own implementation.
 */
export class Checking {
  readonly examinations: readonly Examination[]
  #cases: Generator<Drawn, never>
  #glances: Generator<Drawn, never>
  #next = 0
  #glanced = 0
  #begun = false
  #shortFrom: number | null = null
  /** Milliseconds of a case, as it was when it was last limited. */
  #pace: number | null = null

  constructor(
    readonly property: Property,
    candidates: readonly Candidate[],
    references: References,
    seed: number,
    /** Where its cases come from; from its plan, unless told otherwise. */
    cases: Generator<Drawn, never> = casesOf(property, references, seed),
  ) {
    const sharing = candidates.filter(({ implementation }) => implementation.use !== undefined)
    this.examinations = candidates.map(
      (candidate) => new Examination(property, candidate, references, seed, sharing.length > 1),
    )
    this.#cases = cases
    this.#glances = glancesOf(property, references, seed)
  }

  /** How many more cases are to be tried, of all implementations together. */
  get left(): number {
    return this.examinations.reduce((sum, { left }) => sum + left, 0)
  }

  get cases(): number {
    return this.examinations.reduce((sum, { cases }) => sum + cases, 0)
  }

  /** Whether any implementation provides what the property asks for. */
  get isAsked(): boolean {
    return this.examinations.some(({ isAsked }) => isAsked)
  }

  get failed(): boolean {
    return this.examinations.some(({ failed }) => failed)
  }

  /** How far it is, for another to go on from; `null` where something is wrong, or it was cut short. */
  get state(): CheckingState | null {
    const examinations = this.examinations.flatMap(({ state }) => state ?? [])
    if (examinations.length < this.examinations.length) return null
    const { glances } = this
    const [begun, next, shortFrom] = [this.#begun, this.#next, this.#shortFrom]
    return { begun, next, glances, shortFrom, examinations }
  }

  /** How many glances were taken. */
  get glances(): number {
    return this.#glanced
  }

  /** How far another has to go to try all that this did; a little further where cases changed places. */
  get reached(): Reached {
    const ofOrder = this.#shortFrom === null ? 0 : this.#shortFrom + ordered
    return { next: Math.max(this.#next, ofOrder), glances: this.glances }
  }

  /**
   * Goes on from where another was, as if it had tried what that did. It must be of the same property and seed, and
   * must not have begun.
   */
  goOnFrom({ begun, next, glances, shortFrom, examinations }: CheckingState): void {
    const tried = shortFrom ?? next
    this.#cases = without(tried, this.#cases)
    if (shortFrom !== null) {
      this.#next = shortFrom
      this.shortFirst()
      this.#cases = without(next - shortFrom, this.#cases)
    }
    this.#glances = without(glances, this.#glances)
    this.#begun = begun
    this.#next = next
    this.#glanced = glances
    for (const [i, state] of examinations.entries()) this.examinations[i]!.goOnFrom(state)
  }

  /** From now on it has until then, by `performance.now()`. */
  set deadline(deadline: number | null) {
    for (const each of this.examinations) each.deadline = deadline
  }

  /** Has the end be so much later. */
  putOff(milliseconds: number): void {
    for (const each of this.examinations) each.putOff(milliseconds)
  }

  /** Has its next cases with a long axis, whose steps may take one call each, come after its next others, once. */
  shortFirst(): void {
    if (this.#shortFrom !== null) return
    this.#shortFrom = this.#next
    const cases = this.#cases
    this.#cases = (function* () {
      const drawn = Array.from({ length: ordered }, () => cases.next().value)
      yield* drawn.filter((each) => !isLong(each))
      yield* drawn.filter(isLong)
      return yield* cases
    })()
  }

  /**
   * Tries cases up to a place in their sequence, as far as they are wanted; within a limit of time, as
   * many as come to their end or begin in it, and until one of them counts.
   */
  async tryUpTo(place: number, milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    const end = performance.now() + milliseconds
    if (!this.#begun) {
      this.#begun = true
      await this.#inTurns(this.examinations, (each) => each.tryExamples())
    }
    while (this.#next < place) {
      const open = this.examinations.filter(({ wanted }) => wanted > 0)
      if (open.length === 0) break
      const most = Math.max(...open.map(({ wanted }) => wanted))
      const chunk = this.#next < laterChunk ? firstChunk : laterChunk
      const least = milliseconds === Number.POSITIVE_INFINITY ? chunk : 1
      const several = Math.max(least, ...open.map(({ concurrency }) => concurrency))
      const started = performance.now()
      const size = Math.min(most, several, place - this.#next, this.#timely(end - started))
      const drawn = Array.from({ length: size }, () => this.#cases.next().value)
      const first = this.#next
      this.#next += size
      await this.#inTurns(open, (each) => each.tryChunk(drawn, first))
      const now = performance.now()
      this.#pace = (now - started) / size
      if (now >= end && this.cases > 0) break
    }
  }

  /** How many cases are likely to end in some milliseconds, one at least: of those asked together none waits for another. */
  #timely(milliseconds: number): number {
    if (milliseconds === Number.POSITIVE_INFINITY) return milliseconds
    if (this.#pace === null || milliseconds <= 0) return 1
    return Math.max(1, Math.floor(milliseconds / this.#pace))
  }

  /**
   * Asks about a case that tells much, which is judged if an answer looks wrong. It comes in addition to those
   * that are to be tried, and nothing is counted where it looks right.
   */
  async glance(): Promise<void> {
    const drawn = this.#glances.next().value
    this.#glanced++
    for (const each of this.examinations) await each.glance(drawn)
  }

  /** What is made of the cases that failed. */
  async conclude(): Promise<void> {
    await this.#inTurns(this.examinations, (each) => each.conclude())
  }

  /**
   * What came of it, why no more was tried where more was wanted, and whether it may conform then, on the
   * cases that it had.
   */
  checked(reason?: string, mayConform?: boolean): readonly Checked[] {
    return this.examinations.map((each) => each.checked(reason, mayConform))
  }

  close(): void {
    for (const each of this.examinations) each.close()
  }

  /**
   * Those that share something that only one can use, one after the other; at the same time, all that
   * wait for nothing but themselves.
   */
  async #inTurns(
    examinations: readonly Examination[],
    step: (examination: Examination) => Promise<void>,
  ): Promise<void> {
    const oneByOne = async () => {
      for (const each of examinations) if (each.takesTurns) await step(each)
    }
    await Promise.all([
      oneByOne(),
      ...examinations.filter((each) => !each.takesTurns).map((each) => step(each)),
    ])
  }
}

const isLong = ({ value }: Drawn): boolean => Object.values(value.sizes).some((it) => it > longest)

/** What comes after so many. */
function* without<T>(first: number, items: Generator<T, never>): Generator<T, never> {
  for (let i = 0; i < first; i++) items.next()
  return yield* items
}
