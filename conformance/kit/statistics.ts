import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import { type AccuracyProfile, roundsToNearest } from '../../reference/arithmetic/profile.ts'
import {
  nearest,
  type Steps,
  stepByStep,
  towardsZero,
} from '../../reference/arithmetic/step-by-step.ts'
import { referencesById } from '../../reference/index.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { dense } from '../../spec/cnn/flatten.ts'
import { areaOf } from '../../spec/language/area.ts'
import type { Operation, Space } from '../../spec/language/operation.ts'
import { integer } from '../../spec/language/parameter.ts'
import { mapValues } from '../base/records.ts'
import { type Fault, toFloat32 } from '../engine/fault.ts'
import type { Bench, Comparison, Property } from '../engine/property.ts'
import { type Answered, diagnosisOf, losesDigits } from './error-diagnosis.ts'
import { errorsOf, statisticsOf } from './error-statistics.ts'
import { lenient } from './faults.ts'
import { law } from './law.ts'
import { limited } from './limited.ts'
import { type LongQuestion, longQuestions, longSum, longSumsIn } from './long-sums.ts'
import { longSumsOf } from './spread-errors.ts'

/** A single seed gives thousands of sums, so that a case is worth a hundred of others. */
const share = 0.01

/** The case is a seed alone, from which all data are made. */
const seeds: Space = {
  dimensions: {},
  inputs: {},
  parameters: { seed: integer({ min: 0, upTo: 2 ** 31 - 1 }) },
}

/** A term is at least so many steps of the format in which the sum lies, or its rounding has a direction. */
const leastSteps = 8

/**
 * Whether errors are judged by their statistics: where each step is rounded to nearest, and the format has
 * digits enough for sums of so many terms.
 */
export function judgedByStatistics(precision: Precision, profile: AccuracyProfile): boolean {
  const { bits, operandBits } = formats[precision]
  return roundsToNearest(profile) && operandBits === bits && 2 ** (bits - 1) >= leastSteps * longSum
}

/**
 * The errors of the long sums of an operation are those of rounding to nearest: their mean and their mean
 * square, in units of rounding, are within limits that one of 10^12 runs exceeds. An implementation that
 * does not declare to round to nearest gets the same questions and is judged by its bounds alone.
 */
export function statistics(operation: Operation): (clause: string) => Property {
  const [, name] = operation.id.split('.') as [string, string]
  const define = law(`${name}-rounding`, {
    of: seeds,
    asks: [operation],
    values: 'reals',
    title: `errors of long sums of ${operation.id} are those of rounding to nearest, where it is declared`,
    kills: [
      cutsOff(operation),
      ...(standards.includes(operation) ? losses.map((loss) => loss(operation)) : []),
    ],
    share,
    async holds<T>(bench: Bench<T, Space>) {
      const { precision, profile } = bench.judgedBy
      const { seed } = bench.parameters as { readonly seed: number }
      return judgedByStatistics(precision, profile)
        ? statisticsWith(bench, operation, seed)
        : boundsWith(bench, operation, seed)
    },
  })
  return (clause) => ({ ...define(clause), whole: true, saysNothingIn })
}

/** Where the bound of a long sum reaches a tenth of it, neither its size nor its spread says anything. */
function saysNothingIn(precision: Precision): string | null {
  const { bits } = formats[precision]
  return longSum * 2 ** -bits < 0.1
    ? null
    : `${precision} has no digits for the errors of sums of ${longSum} terms`
}

/** Where nothing is known of the spread of errors, each is within its bound. */
async function boundsWith<T>(
  { answer, expected, judgedBy }: Bench<T, Space>,
  operation: Operation,
  seed: number,
): Promise<readonly Comparison<T>[]> {
  const comparisons: Comparison<T>[] = []
  for (const { data, inputs, parameters } of longQuestions(operation, judgedBy.precision, seed)) {
    if (data !== 'one sign') continue
    const given = await answer(operation, inputs, parameters)
    const wanted = expected(operation, inputs, parameters)
    for (const label of Object.keys(given)) {
      comparisons.push({ label, expected: wanted[label]!, actual: given[label]! })
    }
  }
  return comparisons
}

