import { lift } from '../../reference/arithmetic/array.ts'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import { type Deviation, spread } from '../../reference/arithmetic/spread.ts'
import { referencesById } from '../../reference/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
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
  const arithmetic = spread(precision, profile)
  const found = longQuestions(operation, precision, seed).flatMap((question) => {
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
  latest.set(operation, { precision, profile, seed, found })
  return found
}
