import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import { Coverage, type CoverageState, type Covered } from './coverage.ts'
import { Declines, type DeclinesState } from './declined.ts'
import { type FloorsState, HalfOfCases } from './floor.ts'
import type { CasePlace } from './place.ts'
import type { Property } from './property.ts'
import type { Trial } from './trial.ts'

/** Utilizations are counted in this many equal bins from 0 to 1. */
const bins = 20

/** What was seen so far, as plain data. */
export interface TallyState {
  readonly cases: number
  readonly discarded: number
  readonly open: number
  readonly worstUtilization: number
  readonly utilizations: readonly number[]
  readonly byAdjoints: readonly number[]
  readonly declines: DeclinesState
  readonly floors: FloorsState
  /** How often each class was reached, and what was covered; `null` where no case came to it. */
  readonly ofCases: {
    readonly classes: readonly number[]
    readonly coverages: readonly CoverageState[]
  } | null
}

/** What has been seen of one implementation so far. */
export class Tally {
  cases = 0
  discarded = 0
  open = 0
  worstUtilization = 0
  readonly declines = new Declines()
  /** The errors that half of the cases in which numbers are compared would have shown. */
  readonly floors = new HalfOfCases()
  utilizations: number[] = new Array(bins).fill(0)
  /** Those of cases in which a bound by adjoints counted. */
  byAdjoints: number[] = new Array(bins).fill(0)
  #counts: CountsOfCases | null = null

  constructor(readonly property: Property) {}

  get state(): TallyState {
    const { cases, discarded, open, worstUtilization } = this
    const counts = this.#counts
    return {
      ...{ cases, discarded, open, worstUtilization },
      utilizations: [...this.utilizations],
      byAdjoints: [...this.byAdjoints],
      declines: this.declines.state,
      floors: this.floors.state,
      ofCases: counts && {
        classes: counts.classes.map(({ count }) => count),
        coverages: counts.coverages.map(({ state }) => state),
      },
    }
  }

  set state(given: TallyState) {
    const { cases, discarded, open, worstUtilization, ofCases } = given
    Object.assign(this, { cases, discarded, open, worstUtilization })
    this.utilizations = [...given.utilizations]
    this.byAdjoints = [...given.byAdjoints]
    this.declines.state = given.declines
    this.floors.state = given.floors
    if (ofCases === null) return
    const { classes, coverages } = this.#ofCases
    for (const [i, count] of ofCases.classes.entries()) classes[i]!.count = count
    for (const [i, state] of ofCases.coverages.entries()) coverages[i]!.state = state
  }

  /** Made for the first case, or where none came: a run that has little time comes to few properties. */
  get #ofCases(): CountsOfCases {
    this.#counts ??= countsOfCases(this.property)
    return this.#counts
  }

  /** How often each class was reached, by `operation: class`. */
  get classes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#ofCases.classes.map(({ name, count }) => [name, count]))
  }

  /** What was covered of each operation, beside the pairs that were planned for. */
  covered(planned: Uint8Array | null): Readonly<Record<string, Covered>> {
    const found = this.#ofCases.coverages.map(
      (it) => [it.operation.id, it.covered(planned)] as const,
    )
    return Object.fromEntries(found)
  }

  /** Whether so many cases are declined that no more are tried. */
  get declinesTooMany(): boolean {
    return this.declines.tooMany(this.cases)
  }

  /** Counts what was tried in a place, and what would have been there if it were taken. */
  count({ tried, instead }: CasePlace, trial: Trial, precision: Precision): void {
    if (trial.result === 'not-run' || trial.result === 'interrupted') return
    this.declines.drawn++
    if (instead !== null) this.#decline(instead.of.on(precision).testCase, instead.reason)
    const { testCase } = tried.on(precision)
    if (trial.result !== 'declined') this.#count(testCase, trial)
    else if (instead === null) this.#decline(testCase, trial.reason)
  }

  #decline(testCase: Case, reason: string): void {
    this.declines.add(reason)
    if (!this.#isOfSpace(testCase)) return
    const { classes, coverages } = this.#ofCases
    for (const { name, holds } of classes) {
      if (holds(testCase)) this.declines.addClass(name)
    }
    for (const coverage of coverages) coverage.decline(testCase)
  }

  #count(testCase: Case, trial: Trial): void {
    if (trial.result === 'discarded' || trial.result === 'open') {
      this[trial.result]++
      return
    }
    this.cases++
    if (this.#isOfSpace(testCase)) {
      const { classes, coverages } = this.#ofCases
      for (const reached of classes) if (reached.holds(testCase)) reached.count++
      for (const coverage of coverages) coverage.count(testCase)
    }
    if (trial.result !== 'agrees') return
    if (trial.floor !== null) this.floors.add(trial.floor)
    this.worstUtilization = Math.max(this.worstUtilization, trial.utilization)
    const bin = Math.min(bins - 1, Math.floor(trial.utilization * bins))
    this.utilizations[bin]!++
    if (trial.byAdjoints) this.byAdjoints[bin]!++
  }

  /** A case written by hand comes without sizes, and may not be of the space at all. */
  #isOfSpace({ sizes }: Case): boolean {
    return Object.keys(sizes).length === this.#ofCases.dimensions
  }
}

/** How often the cases of a property were of each class, and what they covered. */
interface CountsOfCases {
  readonly dimensions: number
  readonly coverages: readonly Coverage[]
  readonly classes: {
    readonly name: string
    readonly holds: Operation['classes'][string]
    count: number
  }[]
}

function countsOfCases({ space, operations }: Property): CountsOfCases {
  const drawn = operations.filter((operation) => drawsCasesOf(space, operation))
  return {
    dimensions: Object.keys(space.dimensions).length,
    coverages: drawn.map((operation) => new Coverage(operation)),
    classes: drawn.flatMap(({ id, classes }) =>
      Object.entries(classes).map(([name, holds]) => ({ name: `${id}: ${name}`, holds, count: 0 })),
    ),
  }
}

/**
 * Whether the cases of a space are cases of an operation, so that its classes can be counted: the
 * space has the axes of the operation and at least its arrays and parameters, in ranges that may be
 * narrower, as in one made for kernels of a single pixel.
 */
function drawsCasesOf(space: Space, operation: Operation): boolean {
  const [theirs, own] = [Object.keys(space.dimensions), Object.keys(operation.dimensions)]
  if (theirs.length !== own.length || !own.every((symbol) => theirs.includes(symbol))) return false
  return (['inputs', 'parameters'] as const).every((part) =>
    Object.keys(operation[part]).every((name) => name in space[part]),
  )
}
