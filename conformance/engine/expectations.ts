import { type Arithmetic, Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type BoundedArithmetic, bounded } from '../../reference/arithmetic/bounded.ts'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import type { References } from '../../reference/reference.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { sameQuestion } from '../base/same-question.ts'
import type { Inputs } from './implementation.ts'

type Outputs<T> = Readonly<Record<string, NumberArray<T>>>

interface Entry {
  readonly arithmetic: object
  readonly operation: Operation
  readonly inputs: Inputs
  readonly parameters: Parameters
  readonly outputs: Outputs<unknown>
}

/**
 * What the reference says of one case. A question is worked out once in each arithmetic, however many
 * implementations it is put to: arithmetics are told apart by precision and accuracy profile,
 * questions by operation, parameters and the contents of the arrays.
 */
export class Expectations {
  readonly #entries: Entry[] = []
  /** The arithmetics of which bounds by adjoints counted, since they were the smaller ones. */
  readonly byAdjoints = new Set<object>()

  constructor(readonly references: References) {}

  evaluate<T>(
    arithmetic: Arithmetic<T>,
    operation: Operation,
    inputs: Inputs,
    parameters: Parameters,
    /** What is made of each output before it is remembered. */
    finish: (output: NumberArray<T>, name: string) => NumberArray<T>,
  ): Outputs<T> {
    const question = { operation, inputs, parameters }
    for (const entry of this.#entries) {
      if (entry.arithmetic === arithmetic && sameQuestion(entry, question)) {
        return entry.outputs as Outputs<T>
      }
    }
    const arrays: Record<string, NumberArray<T>> = {}
    for (const name in inputs) arrays[name] = lift(arithmetic, inputs[name]!)
    const computed = this.references[operation.id]!(arithmetic, arrays, parameters)
    const outputs: Record<string, NumberArray<T>> = {}
    for (const name in computed) outputs[name] = finish(computed[name]!, name)
    this.#entries.push({ arithmetic, operation, inputs, parameters, outputs })
    return outputs
  }
}

/**
 * What the reference says, or `null` where it says nothing: of arguments that are not valid, which a
 * law may make of a wrong answer, or where rounding leaves open which way a decision goes.
 */
export function expectedOf<T>(evaluate: () => T): T | null {
  try {
    return evaluate()
  } catch (thrown) {
    if (
      thrown instanceof Indeterminate ||
      thrown instanceof ArgumentError ||
      thrown instanceof RangeError
    ) {
      return null
    }
    throw thrown
  }
}

const arithmetics = new WeakMap<AccuracyProfile, Map<Precision, BoundedArithmetic>>()

/** The arithmetic with the bounds of a precision and an accuracy profile, made once for each. */
export function boundedBy(precision: Precision, profile: AccuracyProfile): BoundedArithmetic {
  const ofProfile = arithmetics.get(profile) ?? new Map<Precision, BoundedArithmetic>()
  const arithmetic = ofProfile.get(precision) ?? bounded(precision, profile)
  arithmetics.set(profile, ofProfile.set(precision, arithmetic))
  return arithmetic
}