async function statisticsWith<T>(
  { answer, arithmetic, judgedBy: { precision, profile } }: Bench<T, Space>,
  operation: Operation,
  seed: number,
): Promise<readonly Comparison<T>[]> {
  const all: Answered[] = []
  const answers = new Map<LongQuestion, Readonly<Record<string, NumberArray<T>>>>()
  for (const sums of longSumsOf(operation, precision, profile, seed)) {
    const { question, output } = sums
    const given =
      answers.get(question) ?? (await answer(operation, question.inputs, question.parameters))
    answers.set(question, given)
    // What an implementation says it cannot return is not judged.
    if (given[output] === undefined) continue
    all.push({ sums, answer: given[output].data.map(arithmetic.toNumber) })
  }
  const found = all.map(({ sums, answer: given }) => statisticsOf(sums, errorsOf(sums, given)))
  const diagnose = () => diagnosisOf(operation, precision, all)
  return found.flatMap((its, i) => {
    const { output, question } = all[i]!.sums
    const of = `of the errors of ${output}, ${question.data}`
    const common = { floor: its.floor, diagnose }
    return [
      { label: `mean ${of}`, ...limited<T>(its.mean, its.meanLimit), ...common },
      { label: `mean square ${of}`, ...limited<T>(its.meanSquare, its.meanSquareLimit), ...common },
    ]
  })
}

/** An operation computed step by step, each of which is rounded in one way. */
const computedIn =
  (name: string, steps: Steps) =>
  (operation: Operation): Fault => {
    const arithmetic = stepByStep(steps)
    return lenient(operation, name, (inputs, parameters) => {
      const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
      return mapValues(referencesById[operation.id]!(arithmetic, arrays, parameters), toFloat32)
    })
  }

/** What a matrix unit does that is wired to be small. */
const cutsOff = computedIn(losesDigits.cutOff, { sum: towardsZero(24) })

/** The operations of which most others are made. */
const standards: readonly Operation[] = [conv2d, dense]

/**
 * How much larger a wrong implementation makes every product, 168 roundings. Bounds miss it where terms of either sign
 * nearly cancel, such as 64 of them to an eighth of their magnitudes, √64 / 64: 64 roundings of these are 512 of the sum.
 * The error of a sum in itself spreads by about √64 = 8 roundings, and the mean of a thousand by a quarter of one.
 */
const bias = 1e-5

/** Other ways to lose digits, which are put to those alone. */
const losses = [
  computedIn(losesDigits.tf32, {
    factor: nearest(11),
    sum: Math.fround,
  }),
  computedIn(losesDigits.bfloat16, {
    factor: nearest(8),
    sum: Math.fround,
  }),
  computedIn(losesDigits.factor(bias), {
    product: (x) => x * (1 + bias),
    sum: Math.fround,
  }),
]

/**
 * The same properties, and for every operation with long sums one on their statistics: it belongs to the
 * first clause of its area that compares the operation with its reference, after whose properties it stands.
 */
export function withStatistics(properties: readonly Property[]): readonly Property[] {
  const homes = new Map<Operation, string>()
  // Where none compares it with the reference for its own sake, the first that asks it has to do.
  for (const own of [true, false]) {
    for (const { agrees = false, clause, check, operations } of properties) {
      const [operation] = operations
      if (operation === undefined || homes.has(operation)) continue
      if (areaOf(operation.id) !== areaOf(clause)) continue
      if (longSumsIn(operation).length === 0) continue
      if (check.kind === 'comparison' && (agrees || !own)) homes.set(operation, clause)
    }
  }
  return properties.flatMap((property, at) => {
    if (properties[at + 1]?.clause === property.clause) return [property]
    const added = [...homes].filter(([, clause]) => clause === property.clause)
    return [property, ...added.map(([operation, clause]) => statistics(operation)(clause))]
  })
}
