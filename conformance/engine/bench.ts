import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type Bounded, bounded, withError } from '../../reference/arithmetic/bounded.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import type { Reference } from '../../reference/reference.ts'
import type { Operation, Parameters, Space } from '../../spec/language/operation.ts'
import type { DType, Tensor } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import { ImplementationFailure, ImplementationGone } from './failure.ts'
import { mapValues } from './fault.ts'
import type { Implementation, Inputs } from './implementation.ts'
import type { Argument, Bench } from './property.ts'

/** An answer that is no answer: an output is missing, or its shape or elements make no sense. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
}

/** The implementation threw: `cause` holds what. */
export class ImplementationError extends Error {
  override readonly name = 'ImplementationError'
}

/** Two answers to the same question that are not the same to the bit. */
export class UnstableAnswer extends Error {
  override readonly name = 'UnstableAnswer'
}

/** The questions asked of an implementation about one case, each asked once and remembered. */
export class Answers {
  readonly #remembered = new Map<string, Promise<Record<string, Tensor>>>()
  #asked = 0

  constructor(
    readonly implementation: Implementation,
    /** The element type of the arrays that it is given. */
    readonly dtype: DType,
    /** Whether every question is asked twice, to see that the answer is the same. */
    readonly twice: boolean,
  ) {}

  /** Starts the count of questions again; a second pass over a case asks the same ones. */
  rewind(): void {
    this.#asked = 0
  }

  ask(operation: Operation, inputs: Inputs, parameters: Parameters) {
    const question = `${this.#asked++} ${operation.id}`
    let answer = this.#remembered.get(question)
    if (answer === undefined) {
      answer = this.#ask(operation, inputs, parameters)
      this.#remembered.set(question, answer)
    }
    return answer
  }

  async #ask(operation: Operation, inputs: Inputs, parameters: Parameters) {
    const answer = await this.#evaluate(operation, inputs, parameters)
    if (this.twice) {
      const again = await this.#evaluate(operation, inputs, parameters)
      for (const output of Object.keys(operation.outputs)) {
        const position = answer[output]!.data.findIndex(
          (v, i) => !Object.is(v, again[output]!.data[i]),
        )
        if (position >= 0) {
          const values = `${answer[output]!.data[position]}, then ${again[output]!.data[position]}`
          throw new UnstableAnswer(`${operation.id}: ${output}, element ${position}: ${values}`)
        }
      }
    }
    return answer
  }

  async #evaluate(operation: Operation, inputs: Inputs, parameters: Parameters) {
    const evaluate = this.implementation.operations[operation.id]!
    let answer: unknown
    try {
      answer = await evaluate(inputs, parameters)
    } catch (cause) {
      if (cause instanceof ImplementationFailure || cause instanceof ImplementationGone) throw cause
      throw new ImplementationError(`${operation.id}: ${messageOf(cause)}`, { cause })
    }
    return wellFormed(operation, answer)
  }
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function wellFormed(operation: Operation, answer: unknown): Record<string, Tensor> {
  const outputs = answer as Record<string, Tensor> | null | undefined
  for (const output of Object.keys(operation.outputs)) {
    const tensor = outputs?.[output]
    if (tensor === undefined || !Array.isArray(tensor.shape) || !ArrayBuffer.isView(tensor.data)) {
      throw new MalformedAnswer(`${operation.id}: the answer has no array named ${output}`)
    }
    const count = tensor.shape.reduce((product, size) => product * size, 1)
    if (tensor.data.length !== count) {
      throw new MalformedAnswer(
        `${operation.id}: ${output} has ${tensor.data.length} elements for the shape [${tensor.shape.join(', ')}]`,
      )
    }
  }
  return outputs as Record<string, Tensor>
}

export type References = Readonly<Record<string, Reference<never>>>

/** Shared by both kinds of bench: the case, and how arguments become tensors. */
function common<T>(the: Case, arithmetic: Arithmetic<T>, dtype: DType) {
  const exact = (values: Argument): NumberArray<T> =>
    fromData(
      values.shape,
      Array.from(values.data as ArrayLike<number>, (value) => arithmetic.exact(value)),
    )
  return {
    sizes: the.sizes,
    inputs: the.inputs,
    parameters: the.parameters,
    arithmetic,
    exact,
    array: (name: string) => exact(the.inputs[name]!),
    tensors: (inputs: Readonly<Record<string, Argument>>) =>
      mapValues(inputs, (argument) => toTensor(argument, dtype)),
  }
}

function toTensor(argument: Argument, dtype: DType): Tensor {
  if ('dtype' in argument) return argument
  const data =
    dtype === 'float64' ? Float64Array.from(argument.data) : Float32Array.from(argument.data)
  return { dtype, shape: argument.shape, data }
}

/** A bench on which every number is taken as exact: both sides must be equal to the bit. */
export function plainBench(
  the: Case,
  answers: Answers,
  references: References,
): Bench<number, Space> {
  const { tensors, ...rest } = common(the, number, answers.dtype)
  const ask = async (operation: Operation, inputs: Inputs, parameters: Parameters) =>
    mapValues(await answers.ask(operation, tensors(inputs as never), parameters), rest.exact)
  const expected = (operation: Operation, inputs: Inputs, parameters: Parameters) => {
    const reference = references[operation.id] as unknown as Reference<Operation>
    const arrays = mapValues(tensors(inputs as never), (tensor) => lift(number, tensor))
    return reference(number, arrays, parameters as never)
  }
  return { ...rest, answer: ask, measure: ask, expected } as never
}

/** A bench on which every number carries the error that rounding may have caused. */
export function boundedBench(
  the: Case,
  answers: Answers,
  references: References,
): Bench<Bounded, Space> {
  const { implementation } = answers
  const theirs = bounded(implementation.precision, implementation.profile)
  const ours = bounded('float64', ieee)
  const { tensors, ...rest } = common(the, ours, answers.dtype)

  const expected = (operation: Operation, inputs: Inputs, parameters: Parameters) => {
    const reference = references[operation.id] as unknown as Reference<Operation>
    const arrays = mapValues(tensors(inputs as never), (tensor) => lift(theirs, tensor))
    const outputs = reference(theirs, arrays, parameters as never)
    return mapValues(outputs as Record<string, NumberArray<Bounded>>, ({ shape, data }) =>
      fromData(
        shape,
        data.map((x) => withError(theirs.toNumber(x), theirs.error(x))),
      ),
    )
  }
  const answer = async (operation: Operation, inputs: Inputs, parameters: Parameters) =>
    mapValues(await answers.ask(operation, tensors(inputs as never), parameters), rest.exact)
  const measure = async (operation: Operation, inputs: Inputs, parameters: Parameters) => {
    const actual = await answers.ask(operation, tensors(inputs as never), parameters)
    const bound = expected(operation, inputs, parameters)
    return Object.fromEntries(
      Object.keys(operation.outputs).map((output) => {
        const { shape, data } = actual[output]!
        const errors = bound[output]!.data
        const element = (value: number, i: number) =>
          withError(value, i < errors.length ? theirs.error(errors[i]!) : 0)
        return [output, fromData(shape, Array.from(data, element))]
      }),
    )
  }
  return { ...rest, answer, measure, expected } as never
}
