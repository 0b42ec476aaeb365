import { lift } from '../../reference/arithmetic/array.ts'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import { type Deviation, type SpreadArithmetic, spread } from '../../reference/arithmetic/spread.ts'
import { referencesById } from '../../reference/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { fromBase64, toBase64 } from '../base/base64.ts'
import { mapValues } from '../base/records.ts'
import { workedOut } from '../base/worked-out.ts'
import { fewestOfLongSum, type LongQuestion, longQuestions } from './long-sums.ts'

/** The long sums of one output of a question, and how far rounding to nearest spreads them. */
export interface LongSums {
  readonly question: LongQuestion
  readonly output: string
  /** The places of the sums in the output. */
  readonly places: readonly number[]
  readonly sums: readonly LongSum[]
}

/** A sum, as `value + rest` exactly, without the terms that it is of: of thousands of sums they fill the memory. */
interface LongSum extends Deviation {
  readonly value: number
  readonly rest: number
}

/** Of fewer sums nothing is said: their statistics would tell no more than their bounds. */
const fewest = 16

interface Entry {
  readonly precision: Precision
  readonly profile: AccuracyProfile
  readonly seed: number
  readonly found: readonly LongSums[]
}

let latest = new WeakMap<Operation, Entry>()

/** Drops the long sums that are kept. */
export function forgetLongSums(): void {
  latest = new WeakMap()
}

/** The long sums of an operation for a seed; the last ones asked for are kept, for the next candidate. */
export function longSumsOf(
  operation: Operation,
  precision: Precision,
  profile: AccuracyProfile,
  seed: number,
): readonly LongSums[] {
  const before = latest.get(operation)
  if (
    before?.seed === seed &&
    before.precision === precision &&
    before.profile.name === profile.name
  ) {
    return before.found
  }
  const questions = longQuestions(operation, precision, seed)
  const { name, shortcuts = [], decomposition = 0 } = profile
  const found = workedOut(
    ['long sums', operation.id, precision, name, ...shortcuts, decomposition, seed].join(' '),
    () => sumsIn(operation, questions, spread(precision, profile)),
    {
      write: (all) => JSON.stringify(all.map((each) => written(each, questions))),
      read: (text) => JSON.parse(text).map((each: Written) => readFrom(each, questions)),
    },
  )
  latest.set(operation, { precision, profile, seed, found })
  return found
}

function sumsIn(
  operation: Operation,
  questions: readonly LongQuestion[],
  arithmetic: SpreadArithmetic,
): readonly LongSums[] {
  return questions.flatMap((question) => {
    const arrays = mapValues(question.inputs, (tensor) => lift(arithmetic, tensor))
    const outputs = referencesById[operation.id]!(arithmetic, arrays, question.parameters)
    return Object.entries(outputs).flatMap(([output, { data }]): LongSums[] => {
      const places: number[] = []
      const sums: LongSum[] = []
      for (const [place, exact] of data.entries()) {
        if ((exact.terms?.length ?? 0) < fewestOfLongSum) continue
        const deviation = arithmetic.deviation(exact)
        if (deviation.terms === 0) continue
        places.push(place)
        sums.push({ ...deviation, value: exact.value, rest: exact.rest })
      }
      return sums.length < fewest ? [] : [{ question, output, places, sums }]
    })
  })
}

/** The long sums of an output as they are kept: which question it is of, and the figures of each sum. */
interface Written {
  readonly at: number
  readonly output: string
  readonly places: readonly number[]
  readonly figures: string
}

const figures = ['value', 'rest', 'terms', 'unit', 'common'] as const

function written({ question, ...its }: LongSums, questions: readonly LongQuestion[]): Written {
  const { output, places, sums } = its
  const numbers = Float64Array.from(sums.flatMap((sum) => figures.map((figure) => sum[figure])))
  return { at: questions.indexOf(question), output, places, figures: toBase64(numbers) }
}

function readFrom({ at, output, places, ...its }: Written, questions: readonly LongQuestion[]) {
  const numbers = new Float64Array(fromBase64(its.figures).slice().buffer)
  if (numbers.length !== figures.length * places.length) throw new Error('not of these sums')
  const sums = places.map((_, i): LongSum => {
    const figure = (name: (typeof figures)[number]) =>
      numbers[figures.length * i + figures.indexOf(name)]!
    return {
      ...{ value: figure('value'), rest: figure('rest') },
      ...{ terms: figure('terms'), unit: figure('unit'), common: figure('common') },
    }
  })
  return { question: questions[at]!, output, places, sums }
}
