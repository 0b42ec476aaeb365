import { lift } from '../../reference/arithmetic/array.ts'
import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import {
  nearest,
  type Steps,
  stepByStep,
  towardsZero,
} from '../../reference/arithmetic/step-by-step.ts'
import { referencesById } from '../../reference/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import { errorsOf } from './error-statistics.ts'
import type { LongSums } from './spread-errors.ts'

/** The long sums of one output of one question, and what was answered. */
export interface Answered {
  readonly sums: LongSums
  /** The whole output. */
  readonly answer: readonly number[]
}

/** What errors look like, in the words in which reports and faults have it. */
export const losesDigits = {
  cutOff: 'sums are cut off towards zero instead of rounded to the nearest',
  roundedUp: 'sums are rounded away from zero instead of to the nearest',
  tf32: 'factors are rounded to the 11 digits of TF32',
  bfloat16: 'factors are rounded to the 8 digits of bfloat16',
  factor: (share: number) =>
    `every sum is off by a factor of 1 ${share < 0 ? '−' : '+'} ${Math.abs(share).toExponential(1)}`,
} as const

const exactly = (x: number) => x

/** Ways to lose digits before anything is added, which answers can be compared with. */
const losses: readonly (readonly [name: string, digits: number, steps: Steps])[] = [
  [losesDigits.tf32, 11, { factor: nearest(11), sum: exactly }],
  ['factors are cut to the 11 digits of TF32', 11, { factor: towardsZero(11), sum: exactly }],
  [losesDigits.bfloat16, 8, { factor: nearest(8), sum: exactly }],
  ['factors are cut to the 8 digits of bfloat16', 8, { factor: towardsZero(8), sum: exactly }],
  ['products are rounded to the 11 digits of float16', 11, { product: nearest(11), sum: exactly }],
  ['products are rounded to the 8 digits of bfloat16', 8, { product: nearest(8), sum: exactly }],
]

/** So many different answers of float32 would all be held by 11 digits once in 2^104 times. */
const fewestAnswers = 8

/** What explains errors must leave less than an eighth of them. */
const left = 1 / 8

/**
 * What the errors of long sums look like, in words; `null` where they look like nothing known. A wrong
 * name costs more than none, so that each must fit to all data, or to what no other cause does.
 */
export function diagnosisOf(
  operation: Operation,
  precision: Precision,
  given: readonly Answered[],
): string | null {
  const digits = formats[precision].bits
  const errors = given.map(({ sums, answer }) => errorsOf(sums, answer))
  if (!errors.every((those) => those.every(Number.isFinite))) return null
  // Of sums of one sign, what is cut off is nearly a factor, too; of others it is not.
  const factor = factorIn(given, errors)
  if (factor !== null) return factor
  const direction = directionOf(given, errors)
  if (direction !== null) return direction
  if (digits <= 24) {
    for (const [name, kept, steps] of losses) {
      if (kept < digits && isExplained(errors, given.map(lossesIn(operation, steps)))) return name
    }
    for (const [kept, format] of [
      [8, 'bfloat16'],
      [11, 'float16'],
    ] as const) {
      if (kept < digits && tellsDigits(given) && given.every(holdsOnly(nearest(kept)))) {
        return `sums are kept in the ${kept} digits of ${format}`
      }
    }
  }
  return null
}

/** What a way to lose digits would have made of the same sums. */
const lossesIn =
  (operation: Operation, steps: Steps) =>
  ({ sums }: Answered): Float64Array => {
    const { inputs, parameters } = sums.question
    const arithmetic = stepByStep(steps)
    const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    const outputs = referencesById[operation.id]!(arithmetic, arrays, parameters)
    return errorsOf(sums, outputs[sums.output]!.data)
  }

/** One in so many errors may be anything: where what is rounded is computed, a tie may go the other way. */
const odd = 64

function isExplained(errors: readonly Float64Array[], by: readonly Float64Array[]): boolean {
  const squares = errors
    .flatMap((those, i) => Array.from(those, (z, at) => [(z - by[i]![at]!) ** 2, z * z] as const))
    .sort(([x], [y]) => x - y)
  const kept = squares.slice(0, squares.length - Math.floor(squares.length / odd))
  const total = (part: 0 | 1) => kept.reduce((sum, pair) => sum + pair[part], 0)
  return total(0) <= left ** 2 * total(1)
}

const holdsOnly =
  (rounded: (x: number) => number) =>
  ({ sums: { places }, answer }: Answered) =>
    places.every((place) => rounded(answer[place]!) === answer[place])

/** Whether there are answers enough to tell a format by: a constant is held by any. */
function tellsDigits(given: readonly Answered[]): boolean {
  const seen = new Set(
    given.flatMap(({ sums: { places }, answer }) => places.map((at) => answer[at])),
  )
  return seen.size >= fewestAnswers
}

/** Half a unit in the last of the 8 digits of bfloat16. */
const coarsest = 2 ** -8

/** One factor that all answers are off by, whatever they are sums of, in each kind of data by itself. */
function factorIn(given: readonly Answered[], errors: readonly Float64Array[]): string | null {
  const size = (i: number, at: number) => {
    const { value, unit } = given[i]!.sums.sums[at]!
    return Math.abs(value) / unit
  }
  let [products, all] = [0, 0]
  for (const [i, those] of errors.entries()) {
    for (const [at, error] of those.entries()) {
      products += error * size(i, at)
      all += size(i, at) ** 2
    }
  }
  const share = products / all
  // What is further off than the coarsest format lost no digits: it is twice as much, or nothing.
  if (!(Math.abs(share) < coarsest)) return null
  const explains = (those: Float64Array, i: number) =>
    isExplained([those], [those.map((_, at) => share * size(i, at))])
  if (!errors.every(explains)) return null
  return losesDigits.factor(share)
}

/**
 * Whether sums of one sign nearly all err to one side, by no more than two units of each of their
 * roundings: n terms have at most 2 n, each worth 2 c, and Σ 2 c is at most 2 √(2 n) √Σ c².
 */
function directionOf(given: readonly Answered[], errors: readonly Float64Array[]): string | null {
  let [below, count] = [0, 0]
  for (const [i, those] of errors.entries()) {
    const { sums, question } = given[i]!.sums
    for (const [at, error] of those.entries()) {
      if (Math.abs(error) > 2 * Math.sqrt(2 * sums[at]!.terms)) return null
      if (question.data !== 'one sign') continue
      count++
      if (error < 0) below++
    }
  }
  const share = below / count
  if (share > 0.9) return losesDigits.cutOff
  return share < 0.1 ? losesDigits.roundedUp : null
}
