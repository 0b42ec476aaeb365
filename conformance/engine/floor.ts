import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import { amplification } from '../../reference/arithmetic/transforms.ts'
import type { Reading } from './reading.ts'

/**
 * The smallest relative errors that at least half of the cases of a property, each by itself, would
 * have shown for certain: 0 where any error would, since both sides are equal to the bit.
 *
 * An element that is y by one side, with the bound b, and off by d as it is, shows a further error of
 * ε |y|, in whichever direction, exactly if ε |y| − d > b. So its floor is (b + d) / |y|. Zeros have
 * none: no error of theirs is a relative one.
 */
export interface Floor {
  /** Where every element is off alike, the one with the lowest floor tells. */
  readonly all: number
  /** Where a single element is off, half of them, and those with the lower floors, would tell. */
  readonly one: number
}

/** The floor of a case in which nothing was compared that says anything. */
const unnoticed: Floor = { all: Number.POSITIVE_INFINITY, one: Number.POSITIVE_INFINITY }

/** Any error would have been noticed. */
const toTheBit: Floor = { all: 0, one: 0 }

/** The floor of an element on which both sides agree; `null` where it has none. */
export function floorOf(expected: Reading, actual: Reading): number | null {
  const size = Math.abs(expected.value)
  if (size === 0 || !Number.isFinite(size)) return null
  return (expected.error + actual.error + Math.abs(expected.value - actual.value)) / size
}

/** What is known of the floors of one case. */
export interface Floors {
  /** Those of elements that have one, as far as they are not equal to the bit without more ado. */
  readonly some: number[]
  /** Whether there are elements that must be equal to the bit. */
  exact: boolean
  /** Those that a property states itself, since what it compares are no answers. */
  readonly own: Floor[]
}

export const noFloors = (): Floors => ({ some: [], exact: false, own: [] })

/** The floor of one case. */
export function floorOfCase({ some, exact, own }: Floors): Floor {
  if (own.length > 0) {
    return {
      all: Math.min(...own.map(({ all }) => all)),
      one: Math.min(...own.map(({ one }) => one)),
    }
  }
  if (some.length === 0) return exact ? toTheBit : unnoticed
  const sorted = Float64Array.from(some).sort()
  return { all: sorted[0]!, one: sorted[(sorted.length - 1) >> 1]! }
}

/** Floors are counted in steps of a quarter of a power of two, which a run of any length has room for. */
const steps = 4

/** Powers of two with quarters as exponents, since versions of Node compute those differently in the last digit. */
const quarters = [1, 1.189207115002721, Math.SQRT2, 1.6817928305074292]

function atStep(step: number): number {
  const whole = Math.floor(step / steps)
  return Number.isFinite(step) ? quarters[step - whole * steps]! * 2 ** whole : 2 ** step
}

/** Whether half of fewer cases tell is a matter of luck. */
const fewCases = 30

/**
 * How many of so many cases have to tell an error, for half of all to do so. Of few it is the least that luck leaves:
 * where each tells with a chance of one half, the number of those that do varies by ½√n (a binomial distribution), and
 * it is lower by three times that in one run of seven hundred. One of them has to at any rate.
 */
function telling(cases: number): number {
  const half = cases / 2
  return cases < fewCases ? Math.max(1, Math.ceil(half - 1.5 * Math.sqrt(cases))) : Math.ceil(half)
}

/** What was counted so far, as plain data. */
export interface FloorsState {
  readonly cases: number
  readonly all: ReadonlyMap<number, number>
  readonly one: ReadonlyMap<number, number>
}

/** The floor of half of the cases of a property, as far as so many of them say. */
export class HalfOfCases {
  #counts = { all: new Map<number, number>(), one: new Map<number, number>() }
  #cases = 0

  get state(): FloorsState {
    const { all, one } = this.#counts
    return { cases: this.#cases, all: new Map(all), one: new Map(one) }
  }

  set state({ cases, all, one }: FloorsState) {
    this.#cases = cases
    this.#counts = { all: new Map(all), one: new Map(one) }
  }

  add(floor: Floor): void {
    this.#cases++
    for (const which of ['all', 'one'] as const) {
      const counts = this.#counts[which]
      // One step too high rather than too low.
      const step = Math.ceil(Math.log2(floor[which]) * steps)
      counts.set(step, (counts.get(step) ?? 0) + 1)
    }
  }

  /** `null` before the first case. */
  get floor(): Floor | null {
    if (this.#cases === 0) return null
    return { all: this.#median(this.#counts.all), one: this.#median(this.#counts.one) }
  }

  #median(counts: ReadonlyMap<number, number>): number {
    let left = telling(this.#cases)
    for (const [step, count] of [...counts].sort(([a], [b]) => a - b)) {
      left -= count
      if (left <= 0) return atStep(step)
    }
    return Number.POSITIVE_INFINITY
  }
}

/**
 * The highest floor with which a property says something: 10^-3 in float32, and where products are less
 * accurate as much more, but not more than a number itself. Transforms, where a profile allows for them,
 * make as much more of a rounding as they amplify.
 *
 * The thousandth is what users are promised, and no tolerance: no error passes because of it. It decides when a
 * property that found nothing has to say that it could not have.
 */
export function highestFloor(
  precision: Precision,
  shortcuts: AccuracyProfile['shortcuts'] = [],
): number {
  const coarser = 2 ** (formats.float32.operandBits - formats[precision].operandBits)
  const amplified = shortcuts.includes('convolution by transforms') ? amplification : 1
  return Math.min(1, 1e-3 * Math.max(1, coarser) * amplified)
}
