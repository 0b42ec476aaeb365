import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import type { Reference } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, ParametersOf, Sizes } from '../../spec/language/operation.ts'
import { isAbsent, type Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import { type Fault, toFloat32 } from '../engine/fault.ts'
import type { Evaluate } from '../engine/implementation.ts'

type Numbers<Names> = { readonly [I in keyof Names]: NumberArray<number> }
type InputsOf<O extends Operation> = Numbers<O['inputs']>
type OutputsOf<O extends Operation> = Numbers<O['outputs']>

/** What a fault is made from: a question, and the right answer to any question. */
export interface Question<O extends Operation> {
  readonly inputs: InputsOf<O>
  readonly parameters: ParametersOf<O>
  readonly sizes: Sizes
  right(inputs: InputsOf<O>, parameters: ParametersOf<O>): OutputsOf<O>
}

/** The ways to be wrong, each with what it changes; everything else is as it should be. */
export interface Wrong<O extends Operation> {
  /** Works on other inputs than it was given. */
  inputs(
    name: string,
    change: (inputs: InputsOf<O>, question: Question<O>) => Partial<InputsOf<O>>,
  ): Fault
  /** Works with other parameters than it was given. */
  parameters(
    name: string,
    change: (parameters: ParametersOf<O>, question: Question<O>) => Partial<ParametersOf<O>>,
  ): Fault
  /** Gives other outputs than it should. */
  outputs(
    name: string,
    change: (outputs: OutputsOf<O>, question: Question<O>) => Partial<OutputsOf<O>>,
  ): Fault
  /** Computes something else altogether. */
  answer(name: string, answer: (question: Question<O>) => OutputsOf<O>): Fault
  /** Answers arguments that it should reject. */
  accepts(name: string, evaluate: Evaluate): Fault
}

/** Answers arguments that it should reject; for an operation of which nothing else is got wrong. */
export function lenient(operation: Operation, name: string, evaluate: Evaluate): Fault {
  return { id: `${operation.id}: ${name}`, operation, name, evaluate }
}

/**
 * The mistakes of an operation, by what they change:
 *
 * ```ts
 * const wrong = faultsOf(conv2d, reference)
 * export const flipsKernel = wrong.inputs('flips the kernel', ({ filters }) => ({
 *   filters: turned(filters),
 * }))
 * ```
 */
export function faultsOf<O extends Operation>(operation: O, reference: Reference<O>): Wrong<O> {
  const answer: Wrong<O>['answer'] = (name, wrong) =>
    lenient(operation, name, (tensors, given) => {
      const sizes = checkArguments(operation, tensors, given)
      const inputs = mapValues(tensors, (tensor) => lift(number, tensor)) as InputsOf<O>
      const right: Question<O>['right'] = (inputs, parameters) =>
        reference(number, inputs, parameters)
      const parameters = given as ParametersOf<O>
      return mapValues(
        wrong({ inputs, parameters, sizes, right }) as Record<string, NumberArray<number>>,
        toFloat32,
      )
    })
  return {
    answer,
    inputs: (name, change) =>
      answer(name, (question) => {
        const { inputs, parameters, right } = question
        return right({ ...inputs, ...change(inputs, question) }, parameters)
      }),
    parameters: (name, change) =>
      answer(name, (question) => {
        const { inputs, parameters, right } = question
        return right(inputs, { ...parameters, ...change(parameters, question) })
      }),
    outputs: (name, change) =>
      answer(name, (question) => {
        const outputs = question.right(question.inputs, question.parameters)
        return { ...outputs, ...change(outputs, question) }
      }),
    accepts: (name, evaluate) => lenient(operation, name, evaluate),
  }
}

/** Where an array is left out, works with that of the call before, as code does whose buffer nobody clears. */
export function keepsLast<O extends Operation>(
  operation: O,
  reference: Reference<O>,
  input: keyof O['inputs'] & string,
): Fault {
  let kept: Tensor | null = null
  return lenient(
    operation,
    `keeps the ${input} of the call before where none is given`,
    (tensors, parameters) => {
      checkArguments(operation, tensors, parameters)
      const given = tensors[input]!
      if (!isAbsent(given)) kept = { ...given, data: given.data.slice() }
      const { data: before } = kept ?? given
      const data = given.data.map((_, i) => before[i % before.length]!)
      const used = { ...tensors, [input]: isAbsent(given) ? { ...given, data } : given }
      const inputs = mapValues(used, (tensor) => lift(number, tensor)) as InputsOf<O>
      const outputs = reference(number, inputs, parameters as ParametersOf<O>)
      return mapValues(outputs as Record<string, NumberArray<number>>, toFloat32)
    },
  )
}
